import { beforeAll, expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const count = 45;
let site: Site;

beforeAll(async () => {
  // Nine articles a moment: the order has to be total all the same.
  const files = Array.from({ length: count }, (_, index) => [
    `articles/a-${index}.md`,
    articleFile(`Article ${index}`, `2026-01-0${1 + (index % 5)}T10:00:00+08:00`, ['tags: [Port News]']),
  ]);
  const yaml = `${siteYaml}\naddress: [1 Pier Road]\n`;
  site = await startSite({ files: { ...Object.fromEntries(files), 'site.yaml': yaml } });
  return () => closeSound(site);
});

interface Page {
  items: { slug: string }[];
  older: string | null;
  newer: string | null;
}

async function walk(path: string, direction: 'older' | 'newer'): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next: string | null = path; next !== null; next = pages.at(-1)?.[direction] ?? null)
    pages.push(await site.json(next.replace(site.url, '')));
  return pages;
}

test.each(['/news', '/tag/port-news'])('reaches every article of %s once, 20 a page', async (path) => {
  const pages = await walk(path, 'older');

  const slugs = pages.flatMap(({ items }) => items.map(({ slug }) => slug));
  expect(pages.map(({ items }) => items.length)).toEqual([20, 20, 5]);
  expect(new Set(slugs).size).toBe(count);
  expect(pages[0]?.newer).toBeNull();
});

test('leads back over the same pages', async () => {
  const down = await walk('/news', 'older');
  const last = down.at(-1);

  const up = await walk(last?.newer?.replace(site.url, '') ?? '', 'newer');

  expect(up.map(({ items }) => items)).toEqual(
    down
      .slice(0, -1)
      .reverse()
      .map(({ items }) => items),
  );
});

test('names each page by its days, and the first one by one address', async () => {
  const [, second] = await walk('/news', 'older');
  const place = (address: string | null | undefined) => address?.replace(site.url, '') ?? '';
  const headOf = async (path: string) => {
    const page = await (await site.fetch(path)).text();
    const [, canonical] = /rel="canonical" href="([^"]+)"/.exec(page) ?? [];
    const [, title] = /<title>([^<]+)/.exec(page) ?? [];
    return { canonical, title };
  };

  const back = await headOf(place(second?.newer));
  const on = await headOf(place(second?.older));

  expect(await headOf('/news')).toEqual(back);
  expect(back).toEqual({ canonical: `${site.url}/news`, title: expect.stringMatching(/^News – /) });
  expect(on.canonical).toBe(second?.older);
  expect(on.title).toMatch(/^News, January 1,? (?:–|2026)/);
});

test('shows a stream as a page with links to its feeds, its own first', async () => {
  const page = await (await site.fetch('/tag/port-news')).text();

  expect(page).toContain('<h1 class="p-name">Port News</h1>');
  expect(
    [...page.matchAll(/rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"/g)].map(([, , href]) => href),
  ).toEqual([
    `${site.url}/tag/port-news/rss.xml`,
    `${site.url}/tag/port-news/atom.xml`,
    `${site.url}/tag/port-news/feed.json`,
    `${site.url}/rss.xml`,
    `${site.url}/atom.xml`,
    `${site.url}/feed.json`,
  ]);
});

test('describes a stream as JSON', async () => {
  const stream = await site.json('/tag/port-news');

  expect(stream).toMatchObject({
    stream: 'tag/port-news',
    title: 'Port News',
    url: `${site.url}/tag/port-news`,
  });
  expect(stream.items[0]).toEqual({
    slug: 'a-9',
    url: `${site.url}/news/a-9`,
    title: 'Article 9',
    summary: 'Some text.',
    publishedAt: '2026-01-05T10:00:00+08:00',
    updatedAt: '2026-01-05T10:00:00+08:00',
    source: { name: 'Sample News', url: `${site.url}/` },
    category: null,
    tags: ['Port News'],
    language: 'en',
  });
});

test('leads a label as people write it to its stream', async () => {
  const response = await site.fetch('/tag/Port%20News');

  expect([response.status, response.headers.get('location')]).toEqual([308, `${site.url}/tag/port-news`]);
});

test('shows the newest articles and the address block on the front page', async () => {
  const page = await (await site.fetch('/')).text();

  expect(page.match(/class="[\w -]*\bh-entry"/g)).toHaveLength(20);
  expect(page).toContain('<address><span><bdi>1 Pier Road</bdi>');
});

test('answers an empty page, not 404, for a stream that has lost its last article', async () => {
  await site.save({
    'articles/lone.md': articleFile('Lone', '2026-01-09T10:00:00+08:00', ['category: Lone']),
  });

  await site.save({ 'articles/lone.md': undefined });
  const stream = await site.json('/category/lone');
  const feed = await site.fetch('/category/lone/atom.xml');

  expect(stream).toMatchObject({ title: 'Lone', items: [], older: null, newer: null });
  expect(feed.status).toBe(200);
});
