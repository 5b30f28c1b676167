import { expect, test } from 'vitest';
import { describeImport, describeLine } from '../../infra/local/terminal.ts';

const entry = {
  level: 'WARN',
  message: 'Slow',
  timestamp: 'now',
  service: 'x',
  cold_start: true,
  function_name: 'F',
};

test.each([
  ['plain text', 'plain text', 'Read: plain text'],
  ['a number', '42', 'Read: 42'],
  ['a warning', JSON.stringify(entry), 'Read WARN: Slow'],
  [
    'an error with details',
    JSON.stringify({ ...entry, level: 'ERROR', file: 'a.md' }),
    'Read ERROR: Slow {"file":"a.md"}',
  ],
  ['news of everyday work', JSON.stringify({ ...entry, level: 'INFO' }), undefined],
  ['metrics', '{"_aws":{"CloudWatchMetrics":[]},"Views":1}', undefined],
])('of %s a terminal shows what a person needs', (_what, line, shown) => {
  expect(describeLine(line, 'Read')).toBe(shown);
});

test('of an import a terminal shows only what its report does not tell', () => {
  const logged = JSON.stringify({ ...entry, level: 'ERROR', message: 'A content file is broken' });

  expect(describeLine(logged, 'ImportContentFunction0A1B2C3D')).toBeUndefined();
  expect(describeLine('plain text', 'ImportContentFunction0A1B2C3D')).toMatch(/: plain text$/);
});

const nothing = { published: [], unchanged: 0, removed: [], broken: [], leftOut: [], notes: [] };

test.each([
  [{ ...nothing, unchanged: 3 }, ['Articles: 0 published, 3 unchanged']],
  [
    { ...nothing, published: ['a', 'b'], removed: ['c'] },
    ['Articles: 2 published (a, b), 0 unchanged, 1 removed (c)'],
  ],
  [{ ...nothing, published: ['a', 'b', 'c', 'd'] }, ['Articles: 4 published, 0 unchanged']],
  [
    {
      ...nothing,
      broken: [{ file: 'a.md', faults: [{ line: 3, pointer: '/title', message: 'is too long' }] }],
      notes: ['Too many would go'],
    },
    [
      'Articles: 0 published, 0 unchanged, 1 broken',
      'content/articles/a.md:3 title: is too long',
      'Too many would go',
    ],
  ],
])('an import is told in short: %j', (report, lines) => {
  expect(describeImport(report, 'content')).toEqual(lines);
});
