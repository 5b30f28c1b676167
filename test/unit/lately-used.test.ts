import { expect, test } from 'vitest';
import { LatelyUsed } from '../../functions/site/lately-used.ts';

test('makes each value once, and keeps those that were asked for last', () => {
  const made: string[] = [];
  const kept = new LatelyUsed<string>(2);
  const find = (key: string) =>
    kept.find(key, () => {
      made.push(key);
      return key.toUpperCase();
    });

  expect(['a', 'b', 'a', 'c', 'a'].map(find)).toEqual(['A', 'B', 'A', 'C', 'A']);
  expect(made).toEqual(['a', 'b', 'c']);
  find('b');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});
