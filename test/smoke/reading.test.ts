import { expect, test } from 'vitest';
import { isEmulated, readPage, site, siteUrl, varyByAccept } from './site.ts';

interface Card {
  slug: string;
  title: string;
  publishedAt: string;
}

const periods = ['today', 'week', 'month', 'ever'];

test('/ is a page', async () => {
  const { text, header } = await readPage('/');

  expect(text).toContain('<link rel="alternate" type="application/rss+xml"');
  expect(header('content-security-policy')).toBeDefined();
});

test('/news is a page', async () => {
  expect((await readPage('/news')).header('vary')).toMatch(varyByAccept);
});

test('/news is JSON for those who prefer it, newest first', async () => {
  const { status, header, text } = await site.read('/news', { headers: { accept: 'application/json' } });

  expect(status).toBe(200);
  expect(header('content-type')).toContain('application/json');
  expect(header('access-control-allow-origin')).toBe('*');
  const { stream, items } = JSON.parse(text);
  expect(stream).toBe('news');
  expect(items.length).toBeLessThanOrEqual(20);
  const times = items.map(({ publishedAt }: Card) => Date.parse(publishedAt));
  expect(times).toEqual(times.toSorted((one: number, other: number) => other - one));
});

test('the newest article is a page', async ({ skip }) => {
  const card = await newest();
  if (!card) return skip('the site has no articles');

  const { text, header } = await readPage(`/news/${card.slug}`);

  expect(header('cache-control')).toMatch(/no-cache|no-store/);
  const { original } = await site.json(`/news/${card.slug}.json`);
  // The settings may leave it to the original.
  const [, canonical] = /<link rel="canonical" href="([^"]*)"/.exec(text) ?? [];
  expect([`${siteUrl}/news/${card.slug}`, original?.replaceAll('&', '&amp;')]).toContain(canonical);
  for (const part of ['dt-updated', 'class="views"']) expect(text).toContain(part);
});

test('the newest article is JSON, by Accept and by .json', async ({ skip }) => {
  const card = await newest();
  if (!card) return skip('the site has no articles');
  const { slug, title } = card;

  const [preferred, always] = [await site.json(`/news/${slug}`), await site.json(`/news/${slug}.json`)];

  expect(preferred).toMatchObject({ slug, title, url: `${siteUrl}/news/${slug}` });
  expect(preferred.views).toSatisfy(Number.isSafeInteger);
  expect(preferred.contentHtml.length).toBeGreaterThan(0);
  expect(always).toMatchObject({ id: preferred.id, views: preferred.views });
});

test('an unknown address is a problem for programs and a page for people', async () => {
  const program = await site.read('/news/there-is-no-such-article');

  expect(program.status).toBe(404);
  expect(program.header('content-type')).toContain('application/problem+json');
  await readPage('/no/such/place', 404);
});

test('a wrong method is refused, with those that are right', async () => {
  const { status, header } = await site.read('/news', { method: 'DELETE' });

  expect({ status, allow: header('allow') }).toEqual({ status: 405, allow: 'GET, HEAD, OPTIONS' });
});

test.each(['/', '/news', '/rss.xml'])('HEAD of %s is GET without the body', async (path) => {
  const { status, body } = await site.read(path, { method: 'HEAD' });

  expect({ status, length: body.length }).toEqual({ status: 200, length: 0 });
});

test('OPTIONS tells scripts of other sites what they may', async ({ skip }) => {
  skip(isEmulated, 'MiniStack answers OPTIONS itself, where API Gateway asks the function');

  const { status, header } = await site.read('/news', {
    method: 'OPTIONS',
    headers: { origin: 'https://example.com' },
  });

  expect(status).toBe(204);
  expect(header('access-control-allow-origin')).toBe('*');
  expect(header('access-control-allow-methods')).toContain('GET');
});

test('/most-read is a page, with a section per period', async () => {
  const { text, header } = await readPage('/most-read');

  expect(header('vary')).toMatch(varyByAccept);
  for (const period of periods) expect(text).toContain(`<h2 id="${period}"`);
});

// Its form alone: an article that is opened now is ranked some minutes later.
test('/most-read is JSON for those who prefer it, the most read first', async () => {
  const ranking = (await site.json('/most-read')).periods;

  expect(Object.keys(ranking)).toEqual(periods);
  for (const period of periods) {
    const views: number[] = ranking[period].map((card: { views: number }) => card.views);
    expect(views.length).toBeLessThanOrEqual(10);
    expect(views.filter((n) => !(n > 0))).toEqual([]);
    expect(views).toEqual(views.toSorted((one, other) => other - one));
  }
});

async function newest(): Promise<Card | undefined> {
  return (await site.json('/news')).items[0];
}
