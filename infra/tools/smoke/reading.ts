import type { Desk } from './desk.ts';
import { expectIn, expectSame, expectThat, type Report } from './report.ts';

export const varyByAccept = /\baccept\b(?!-)/i;

interface Card {
  slug: string;
  title: string;
  url: string;
  publishedAt: string;
}

/** What every reader gets, of what is there already. */
export async function checkReading(report: Report, desk: Desk): Promise<void> {
  await report.check('/ is a page', async () => {
    const { text, header } = await desk.page('/');
    expectIn('page', text, '<link rel="alternate" type="application/rss+xml"');
    expectThat(header('content-security-policy') !== undefined, 'a content-security-policy');
  });

  await report.check('/news is a page', async () => {
    const { header } = await desk.page('/news');
    expectIn('vary', header('vary'), varyByAccept);
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
  await checkMethods(report, desk);
}

async function checkArticle(report: Report, desk: Desk, { slug, title }: Card): Promise<void> {
  const { siteUrl } = desk.settings;
  await report.check('an article is a page', async () => {
    const { text, header } = await desk.page(`/news/${slug}`);
    expectIn('cache-control', header('cache-control'), /no-cache|no-store/);
    expectIn('page', text, `<link rel="canonical" href="${siteUrl}/news/${slug}"`);
    for (const part of ['dt-updated', 'class="views"']) expectIn('page', text, part);
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

async function checkMethods(report: Report, desk: Desk): Promise<void> {
  await report.check('an unknown address is a problem for programs and a page for people', async () => {
    const program = await desk.read('/news/there-is-no-such-article');
    expectSame('status', program.status, 404);
    expectIn('content-type', program.header('content-type'), 'application/problem+json');
    await desk.page('/no/such/place', 404);
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
