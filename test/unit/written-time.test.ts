import { expect, test } from 'vitest';
import { parseArticleFile } from '../../functions/article/article-file.ts';
import { type ArticleInput, parseArticleInput } from '../../functions/article/article-input.ts';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { parseSite } from '../../functions/article/site.ts';
import { faultsWith, parse } from './read-input.ts';

function read(publishedAt: unknown, dateZone: string | undefined): string | undefined {
  return parseArticleInput('a', { title: 'T', text: '', publishedAt }, { dateZone }).publishedAt;
}

function refusal(publishedAt: unknown, dateZone: string): string[] {
  try {
    read(publishedAt, dateZone);
    return [];
  } catch (error) {
    if (error instanceof InvalidArticleError)
      return error.faults.map(({ pointer, message }) => `${pointer} ${message}`);
    throw error;
  }
}

test.each([
  ['2015-12-02T10:36:55+08:00', '2015-12-02T02:36:55.000Z'],
  ['2015-12-02T02:36:55Z', '2015-12-02T02:36:55.000Z'],
  ['2024-02-29T00:00:00.123456-03:30', '2024-02-29T03:30:00.123Z'],
  ['1000-01-01T00:00:00Z', '1000-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ['2015-12-02T10:36Z', '2015-12-02T10:36:00.000Z'],
  ['2026-11-27T09:00+08:00', '2026-11-27T01:00:00.000Z'],
])('the date %s is %s', (written, understood) => {
  expect(parse({ publishedAt: written }).publishedAt).toBe(understood);
});

test.each([
  '2015-12-02T10:36:55',
  '2015-12-02',
  '2015-12-2T10:36:55Z',
  '2015-02-30T00:00:00Z',
  '2023-02-29T00:00:00Z',
  '2015-13-01T00:00:00Z',
  '2015-01-01T24:00:00Z',
  '2015-01-01T00:60:00Z',
  '2015-01-01T00:00:00+24:00',
  '0999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-00:01',
  'Wed, 02 Dec 2015 02:36:55 GMT',
  '1449023815',
  '',
])('the date "%s" is refused', (date) => {
  expect(faultsWith({ publishedAt: date }).map(({ pointer }) => pointer)).toEqual(['/publishedAt']);
});

test.each([
  ['2015-12-02T10:36:55', 'its time zone is missing'],
  ['2015-12-2 10:36:55', 'its time zone is missing'],
  ['2015-12-02', 'its time and its time zone are missing'],
  [
    '2015-12-2T10:36:55Z',
    'it needs two digits for day, month and hour, T before the time and a zone with a colon',
  ],
  ['2015-02-30T00:00:00Z', 'there is no 2015-02-30T00:00:00Z'],
])('what is wrong with %s is said', (date, what) => {
  expect(faultsWith({ publishedAt: date })).toEqual([
    {
      pointer: '/publishedAt',
      message: `must be a date and time with its zone, such as 2015-12-02T10:36:55+08:00: ${what}`,
    },
  ]);
});

test('an update before the publication is refused, one at the same moment in another zone accepted', () => {
  const publishedAt = '2026-01-02T08:00:00+08:00';

  expect(faultsWith({ publishedAt, updatedAt: '2026-01-01T23:59:59Z' })).toEqual([
    { pointer: '/updatedAt', message: 'must not be earlier than publishedAt' },
  ]);
  expect(faultsWith({ publishedAt, updatedAt: '2026-01-02T00:00:00Z' })).toEqual([]);
});

test.each([
  ['2015-12-02 10:36:55', 'Asia/Shanghai', '2015-12-02T02:36:55.000Z'],
  ['2015-12-02T10:36:55', 'Asia/Shanghai', '2015-12-02T02:36:55.000Z'],
  ['2015-12-02', 'Asia/Shanghai', '2015-12-01T16:00:00.000Z'],
  ['2024-02-29 23:59:59.5', 'UTC', '2024-02-29T23:59:59.500Z'],
  ['2026-01-15 12:00:00', 'America/New_York', '2026-01-15T17:00:00.000Z'],
  ['2026-07-15 12:00:00', 'America/New_York', '2026-07-15T16:00:00.000Z'],
  ['2026-07-15 12:00:00', 'Australia/Lord_Howe', '2026-07-15T01:30:00.000Z'],
  ['2026-01-15 12:00:00', 'Asia/Kathmandu', '2026-01-15T06:15:00.000Z'],
  ['1890-01-01 00:00:00', 'Asia/Shanghai', '1889-12-31T15:54:17.000Z'],
  ['2026-03-29 01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
  ['2026-03-29 03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25 01:59:59', 'Europe/Berlin', '2026-10-24T23:59:59.000Z'],
  ['2026-10-25 03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['2026-03-29T02:30:00+01:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2015-12-02T02:36:55Z', 'Asia/Shanghai', '2015-12-02T02:36:55.000Z'],
  ['2015-12-2 10:36:55', 'Asia/Shanghai', '2015-12-02T02:36:55.000Z'],
  ['2015-2-1', 'Asia/Shanghai', '2015-01-31T16:00:00.000Z'],
  ['2026-11-25 07:00', 'Asia/Shanghai', '2026-11-24T23:00:00.000Z'],
  ['2015-12-2 9:36:55', 'Asia/Shanghai', '2015-12-02T01:36:55.000Z'],
  ['2015-12-02 10:36:55 +0900', 'Asia/Shanghai', '2015-12-02T01:36:55.000Z'],
])('%s in %s is %s', (written, zone, moment) => {
  expect(read(written, zone)).toBe(moment);
});

test.each([
  ['2026-03-29 02:30:00', 'Europe/Berlin', 'skip'],
  ['2026-03-29 02:00:00', 'Europe/Berlin', 'skip'],
  ['2011-12-30 12:00:00', 'Pacific/Apia', 'skip'],
  ['2018-11-04', 'America/Sao_Paulo', 'skip'],
  ['2026-10-25 02:30:00', 'Europe/Berlin', 'show twice'],
  ['2026-10-25 02:00:00', 'Europe/Berlin', 'show twice'],
  ['1991-09-15 01:30:00', 'Asia/Shanghai', 'show twice'],
])('%s needs an offset: the clocks of %s %s it', (written, zone, what) => {
  expect(refusal(written, zone)).toEqual([
    `/publishedAt is a time that the clocks of ${zone} ${what}: add its offset, such as 2015-12-02T10:36:55+08:00`,
  ]);
});

test.each([
  '2015-12-02  10:36:55',
  '2015-12',
  '02.12.2015',
  'yesterday',
  '',
  ' 2015-12-02',
  '2015-12-02\n',
  '2015-12-02 10:36:55 CST',
])('the date %j is refused even where dates need no zone', (written) => {
  expect(refusal(written, 'Asia/Shanghai')).toEqual([
    '/publishedAt must be a date, such as 2015-12-02 10:36:55 (in Asia/Shanghai) or 2015-12-02T10:36:55+08:00',
  ]);
});

test.each(['0999-12-31', '9999-12-31 23:59:59', '0000-01-01', '0999-12-31T23:59:59Z'])(
  '%s is refused: not every format can write its year',
  (written) => {
    expect(refusal(written, 'America/New_York')).toEqual([
      '/publishedAt must be between the years 1000 and 9999',
    ]);
  },
);

test('an update before the publication is found when only one of them has a zone', () => {
  const dates = { publishedAt: '2026-01-02 08:00:00', updatedAt: '2026-01-01T23:59:59Z' };

  expect(() =>
    parseArticleInput('a', { title: 'T', text: '', ...dates }, { dateZone: 'Asia/Shanghai' }),
  ).toThrow('/updatedAt must not be earlier than publishedAt');
});

test('dates in front matter are read the same way', () => {
  const file = Buffer.from('---\ntitle: T\npublishedAt: 2015-12-02 10:36:55\nupdatedAt: 2015-12-03\n---\n');

  const { publishedAt, updatedAt } = parseArticleFile('a', file, {
    dateZone: 'Asia/Shanghai',
  }) as ArticleInput;

  expect([publishedAt, updatedAt]).toEqual(['2015-12-02T02:36:55.000Z', '2015-12-02T16:00:00.000Z']);
  expect(() => parseArticleFile('a', file)).toThrow('line 3: /publishedAt must be a date and time with its');
});

test('datesWithoutZone in site.yaml is site or absent', () => {
  const site = [
    'title: T',
    'description: D',
    'authority: a.example',
    'language: en',
    'timeZone: Asia/Shanghai',
  ];
  const withSetting = (value: string) => parseSite([...site, `datesWithoutZone: ${value}`].join('\n'));

  expect(withSetting('site').datesWithoutZone).toBe('site');
  expect(parseSite(site.join('\n')).datesWithoutZone).toBeUndefined();
  expect(() => withSetting('UTC')).toThrow('line 6: /datesWithoutZone must be site');
});
