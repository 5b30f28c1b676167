import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findForbiddenCharacter, textLine } from '../../functions/article/text.ts';
import { readDate } from '../../functions/pull/feed-date.ts';
import { InvalidFeedError } from '../../functions/pull/feed-item.ts';
import { readFeed } from '../../functions/pull/read-feed.ts';
import { atom, feedUrl, rss } from './read-feed.ts';

const whole = [
  rss(
    '<item><title>A &amp; B</title><link>/a</link><guid>1</guid><pubDate>Tue, 02 Jan 2024 10:20:30 GMT</pubDate><description><![CDATA[<a href="b">c</a>]]></description><media:content url="/p.jpg"/></item>',
  ),
  atom(
    '<entry xml:base="a/"><id>urn:1</id><title type="html">&lt;b&gt;</title><link href="b"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content></entry>',
  ),
  '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<p>a</p>", "tags": ["b"]}]}',
];

/** What is there of a feed is fit for an article: nothing else comes out, and no other error. */
function check(bytes: Uint8Array, contentType?: string): void {
  try {
    const { items, tombstones, leftOut } = readFeed(bytes, { contentType, url: feedUrl });
    const links = items.flatMap(({ link, via, picture, enclosures }) => [
      link,
      via,
      picture?.url,
      ...enclosures.map(({ url }) => url),
    ]);
    const times = [
      ...items.flatMap(({ publishedAt, updatedAt }) => [publishedAt, updatedAt]),
      ...tombstones.map(({ at }) => at),
    ];
    expect(links.filter((link) => link !== undefined && !/^https?:\/\/[^@]/.test(link))).toEqual([]);
    expect(times.filter((time) => time !== undefined && new Date(time).toISOString() !== time)).toEqual([]);
    const lines = items.flatMap(({ title, summary = title, authors, labels }) => [
      title,
      summary,
      ...authors,
      ...labels,
    ]);
    expect(lines.filter((line) => !textLine(2000).safeParse(line).success)).toEqual([]);
    expect(items.filter(({ html = '' }) => findForbiddenCharacter(html))).toEqual([]);
    expect(leftOut.every((sentence) => sentence.length < 1000)).toBe(true);
  } catch (error) {
    if (!(error instanceof InvalidFeedError)) throw error;
    expect(error.message).toMatch(/^[A-Z].*\.$/s);
  }
}

test('any bytes are a feed or a clear error', () => {
  fc.assert(fc.property(fc.uint8Array(), fc.option(fc.string(), { nil: undefined }), check));
});

test('so is any JSON under the names that feeds use', () => {
  const key = fc.constantFrom(
    'items',
    'id',
    'url',
    'title',
    'content_html',
    'authors',
    'tags',
    'attachments',
    'uri',
    'headline',
    'bodies',
    'renditions',
    'associations',
    'date_published',
    'hubs',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.constantFrom('&#1;a', '\u202ea', '\u200b', '\0b'),
      fc.integer(),
      fc.constant(null),
      fc.constant('https://a.example/'),
      fc.array(tie('value')),
      tie('object'),
    ),
    object: fc.dictionary(key, tie('value')),
  }));

  fc.assert(
    fc.property(value, fc.boolean(), (items, isFeed) => {
      const feed = isFeed ? { version: 'https://jsonfeed.org/version/1.1', items } : items;
      check(Buffer.from(JSON.stringify(feed)));
    }),
  );
});

test('so is a feed that is cut, or has other bytes in the middle', () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      place,
      place,
      fc.oneof(
        fc.uint8Array(),
        fc
          .constantFrom('<', '&', ']]>', '<![CDATA[', '&#x1;', '<!DOCTYPE a>', '"')
          .map((text) => Buffer.from(text)),
      ),
      (feed, from, to, between) => {
        const bytes = Buffer.from(feed);
        check(
          Buffer.concat([bytes.subarray(0, from * bytes.length), between, bytes.subarray(to * bytes.length)]),
        );
      },
    ),
  );
});

test('a date is that of the same moment written in other ways', () => {
  const moment = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-30'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.integer({ min: -12 * 60, max: 14 * 60 }), (date, offset) => {
      const seconds = `${date.toISOString().slice(0, 19)}.000Z`;
      const local = new Date(Date.parse(seconds) + offset * 60_000);
      const size = Math.abs(offset);
      const [hours, minutes] = [Math.floor(size / 60), size % 60].map((part) =>
        String(part).padStart(2, '0'),
      );
      const sign = offset < 0 ? '-' : '+';

      expect(readDate(date.toISOString())).toBe(date.toISOString());
      expect(readDate(date.toUTCString())).toBe(seconds);
      expect(readDate(local.toUTCString().replace('GMT', `${sign}${hours}${minutes}`))).toBe(seconds);
      expect(readDate(`${local.toISOString().slice(0, 19)}${sign}${hours}:${minutes}`)).toBe(seconds);
    }),
  );
});
