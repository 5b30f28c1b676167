import { expect, test } from 'vitest';
import { eventFilter } from '../../infra/local/event-filter.ts';

test.each([
  [{ a: ['x', 'y'] }, { a: 'y' }, { a: 'z' }],
  [{ a: [null] }, { a: null }, { a: 'null' }],
  [{ a: [1] }, { a: 1 }, { a: '1' }],
  [
    { a: { b: ['x'] }, c: ['y'] },
    { a: { b: 'x' }, c: 'y' },
    { a: { b: 'x' }, c: 'z' },
  ],
  [{ a: { b: ['x'] } }, { a: { b: 'x' } }, {}],
  [{ a: ['x'] }, { a: ['w', 'x'] }, { a: ['w'] }],
  [{ a: [{ prefix: 'AR' }] }, { a: 'ARTICLE' }, { a: 'BAR' }],
  [{ a: [{ suffix: '.md' }] }, { a: 'x.md' }, { a: '.mdx' }],
  [{ a: [{ prefix: 'x' }] }, { a: 'x' }, { a: 1 }],
  [{ a: [{ exists: true }] }, { a: null }, {}],
  [{ a: [{ exists: false }] }, {}, { a: 'x' }],
  [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, { a: 'y' }],
  [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }, { a: 'xy' }],
  [{ a: [{ 'anything-but': 'x' }] }, { a: 'y' }, {}],
  [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, { a: 6 }],
  [{ a: [{ numeric: ['=', 3] }] }, { a: 3 }, { a: '3' }],
])('%j lets through %j and not %j', (pattern, accepted, refused) => {
  const accepts = eventFilter(pattern);

  expect([accepts(accepted), accepts(refused)]).toEqual([true, false]);
});

test.each([
  [{ a: [{ cidr: '10.0.0.0/8' }] }, 'does not know the filter rule {"cidr":"10.0.0.0/8"}'],
  [{ a: { b: [{ numeric: ['!=', 1] }] } }, 'does not know the comparison !='],
])('refuses %j at once', (pattern, message) => {
  expect(() => eventFilter(pattern)).toThrow(message);
});
