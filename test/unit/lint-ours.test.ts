import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { feedFormats } from '../../functions/publish/addresses.ts';
import { renderAtom } from '../../functions/publish/atom.ts';
import { type FeedStream, feedContent } from '../../functions/publish/feed-content.ts';
import { renderJsonFeed } from '../../functions/publish/json-feed.ts';
import { type LintFault, lintFeed } from '../../functions/publish/lint/lint-feed.ts';
import { renderRss } from '../../functions/publish/rss.ts';
import { context, emptyStream, plainStream, richStream } from '../fixtures/samples.ts';
import { anyPublished } from './arbitraries.ts';

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed };

function lintOurs(stream: FeedStream): LintFault[] {
  return (['rss', 'atom', 'json'] as const).flatMap((format) =>
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

test('our feeds of any article are without fault', () => {
  fc.assert(
    fc.property(anyPublished, (published) => {
      expect(lintOurs({ ...emptyStream, articles: [published] })).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
