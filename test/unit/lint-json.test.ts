import { expect, test } from 'vitest';
import { lintFeed, lintRules } from '../../functions/lint/lint-feed.ts';
import { brokenBy, readGood } from './lint-documents.ts';

const url = 'https://news.example.com/feed.json';
const good = readGood('good.feed.json');

/** The rule, what is replaced in the good document, by what, and where the fault is. */
const mutations: [rule: string, from: string, to: string, place: string][] = [
  ['json-well-formed', '"hubs":', 'hubs:', '/'],
  ['json-well-formed', 'Fog</a>', 'Fog\u0008</a>', '/'],
  ['known-format', '"version"', '"Version"', '/'],
  ['json-version', 'version/1.1', 'version/1', '/version'],
  ['json-required', '"title": "Ferry & Quay",', '', '/title'],
  ['json-required', '"items":', '"_items":', '/items'],
  ['json-type', '"tags": ["Trade"]', '"tags": "Trade"', '/items/0/tags'],
  ['json-type', '54321', '"53 kB"', '/items/0/attachments/0/size_in_bytes'],
  ['json-type', '"tags": ["Trade"]', '"tags": [1]', '/items/0/tags'],
  ['json-type', '"language": "en",', '"language": "en", "expired": "no",', '/expired'],
  ['json-extension', '"_newswire"', '"newswire"', '/items/0/newswire'],
  ['json-item-id', '"id": "lamp", ', '', '/items/1/id'],
  ['json-item-unique', '"id": "lamp"', '"id": "tag:news.example.com,2026-03-01:ferry"', '/items/1/id'],
  ['json-item-content', ', "content_text": "The lamp burns again."', '', '/items/1'],
  ['json-authors', '{ "name": "Ada Quay" }', '{ "name": " " }', '/items/0/authors/0'],
  [
    'json-author',
    '"authors": [{ "name": "Ada Quay" }]',
    '"author": { "name": "Ada Quay" }',
    '/items/0/author',
  ],
  ['json-date', '2026-03-02T10:00:00Z', '2026-03-02 10:00', '/items/0/date_modified'],
  ['json-language', 'en-GB', 'en_GB', '/items/0/language'],
  ['json-address', '"https://news.example.com/news"', '"/news"', '/home_page_url'],
  ['json-address', '"url": "https://news.example.com/"', '"url": "/"', '/authors/0/url'],
  ['json-feed-url', '"feed_url": "https', '"feed_url": "http', '/feed_url'],
  ['json-next-url', 'feed.json?before=abc', 'feed.json', '/next_url'],
  ['json-hubs', '"type": "WebSub", ', '', '/hubs/0'],
  ['json-attachments', '"audio/mpeg"', '"mp3"', '/items/0/attachments/0'],
  [
    'json-content-address',
    'href=\\"https://news.example.com/news/fog',
    'href=\\"fog',
    '/items/0/content_html',
  ],
  ['json-characters', 'Ferry runs', 'Ferry \\u0008 runs', '/items/0/title'],
  ['json-characters', '["Trade"]', '["\\ud83d"]', '/items/0/tags/0'],
];

test('finds nothing wrong with a good document', () => {
  expect(lintFeed(good, { url, contentType: 'application/feed+json; charset=utf-8' })).toEqual([]);
});

test.each(mutations)('only %s faults a document in which %s has become %s', (rule, from, to, place) => {
  const faults = lintFeed(brokenBy(good, from, to), { url });

  expect(faults.map((fault) => [fault.rule, fault.place])).toEqual([[rule, place]]);
});

test('each rule of JSON Feed is broken by a document of its own', () => {
  const broken = new Set(mutations.map(([rule]) => rule));

  expect(lintRules.json.filter((rule) => !broken.has(rule))).toEqual([]);
});

test.each(['[]', 'null', '{"items": []}', '', 'Not found'])('finds no feed in %j', (text) => {
  expect(lintFeed(text, { url })).toHaveLength(1);
});
