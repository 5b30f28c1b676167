import { expect, test } from 'vitest';
import { describeImport } from '../../infra/import-report.ts';

const none = { created: 0, changed: 0, removed: 0, kept: 0, broken: 0, unchanged: 0 };
const nothing = {
  ...{ created: [], changed: [], removed: [], kept: [], broken: [], leftOut: [], notes: [] },
  ...{ counts: none, left: 0 },
};

test.each([
  [{ ...nothing, counts: { ...none, unchanged: 3 } }, ['Articles: 3 unchanged']],
  [
    {
      ...{ ...nothing, created: ['a', 'b'], changed: ['d'], removed: ['c'] },
      counts: { ...none, created: 2, changed: 1, removed: 1 },
    },
    ['Articles: 2 created (a, b), 1 changed (d), 0 unchanged, 1 removed (c)'],
  ],
  [
    { ...nothing, created: ['a', 'b', 'c', 'd'], counts: { ...none, created: 4000 }, left: 300 },
    [
      'Articles: 4000 created, 0 unchanged',
      '300 files or removals are left: the import goes on by itself, within a minute',
    ],
  ],
  [
    {
      ...nothing,
      broken: [{ file: 'a.md', faults: [{ line: 3, pointer: '/title', message: 'is too long' }] }],
      kept: ['e (edited through the API)'],
      notes: ['Too many would go'],
      counts: { ...none, broken: 3, kept: 1, unchanged: 1 },
    },
    [
      'Articles: 1 unchanged, 3 broken',
      '1 kept as the API left them: e (edited through the API)',
      'content/articles/a.md:3 title: is too long',
      '… and 2 more broken files',
      'Too many would go',
    ],
  ],
])('an import is told in short: %j', (summary, lines) => {
  expect(describeImport(summary, 'content')).toEqual(lines);
});
