import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dateToPublish, localTime, moment } from '../../functions/desk/times.ts';

const now = '2026-03-02T10:00:07.123Z';
const saved = '2026-03-01T09:30:12.345Z';
const typed = '2026-03-01T09:30:00.000Z';

beforeEach(() => void vi.useFakeTimers({ now: new Date(now) }));
afterEach(() => void vi.useRealTimers());

test.each([
  ['a draft, not of its first saving', saved, 'draft', now],
  ['a draft whose date somebody has typed', typed, 'draft', typed],
  ['a draft without a date', undefined, 'draft', now],
  ['a new article, by the clock of the API', undefined, 'new', undefined],
  ['a new article whose date somebody has typed', typed, 'new', typed],
  ['a public article', saved, 'public', saved],
  ['a public article whose date was taken out', undefined, 'public', now],
] as const)('dates %s', (_what, given, stage, date) => {
  expect(dateToPublish(given, stage)).toBe(date);
});

test.each([
  ['as it is', '2026-03-02T18:00', '2026-03-02T17:00:00.000Z', '2026-03-02T18:00'],
  [
    'the first where clocks show it twice',
    '2026-10-25T02:30',
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T02:30',
  ],
  ['an hour later where clocks skip it', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'],
])('reads a time of the zone %s', (_what, local, iso, shown) => {
  expect(moment(local, 'Europe/Berlin')).toBe(iso);
  expect(localTime(iso, 'Europe/Berlin')).toBe(shown);
});
