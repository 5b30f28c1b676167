import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeedFormat, feedFormats } from '../../functions/article/addresses.ts';
import { renderAtom } from '../../functions/feed/atom.ts';
import { type FeedInput, feedContent } from '../../functions/feed/feed-content.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { type LintFault, lintFeed } from '../../functions/lint/lint-feed.ts';
import {
  archiveStream,
  context,
  emptyStream,
  pageStream,
  plainStream,
  richStream,
} from '../fixtures/samples.ts';
import { anyPublished } from './arbitraries.ts';

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed };

function lintOurs(stream: FeedInput, formats = ['rss', 'atom', 'json'] as FeedFormat[]): LintFault[] {
  return formats.flatMap((format) =>
    lintFeed(renderers[format](stream, context), {
      url: feedContent(stream, format, context).feedUrl,
      contentType: feedFormats[format].type,
    }),
  );
}

test.each([
  ['no', emptyStream],
  ['a plain', plainStream],
  ['every kind of', richStream],
])('our feeds of %s article are without fault', (_kind, stream) => {
  expect(lintOurs(stream)).toEqual([]);
});

test.each([
  ['rss', archiveStream('rss')],
  ['atom', archiveStream('atom')],
  ['json', pageStream],
] as const)('our older documents in %s are without fault', (format, stream) => {
  expect(lintOurs(stream, [format])).toEqual([]);
});

test('our feeds of any article are without fault', () => {
  fc.assert(
    fc.property(anyPublished, (published) => {
      expect(lintOurs({ ...emptyStream, articles: [published] })).toEqual([]);
    }),
  );
});
