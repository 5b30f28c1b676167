import { add, type Corruption, change, copy, lose } from './corrupt.ts';

const stormId = 'tag:news.example.com,2026-05-01:gale';
const card = 'STREAM#tag/weather 2026-05-01T08:00:00.000Z#storm';
const stream = 'STREAMS tag/weather';
const tombstone = 'GONE#tag/town 2026-06-01T12:00:00.000Z#dropped';
const abroad = 'https://elsewhere.example/1';
const former = 'GONE#news 2026-06-01T12:00:00.000Z#reborn';
const previewKey = 'PREVIEW#tag:news.example.com,2026-05-01:notes KEY';
const due = 'DUE 2026-07-01T08:00:00.000Z#EMBARGO#coming';
const ping = 'DUE 2026-06-01T12:01:00.000Z#PING#news';

/** What can be wrong with the rows that lists, feeds and the sweep read. */
export const derivedCorruptions: Corruption[] = [
  ['a lost card', lose(card), `The card row is missing: ${card}`],
  [
    'a field that no card has',
    change(card, { colour: 'red' }),
    `The card row is malformed at colour: ${card}`,
  ],
  [
    'a card left in an old stream',
    copy(card, 'STREAM#tag/town 2026-05-01T08:00:00.000Z#storm'),
    'Nothing calls for the card row: STREAM#tag/town 2026-05-01T08:00:00.000Z#storm',
  ],
  [
    'a card left at an old date',
    copy(card, 'STREAM#tag/weather 2026-05-03T08:00:00.000Z#storm'),
    'Nothing calls for the card row: STREAM#tag/weather 2026-05-03T08:00:00.000Z#storm',
  ],
  [
    'a card of a draft',
    copy(card, 'STREAM#tag/weather 2026-05-01T08:00:00.000Z#notes'),
    'Nothing calls for the card row: STREAM#tag/weather 2026-05-01T08:00:00.000Z#notes',
  ],
  [
    'a card of no article',
    copy(card, 'STREAM#tag/weather 2026-05-01T08:00:00.000Z#ghost'),
    'Nothing calls for the card row: STREAM#tag/weather 2026-05-01T08:00:00.000Z#ghost',
  ],
  [
    'a card that is behind',
    change(card, { version: 1, title: 'Old' }),
    `The card row differs in title, version: ${card}`,
  ],
  [
    'a card with the summary of another text',
    change(card, { summary: 'Calm.' }),
    `The card's summary is not its article's: ${card}`,
  ],
  ['a stream without a row', lose(stream), `The stream of the card has no row: ${card}`],
  [
    'a stream that begins too late',
    change(stream, { since: '2026-06-01T00:00:00.000Z' }),
    `The card is older than its stream's row: ${card}`,
  ],
  [
    'a stream that will begin without an article',
    copy(stream, 'STREAMS tag/later', { label: 'Later', since: '2026-07-01T08:00:00.000Z' }),
    'The stream is to begin without an article: STREAMS tag/later',
  ],
  [
    'a stream that will begin before its first article',
    change('STREAMS tag/coming', { since: '2026-06-15T08:00:00.000Z' }),
    'The stream is to begin without an article: STREAMS tag/coming',
  ],
  [
    'a label of another stream',
    change(stream, { label: 'Climate' }),
    `The label does not name the stream: ${stream}`,
  ],
  [
    'a preview key of no article',
    copy(previewKey, 'PREVIEW#tag:ghost KEY'),
    'The preview key opens no article: PREVIEW#tag:ghost KEY',
  ],
  [
    'a preview key of a removed article',
    copy(previewKey, 'PREVIEW#tag:news.example.com,2026-05-01:dropped KEY', { slug: 'dropped' }),
    'The preview key opens no article: PREVIEW#tag:news.example.com,2026-05-01:dropped KEY',
  ],
  [
    'a preview key that never expires',
    change(previewKey, { ttl: undefined }),
    `The preview row is malformed at ttl: ${previewKey}`,
  ],
  ['a lost tombstone', lose(tombstone), `The gone row is missing: ${tombstone}`],
  [
    'a tombstone that expires too early',
    change(tombstone, { ttl: 1 }),
    `The gone row differs in ttl: ${tombstone}`,
  ],
  [
    'a tombstone that ends without an embargo',
    change(tombstone, { until: '2026-07-01T08:00:00.000Z' }),
    `The gone row differs in until: ${tombstone}`,
  ],
  [
    'a tombstone of a visible article',
    copy(tombstone, 'GONE#news 2026-06-01T12:00:00.000Z#storm', { id: stormId }),
    'The tombstone is of a visible article: GONE#news 2026-06-01T12:00:00.000Z#storm',
  ],
  [
    'a tombstone of a guid that a visible article shows',
    copy(former, 'GONE#tag/town 2026-06-01T12:00:00.000Z#abroad', { ref: abroad }),
    'The tombstone is of a visible article: GONE#tag/town 2026-06-01T12:00:00.000Z#abroad',
  ],
  [
    'a tombstone that a published article keeps',
    change('ARTICLE#storm META', {
      tombstone: {
        when: '2026-06-01T12:00:00.000Z',
        ref: 'tag:news.example.com,2026-05-01:storm',
        streams: ['news'],
      },
    }),
    'META keeps a tombstone of a published article: ARTICLE#storm META',
  ],
  [
    'a former tombstone that contradicts itself',
    change(former, { when: '2026-05-01T12:00:00.000Z' }),
    `The tombstone of a former article contradicts itself: ${former}`,
  ],
  ['an embargo that nobody will announce', lose(due), 'The embargo has no due row: ARTICLE#coming META'],
  [
    'an announcement of no embargo',
    copy(due, 'DUE 2026-07-02T08:00:00.000Z#EMBARGO#coming'),
    'The due row announces no embargo: DUE 2026-07-02T08:00:00.000Z#EMBARGO#coming',
  ],
  [
    'an announcement that was put off to before the embargo ended',
    copy(due, 'DUE 2026-06-30T08:00:00.000Z#EMBARGO#coming', { since: '2026-07-01T08:00:00.000Z' }),
    'The embargo was put off to before it ended: DUE 2026-06-30T08:00:00.000Z#EMBARGO#coming',
  ],
  ['pings of nothing', change(ping, { pings: undefined }), `The ping row is malformed at pings: ${ping}`],
  [
    'a ping of no format',
    change(ping, { pings: new Set(['pdf https://hub.example.net/']) }),
    `The ping row is malformed at pings: ${ping}`,
  ],
  [
    'pings between the minutes that they are kept by',
    copy(ping, 'DUE 2026-06-01T12:01:30.000Z#PING#news'),
    'The key has no known shape: DUE 2026-06-01T12:01:30.000Z#PING#news',
  ],
  [
    'pings of another stream',
    copy(ping, 'DUE 2026-06-01T12:01:00.000Z#PING#tag/weather'),
    'The pings tell of another stream than their key: DUE 2026-06-01T12:01:00.000Z#PING#tag/weather',
  ],
  [
    'pings that come before their change',
    change(ping, { since: '2026-06-01T12:01:00.001Z' }),
    `The pings are due before the change: ${ping}`,
  ],
  [
    'a document with a chunk missing',
    lose('FEED#news#rss DOC#1'),
    "The document's chunks are not the 1 that its head counts: FEED#news#rss DOC#0",
  ],
  [
    'a chunk of another document',
    change('FEED#news#rss DOC#1', { etag: 'W/"old"' }),
    'The document chunk carries another etag than its head: FEED#news#rss DOC#1',
  ],
  [
    'a document that outlives its readers',
    change('FEED#news#rss DOC#1', { ttl: undefined }),
    'The chunk row is malformed at ttl: FEED#news#rss DOC#1',
  ],
  [
    'a document that expires before its readers leave',
    change('FEED#news#rss DOC#1', { ttl: 1 }),
    'The document chunk does not expire with its head: FEED#news#rss DOC#1',
  ],
  [
    'a document that does not unpack',
    change('FEED#news#rss DOC#1', { chunk: Buffer.from('x') }),
    'The document does not unpack: FEED#news#rss DOC#0',
  ],
  [
    'a document without a head',
    lose('FEED#tag/weather#json DOC#0'),
    'The document chunk has no head: FEED#tag/weather#json DOC#1',
  ],
  [
    'a document of a stream that never was',
    copy('FEED#news#rss DOC#0', 'FEED#tag/sun#rss DOC#0'),
    'The document is of a stream that has no row: FEED#tag/sun#rss DOC#0',
  ],
  [
    'a document with a fraction of a second',
    change('FEED#news#rss DOC#0', { lastModified: '2026-06-01T12:00:00.001Z' }),
    "The document's time has a fraction of a second: FEED#news#rss DOC#0",
  ],
  [
    'a document that the lint refused',
    add('FEED#news#rss REFUSED', { etag: 'W/"new"', until: '2026-06-01T12:05:00.000Z', ttl: 1780315500 }),
    'A document was refused as faulty: FEED#news#rss REFUSED',
  ],
  [
    'a count below zero',
    change(`VIEWS#${stormId}`, { n: -1 }),
    `The views row is malformed at n: VIEWS#${stormId}`,
  ],
  [
    'half a view',
    change(`VIEWS#${stormId}`, { n: 0.5 }),
    `The views row is malformed at n: VIEWS#${stormId}`,
  ],
  [
    'a count of no article',
    add('VIEWS#tag:ghost', { n: 1 }),
    'The count belongs to no article: VIEWS#tag:ghost',
  ],
  [
    'a row that no reader looks at',
    copy(`VIEWS#${stormId}`, `VIEWS#${stormId}|1`, { n: 1, d20260601: undefined, shards: undefined }),
    `The row is beyond those that its counter has: VIEWS#${stormId}|1`,
  ],
  [
    'a counter that lost its first row',
    lose('VIEWS#tag:news.example.com,2026-05-01:long'),
    'The row is beyond those that its counter has: VIEWS#tag:news.example.com,2026-05-01:long|1',
  ],
  [
    'a counter of three rows',
    change(`VIEWS#${stormId}`, { shards: 3 }),
    `The views row is malformed at shards: VIEWS#${stormId}`,
  ],
  [
    'a row that counts rows itself',
    copy(`VIEWS#${stormId}`, `VIEWS#${stormId}|1`, { shards: 2 }),
    `The shard row is malformed at shards: VIEWS#${stormId}|1`,
  ],
  [
    'a day without views',
    change(`VIEWS#${stormId}`, { d20260530: 0 }),
    `The views row is malformed at d20260530: VIEWS#${stormId}`,
  ],
  [
    'a day of another name',
    change(`VIEWS#${stormId}`, { monday: 1 }),
    `The views row is malformed at monday: VIEWS#${stormId}`,
  ],
  [
    'a day with more views than there are',
    change(`VIEWS#${stormId}`, { d20260601: 1000 }),
    `The row has more views on its days than in all: VIEWS#${stormId}`,
  ],
  [
    'a day that has not come',
    change(`VIEWS#${stormId}`, { d20260603: 1 }),
    `The row has views of a day to come: VIEWS#${stormId}`,
  ],
  [
    'a counter that expires under its article',
    change(`VIEWS#${stormId}`, { ttl: 1788091200 }),
    'The counter expires, but nobody deleted the article: ARTICLE#storm META',
  ],
  [
    'a counter that expires while its file may come back',
    add('VIEWS#tag:news.example.com,2026-05-01:file', { n: 1, ttl: 1788091200 }),
    'The counter expires, but nobody deleted the article: ARTICLE#file META',
  ],
  [
    'a counter that outlives its article',
    change('VIEWS#tag:news.example.com,2026-05-01:dropped', { ttl: undefined }),
    'The counter of a deleted article does not expire whole: ARTICLE#dropped META',
  ],
  [
    'a counter of which a part outlives its article',
    change('VIEWS#tag:news.example.com,2026-05-01:dropped', { shards: 2 }),
    'The counter of a deleted article does not expire whole: ARTICLE#dropped META',
  ],
  [
    'a count that lost what the article came with',
    change(`VIEWS#${stormId}`, { n: 1 }),
    'The count is below what the article started with: ARTICLE#storm META',
  ],
];
