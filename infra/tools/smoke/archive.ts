import type { Answer } from '../api/http.ts';
import { type Desk, patience } from './desk.ts';
import { expectWellFormed, feedPaths, feedTypes } from './feeds.ts';
import { varyByAccept } from './reading.ts';
import { expectIn, expectSame, expectThat, LeftOut, type Report } from './report.ts';

/** The months, and the ways from the newest article, ours, to older ones. Answers its month, such as 2026-03. */
export async function checkArchive(report: Report, desk: Desk, slug: string): Promise<string> {
  let month = '';
  let months: (string | undefined)[] = [];
  const check = (name: string, look: () => unknown) => report.check(name, look, { patience });
  await check('/archive leads to its month', async () => {
    // Times are told in the site's zone.
    month = (await desk.json(`/news/${slug}`)).publishedAt.slice(0, 'yyyy-mm'.length);
    const { text } = await desk.page('/archive');
    months = [...text.matchAll(/href="\/archive\/(\d{4}-\d\d)"/g)].map(([, name]) => name);
    expectThat(months.includes(month), `${month} among the months`, months);
  });

  await check('its month is a page', async () => {
    const { text, header } = await desk.page(`/archive/${month}`);
    expectIn('vary', header('vary'), varyByAccept);
    expectIn('page', text, `href="/news/${slug}"`);
  });

  for (const path of [`/archive/${month}/rss.xml`, `/archive/${month}/atom.xml`]) {
    // At the edge it would stay for a while after our article.
    await check(`${path} is an archive document`, async () =>
      expectPart(desk, path, await desk.readFresh(path)),
    );
    await check(`${path} leads to older articles`, () => checkOlder(desk, path, months.length > 1));
  }
  for (const path of feedPaths)
    await check(`${path} leads to older articles`, async () =>
      checkOlder(desk, path, (await desk.json('/news')).older !== null),
    );
  return month;
}

/** Follows a document's link to the next older one. */
async function checkOlder(desk: Desk, path: string, hasOlder: boolean): Promise<void> {
  const { siteUrl } = desk.settings;
  const { text } = await desk.readFresh(path);
  const isJson = path.endsWith('.json');
  const url = isJson ? JSON.parse(text).next_url : /rel="prev-archive" href="([^"]+)"/.exec(text)?.[1];
  if (!url && !hasOlder) throw new LeftOut('no articles are older than those in it');
  expectIn('link', url, `${siteUrl}/`);
  const older = url.slice(siteUrl.length);
  expectPart(desk, older, await desk.read(older));
}

/** A document of older articles: of RFC 5005 §4, or a page of JSON Feed. */
function expectPart({ settings }: Desk, address: string, { status, header, text }: Answer): void {
  expectSame(`status of ${address}`, status, 200);
  const feed = feedPaths.find((path) => `${address}?`.includes(`${path}?`)) ?? '/feed.json';
  expectIn('content-type', header('content-type'), feedTypes[feed]);
  expectWellFormed(feed, text);
  if (feed === '/feed.json') return;
  expectIn('document', text, '<fh:archive');
  expectIn('document', text, `rel="current" href="${settings.siteUrl}${feed}"`);
}
