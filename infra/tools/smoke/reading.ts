import type { Desk } from './desk.ts';
import { expectIn, expectSame, expectThat, LeftOut, type Report } from './report.ts';

const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** For pages of articles that are others': reading ahead counts no view. */
const ahead = { ...asBrowser, 'sec-purpose': 'prefetch' };

interface Card {
  slug: string;
  title: string;
  url: string;
  publishedAt: string;
}

/** What every reader gets, of what is there already. */
export async function checkReading(report: Report, desk: Desk): Promise<void> {
  await report.check('/ is a page', async () => {
    const answer = await desk.read('/', { headers: asBrowser });
    expectSame('status', answer.status, 200);
    expectIn('content-type', answer.header('content-type'), /^text\/html; ?charset=utf-8$/i);
    expectIn('page', answer.text, '<link rel="alternate" type="application/rss+xml"');
    expectThat(answer.header('content-security-policy') !== undefined, 'a content-security-policy');
  });

  await report.check('the stylesheet of / is there, for ever', async () => {
    const { text } = await desk.read('/', { headers: asBrowser });
    const [, path = '/style.css'] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
    const answer = await desk.read(path);
    expectSame(`status of ${path}`, answer.status, 200);
    expectIn('content-type', answer.header('content-type'), 'text/css');
    expectIn('cache-control', answer.header('cache-control'), 'immutable');
  });

  for (const path of ['/feeds', '/about'])
    await report.check(`${path} is a page that need not be sent twice`, async () => {
      const answer = await desk.read(path, { headers: asBrowser });
      expectSame('status', answer.status, 200);
      expectIn('content-type', answer.header('content-type'), 'text/html');
      const again = await desk.read(path, { headers: { 'if-none-match': answer.header('etag') ?? '' } });
      expectSame('status of the same again', again.status, 304);
    });

  await report.check('/news is a page', async () => {
    const answer = await desk.read('/news', { headers: asBrowser });
    expectSame('status', answer.status, 200);
    expectIn('content-type', answer.header('content-type'), 'text/html');
    expectIn('vary', answer.header('vary'), /\baccept\b(?!-)/i);
  });

  let cards: Card[] = [];
  await report.check('/news is JSON for those who prefer it, newest first', async () => {
    const answer = await desk.read('/news', { headers: { accept: 'application/json' } });
    expectSame('status', answer.status, 200);
    expectIn('content-type', answer.header('content-type'), 'application/json');
    expectSame('access-control-allow-origin', answer.header('access-control-allow-origin'), '*');
    const { stream, items } = JSON.parse(answer.text);
    expectSame('stream', stream, 'news');
    expectThat(Array.isArray(items) && items.length <= 20, 'at most 20 items', items?.length);
    const times = items.map(({ publishedAt }: Card) => Date.parse(publishedAt));
    expectSame(
      'times',
      times,
      times.toSorted((one: number, other: number) => other - one),
    );
    cards = items;
  });

  // Without one the article of our own has to do.
  if (cards[0]) await checkArticle(report, desk, cards[0]);
  await checkMedia(report, desk);
  await checkMethods(report, desk);
}

async function checkArticle(report: Report, desk: Desk, { slug, title }: Card): Promise<void> {
  const { siteUrl } = desk.settings;
  await report.check('an article is a page', async () => {
    const answer = await desk.read(`/news/${slug}`, { headers: ahead });
    expectSame('status', answer.status, 200);
    expectIn('content-type', answer.header('content-type'), 'text/html');
    expectIn('cache-control', answer.header('cache-control'), /no-cache|no-store/);
    expectIn('page', answer.text, `<link rel="canonical" href="${siteUrl}/news/${slug}"`);
    for (const part of ['dt-updated', 'class="views"']) expectIn('page', answer.text, part);
  });

  await report.check('the same article is JSON, by Accept and by .json', async () => {
    const [preferred, always] = [await desk.json(`/news/${slug}`), await desk.json(`/news/${slug}.json`)];
    expectSame('slug and title', [preferred.slug, preferred.title], [slug, title]);
    expectSame('url', preferred.url, `${siteUrl}/news/${slug}`);
    expectThat(Number.isSafeInteger(preferred.views), 'views to be a number', preferred.views);
    expectThat(preferred.contentHtml?.length > 0, 'a text');
    expectSame('id and views', [always.id, always.views], [preferred.id, preferred.views]);
  });
}

async function checkMedia(report: Report, desk: Desk): Promise<void> {
  const { siteUrl } = desk.settings;
  await report.check('an image of an article is there, for ever', async () => {
    const { text } = await desk.read('/feed.json');
    const [url] = text.split(/[\s"\\]+/).filter((part) => part.startsWith(`${siteUrl}/media/`));
    if (!url) throw new LeftOut('none of the newest articles shows an image of the site');
    const answer = await desk.read(url.slice(siteUrl.length));
    expectSame('status', answer.status, 200);
    expectIn('content-type', answer.header('content-type'), /^image\//);
    expectIn('cache-control', answer.header('cache-control'), 'immutable');
    expectThat(isImage(answer.body), 'the bytes of an image', answer.body.subarray(0, 12).toString('hex'));
  });
}

/** By the first bytes: text that was taken for binary, or the reverse, has others. */
function isImage(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  return /^(\x89PNG\r\n|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftyp)/s.test(start);
}

async function checkMethods(report: Report, desk: Desk): Promise<void> {
  await report.check('an unknown address is a problem for programs and a page for people', async () => {
    const program = await desk.read('/news/there-is-no-such-article');
    expectSame('status', program.status, 404);
    expectIn('content-type', program.header('content-type'), 'application/problem+json');
    const person = await desk.read('/no/such/place', { headers: asBrowser });
    expectSame('status', person.status, 404);
    expectIn('content-type', person.header('content-type'), 'text/html');
  });

  await report.check('a wrong method is refused, with those that are right', async () => {
    const answer = await desk.read('/news', { method: 'DELETE' });
    expectSame('status', answer.status, 405);
    expectSame('allow', answer.header('allow'), 'GET, HEAD, OPTIONS');
  });

  await report.check('HEAD is GET without the body', async () => {
    for (const path of ['/', '/news', '/rss.xml']) {
      const answer = await desk.read(path, { method: 'HEAD' });
      expectSame(`status of ${path}`, answer.status, 200);
      expectSame(`length of ${path}`, answer.body.length, 0);
    }
  });

  await report.check('OPTIONS tells scripts of other sites what they may', async () => {
    const answer = await desk.read('/news', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com' },
    });
    expectSame('status', answer.status, 204);
    expectSame('allowed origin', answer.header('access-control-allow-origin'), '*');
    expectIn('allowed methods', answer.header('access-control-allow-methods'), 'GET');
  });
}
