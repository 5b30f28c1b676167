import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { imageSize } from 'image-size';
import { expect } from 'vitest';
import { toAttributes } from '../../functions/store/item.ts';
import { keyOf } from '../../functions/store/rows.ts';
import { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { openReading, type Read } from '../support/reading.ts';
import { attributesOf, findAll, findOne, readPage } from '../unit/html-tree.ts';
import { everyElement, readXml, type XmlElement } from '../unit/xml-tree.ts';

const feedFiles = ['rss.xml', 'atom.xml', 'feed.json'];
const base = 'https://news.example.com';

async function read(ask: Read, path: string): Promise<string> {
  const answer = await ask(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

function elementsOf(document: string, name: string): XmlElement[] {
  return everyElement(readXml(document)).filter((element) => element.name === name);
}

/** What stands in the elements of this name. */
function textsOf(document: string, name: string): string[] {
  return elementsOf(document, name).map(({ text }) => text);
}

test('lists the feed of every stream that shows an article as OPML', async ({ backend }) => {
  await backend.put('storm', { tags: ['Sea & Air', '港口'], category: 'World', source: { name: 'Post' } });
  await backend.put('calm', { tags: ['Withdrawn'] });
  await backend.put('calm', { tags: ['Withdrawn'], draft: true });
  const ask = await openReading(backend);

  const outlines = elementsOf(await read(ask, '/opml.xml'), 'outline').map(({ attributes }) => attributes);

  expect(
    outlines
      .map(({ text }) => text)
      .slice(1)
      .sort(),
  ).toEqual(['Post', 'Sea & Air', 'World', '港口']);
  for (const { type, xmlUrl = '', htmlUrl = '' } of outlines) {
    expect(type).toBe('rss');
    const feed = await ask(xmlUrl.slice(base.length));
    expect([xmlUrl, feed.headers.get('content-type')]).toEqual([
      xmlUrl,
      'application/atom+xml; charset=utf-8',
    ]);
    await read(ask, htmlUrl.slice(base.length));
  }
});

test('leads people to all three feeds of every stream that shows an article', async ({ backend }) => {
  await backend.put('storm', { tags: ['Sea & Air', '港口'], category: 'World' });
  await backend.put('coming', { publishedAt: '2039-01-01T00:00:00Z', tags: ['Later'] });
  const ask = await openReading(backend);

  const page = readPage(await read(ask, '/feeds'));

  const addresses = findAll(findOne(page, 'table'), 'a').map((link) => attributesOf(link).href ?? '');
  const streams = ['', '/category/world', '/tag/sea-air', '/tag/%E6%B8%AF%E5%8F%A3'];
  expect(addresses.sort()).toEqual(
    streams.flatMap((stream) => [stream || '/news', ...feedFiles.map((file) => `${stream}/${file}`)]).sort(),
  );
  for (const address of addresses) await read(ask, address);
});

test('answers the icon as one', async ({ backend }) => {
  const answer = await (await openReading(backend))('/favicon.ico');

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/vnd.microsoft.icon']);
  expect(imageSize(new Uint8Array(await answer.arrayBuffer()))).toMatchObject({ width: 32, height: 32 });
});

test('lists every page that readers may see in the sitemap, by its last change', async ({ backend }) => {
  await backend.put('storm', { tags: ['Sea'], aliases: ['gale'] });
  backend.time = '2026-06-02T12:00:00.000Z';
  await backend.put('storm', { tags: ['Sea'], aliases: ['gale'], title: 'Edited' });
  await backend.put('notes', { draft: true });
  await backend.put('coming', { publishedAt: '2026-07-01T08:00:00Z' });
  const ask = await openReading(backend);

  const sitemap = await read(ask, '/sitemap.xml');

  const pages = ['/', '/feeds', '/about', '/news', '/tag/sea', '/news/storm'];
  expect(textsOf(sitemap, 'loc')).toEqual(pages.map((path) => base + path));
  expect(textsOf(sitemap, 'lastmod')).toEqual(['2026-06-02T20:00:00+08:00']);
  for (const path of pages) await read(ask, path);
});

test('lists the articles of two days, and no older ones, in the news sitemap', async ({ backend }) => {
  backend.time = '2026-06-03T12:00:00.000Z';
  await backend.put('old', { publishedAt: '2026-06-01T11:59:59Z' });
  await backend.put('new', {
    publishedAt: '2026-06-01T12:00:00Z',
    title: 'A < B & C',
    language: 'zh-Hant-HK',
  });
  await backend.put('coming', { publishedAt: '2026-06-03T12:00:01Z' });
  const ask = await openReading(backend);

  const sitemap = await read(ask, '/news-sitemap.xml');

  expect(textsOf(sitemap, 'loc')).toEqual([`${base}/news/new`]);
  expect(textsOf(sitemap, 'news:title')).toEqual(['A < B & C']);
  expect(textsOf(sitemap, 'news:publication_date')).toEqual(['2026-06-01T20:00:00+08:00']);
  expect(textsOf(sitemap, 'news:language')).toEqual(['zh-tw']);
});

test('has the front page in its news sitemap on a quiet day', async ({ backend }) => {
  await backend.put('old');
  const ask = await openReading(backend);

  expect(textsOf(await read(ask, '/news-sitemap.xml'), 'loc')).toEqual([`${base}/`]);
});

test('has valid sitemaps and OPML before its first article', async ({ backend }) => {
  const ask = await openReading(backend);

  for (const path of ['/sitemap.xml', '/sitemap-streams.xml', '/news-sitemap.xml'])
    expect(textsOf(await read(ask, path), 'loc')).toEqual([`${base}/`]);
  const outlines = elementsOf(await read(ask, '/opml.xml'), 'outline').map(({ attributes }) => attributes);
  expect(outlines).toMatchObject([{ xmlUrl: `${base}/atom.xml`, text: expect.stringMatching(/./) }]);
});

test('opens everything to every robot, and names the sitemaps', async ({ backend }) => {
  const robots = await read(await openReading(backend), '/robots.txt');

  expect(robots.split('\n')).toEqual([
    ...['User-agent: *', 'Disallow:', ''],
    ...[`Sitemap: ${base}/sitemap.xml`, `Sitemap: ${base}/news-sitemap.xml`, ''],
  ]);
});

test("robots.txt has the owner's rules, and sends crawlers for language models away where it is told to", async ({
  backend,
}) => {
  const settings = ['robots: "User-agent: GPTBot\\nAllow: /tag/"', 'crawlers: { ai: refuse }'];
  const robots = await read(await openReading(backend, settings), '/robots.txt');

  const groups = robots.trim().split('\n\n');
  expect(groups.slice(0, 2)).toEqual(['User-agent: GPTBot\nAllow: /tag/', 'User-agent: *\nDisallow:']);
  const refused = groups[2]?.split('\n') ?? [];
  expect(refused.at(-1)).toBe('Disallow: /');
  for (const name of ['ClaudeBot', 'CCBot', 'Google-Extended', 'Applebot-Extended', 'meta-externalagent'])
    expect(refused).toContain(`User-agent: ${name}`);
  expect(refused).not.toContain('User-agent: GPTBot');
  expect(groups[3]).toContain('Sitemap: ');

  const own = ['robots: "User-agent: *\\nDisallow: /archive"'];
  const rules = await read(await openReading(backend, own), '/robots.txt');
  expect(rules.split('\n\n')[0]).toBe('User-agent: *\nDisallow: /archive');
  expect(rules.match(/User-agent/g)).toHaveLength(1);
});

test.for(['/robots.txt', '/opml.xml', '/sitemap.xml', '/news-sitemap.xml', '/feeds', '/about'])(
  'answers an unchanged %s with 304, and a changed one anew',
  async (path, { backend }) => {
    const ask = await openReading(backend);
    await backend.put('storm', { publishedAt: backend.time });
    const first = await ask(path);
    const etag = first.headers.get('etag') ?? '';

    const again = await ask(path, { 'If-None-Match': `"other", ${etag}` });
    await backend.put('calm', { publishedAt: backend.time, tags: ['New'] });
    const changed = await ask(path, { 'If-None-Match': etag });

    expect([again.status, await again.text()]).toEqual([304, '']);
    for (const name of ['etag', 'cache-control', 'vary'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    const isGuarded = ({ headers }: Response) => headers.has('content-security-policy');
    expect([first, again].map(isGuarded)).toEqual([true, false]);
    expect(changed.status).toBe(['/robots.txt', '/about'].includes(path) ? 304 : 200);
  },
);

test('splits the sitemap of a large site by months', async () => {
  const backend = await TestBackend.open();
  const days = Array.from({ length: 5_100 }, (_, index) =>
    new Date(Date.UTC(2012, 0, 1 + index, 12)).toISOString(),
  );
  const requests = days.map((publishedAt, index) => {
    const key = keyOf('card', { stream: 'news', time: publishedAt, slug: `a-${index}` });
    return {
      PutRequest: { Item: toAttributes({ ...key, slug: `a-${index}`, publishedAt, updatedAt: publishedAt }) },
    };
  });
  for (let start = 0; start < requests.length; start += 25)
    await backend.store.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [backend.store.content]: requests.slice(start, start + 25) },
      }),
    );
  const ask = await openReading(backend);

  const parts = textsOf(await read(ask, '/sitemap.xml'), 'loc');
  const locations: string[] = [];
  for (const part of parts) locations.push(...textsOf(await read(ask, part.slice(base.length)), 'loc'));

  expect(parts[0]).toBe(`${base}/sitemap-streams.xml`);
  expect(parts).toHaveLength(1 + 168);
  expect(new Set(locations).size).toBe(locations.length);
  expect(locations.filter((location) => location.includes('/news/a-'))).toHaveLength(5_100);
  expect((await ask('/sitemap-1999-01.xml')).status).toBe(404);
  await backend.close();
});
