import { expect, test } from 'vitest';
import type { Answer } from '../../infra/tools/api/http.ts';
import {
  expectWellFormed,
  feedPaths,
  feedTypes,
  readPage,
  site,
  siteUrl,
  slug,
  soon,
  varyByAccept,
} from './site.ts';

const formats = ['rss.xml', 'atom.xml'];

/** The months, and the ways from the newest article, ours, to older ones. Sets its month, such as 2026-03. */
export function testArchive(article: { month: string }): void {
  let months: (string | undefined)[] = [];

  test('is in a month that /archive names', () =>
    soon(async () => {
      // Times are told in the site's zone.
      article.month = (await site.json(`/news/${slug}`)).publishedAt.slice(0, 'yyyy-mm'.length);
      const { text } = await readPage('/archive');
      months = [...text.matchAll(/href="\/archive\/(\d{4}-\d\d)"/g)].map(([, name]) => name);
      expect(months).toContain(article.month);
    }));

  test('is on the page of its month', () =>
    soon(async () => {
      const { text, header } = await readPage(`/archive/${article.month}`);
      expect(header('vary')).toMatch(varyByAccept);
      expect(text).toContain(`href="/news/${slug}"`);
    }));

  test.each(formats)('has a month whose %s is an archive document', (name) =>
    soon(async () => {
      const path = `/archive/${article.month}/${name}`;
      expectOlderDocument(path, await site.readFresh(path));
    }),
  );

  test.for(formats)('has a month whose %s leads to older articles', async (name, { skip }) => {
    skip(months.length < 2, 'no articles are older than those in it');
    await soon(() => expectLinkToOlder(`/archive/${article.month}/${name}`));
  });

  test.for(feedPaths)('%s leads from it to older articles', async (path, { skip }) => {
    skip((await site.json('/news')).older === null, 'no articles are older than those in it');
    await soon(() => expectLinkToOlder(path));
  });
}

/** Follows a document's link to the next older one. */
async function expectLinkToOlder(path: string): Promise<void> {
  const { text } = await site.readFresh(path);
  const isJson = path.endsWith('.json');
  const url = isJson ? JSON.parse(text).next_url : linkOf(text, 'prev-archive');
  expect(`${url}`).toContain(`${siteUrl}/`);
  const older = url.slice(siteUrl.length);
  expectOlderDocument(older, await site.read(older));
}

/** An archive document of RFC 5005 §4, or a page of JSON Feed. */
function expectOlderDocument(address: string, { status, header, text }: Answer): void {
  expect({ address, status }).toEqual({ address, status: 200 });
  const feed = feedPaths.find((path) => `${address}?`.includes(`${path}?`)) ?? '/feed.json';
  expect(header('content-type')).toContain(feedTypes[feed]);
  expectWellFormed(feed, text);
  if (feed === '/feed.json') return;
  expect(text).toContain('<fh:archive');
  expect(linkOf(text, 'current')).toBe(siteUrl + feed);
}

/** The address of an Atom link, whatever the order of its attributes. */
function linkOf(xml: string, rel: string): string | undefined {
  const [link] = xml.match(new RegExp(`<[^<>]* rel="${rel}"[^<>]*>`)) ?? [];
  return / href="([^"]+)"/.exec(link ?? '')?.[1];
}
