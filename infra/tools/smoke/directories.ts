import type { Desk } from './desk.ts';
import { expectWellFormed } from './feeds.ts';
import { expectIn, expectSame, expectThat, type Report } from './report.ts';

const sitemaps = ['/sitemap.xml', '/news-sitemap.xml'];

/** What leads people and programs to everything else. */
export async function checkDirectories(report: Report, desk: Desk): Promise<void> {
  const { siteUrl } = desk.settings;
  for (const path of ['/feeds', '/about'])
    await report.check(`${path} is a page that need not be sent twice`, async () => {
      const { header } = await desk.page(path);
      const again = await desk.read(path, { headers: { 'if-none-match': header('etag') ?? '' } });
      expectSame('status of the same again', again.status, 304);
    });

  await report.check('/opml.xml leads to the feed of all news, if there are any', async () => {
    const text = await readDocument(desk, '/opml.xml', 'text/x-opml');
    expectIn('document', text, '<opml version="2.0">');
    const { items } = await desk.json('/news');
    expectSame('feed in it', text.includes(`xmlUrl="${siteUrl}/atom.xml"`), items.length > 0);
  });

  for (const path of sitemaps)
    await report.check(`${path} is a sitemap`, async () => {
      const text = await readDocument(desk, path, 'application/xml');
      expectIn('document', text, /<(urlset|sitemapindex) xmlns="http:\/\/www\.sitemaps\.org\//);
    });

  await report.check('/robots.txt leads to them', async () => {
    const { status, header, text } = await desk.read('/robots.txt');
    expectSame('status', status, 200);
    expectIn('content-type', header('content-type'), 'text/plain');
    const named = [...text.matchAll(/^Sitemap: (.*)$/gm)].map(([, url]) => url);
    expectSame(
      'sitemaps',
      named,
      sitemaps.map((path) => siteUrl + path),
    );
  });

  await report.check('/openapi.json describes the site, and what it names is there', async () => {
    const { openapi, servers, paths } = await desk.json('/openapi.json');
    expectIn('version', openapi, /^3\.1\./);
    expectSame('servers', servers, [{ url: siteUrl }]);
    expectThat('/news/{slug}' in paths, 'the address of articles', Object.keys(paths));
    for (const [path, { get }] of Object.entries<{ get?: { security?: object[] } }>(paths))
      if (get && !get.security && !path.includes('{'))
        expectSame(`status of ${path}`, (await desk.read(path)).status, 200);
  });
}

async function readDocument(desk: Desk, path: string, type: string): Promise<string> {
  const { status, header, text } = await desk.read(path);
  expectSame('status', status, 200);
  expectIn('content-type', header('content-type'), type);
  expectWellFormed(path, text);
  return text;
}
