import { expect, test } from 'vitest';
import { describeLine } from '../../infra/local/terminal.ts';

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
