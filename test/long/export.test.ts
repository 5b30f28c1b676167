import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { png, temporaryFolder } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

const baseUrl = 'https://news.example.com';
const folder = join(temporaryFolder(), 'export');
let site: Site;
let moved: Site;

beforeAll(async () => {
  site = await startSite({ files: filesIn('content'), baseUrl });
  await makeHardCases();
  expect(await newswire('export', folder, '--versions', '--to', site.url)).toMatchObject({
    code: 0,
    err: [],
  });
  moved = await startSite({ files: filesIn(folder), baseUrl });
  expect(moved.imported).toMatchObject({ broken: [], leftOut: [], notes: [], left: 0 });
}, 300_000);

afterAll(async () => {
  await closeSound(site);
  await closeSound(moved);
});

function filesIn(root: string): Record<string, Buffer> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path));
  const files = paths.filter((path) => statSync(path).isFile());
  return Object.fromEntries(files.map((path) => [relative(root, path), readFileSync(path)]));
}

async function send(method: string, path: string, body?: unknown): Promise<void> {
  const { ok, status } = await signedFetch(site.url + path, { method, body });
  if (!ok) throw new Error(`${method} ${path}: ${status}`);
}

const publishedAt = '2026-02-03T10:00:00+08:00';
const put = (slug: string, fields: object) =>
  send('PUT', `/articles/${slug}`, {
    ...{ title: `About ${slug}`, publishedAt },
    ...('html' in fields || 'text' in fields ? fields : { markdown: `The *text* of ${slug}.`, ...fields }),
  });

async function makeHardCases(): Promise<void> {
  const first = await sendPicture(png);
  // With metadata, which are taken out.
  const second = await sendPicture(readFileSync('test/fixtures/pictures/place.png'));
  expect(second).not.toBe(first);
  await put('pictured', { markdown: '![A pier](/media/pier.png)', image: { url: second, alt: 'A pier' } });
  await put('edited', { tags: ['Port'], views: 40 });
  await put('edited', { tags: ['Port'], markdown: 'Another text, "quoted" -- and longer.\n\n- a\n- b\n' });
  await put('first-name', { category: 'Harbour' });
  await put('second-name', { category: 'Harbour', aliases: ['first-name'] });
  await put('third-name', { category: 'Harbour', aliases: ['second-name'] });
  await put('third-name', { category: 'Harbour' });
  await put('removed', {
    tags: ['Only Here'],
    guid: 'https://old.example/?p=7',
    aliases: ['old-removed'],
    views: 3,
  });
  await send('DELETE', '/articles/removed', { reason: 'It was "wrong".' });
  await put('removed-unsaid', { tags: ['Port'] });
  await send('DELETE', '/articles/removed-unsaid');
  await put('removed-draft', { draft: true });
  await send('DELETE', '/articles/removed-draft');
  await put('draft', { draft: true, summary: 'To come' });
  await put('embargo', { publishedAt: '2099-01-01T00:00:00Z', tags: ['Later'] });
  await put('guid', {
    guid: 'post 12 of the old site',
    source: { name: 'Old Site', url: 'https://old.example/' },
  });
  await put('html', { html: '<p>One</p>\n<pre>  two\n</pre><p lang="fr">trois</p>', authors: ['A. Writer'] });
  await put('text', {
    text: '\n  One.\n\nTwo: <b>, --- and "three".\n---\n',
    original: 'https://old.example/text',
  });
  await put('corrected', { corrections: [{ at: '2026-02-04T10:00:00Z', text: 'It was two boats.' }] });
  await put('english', { language: 'en', translations: ['chinese'] });
  await put('chinese', { language: 'zh-CN', translations: ['english'], title: '渡轮：回来了' });
  const redirects = [
    { from: '/2019/05/title', to: '/news/edited' },
    { from: '/?p=12', to: '/news/removed' },
    { from: '/你/*', to: '/tag/*' },
  ];
  await send('PUT', '/redirects', { redirects });
  for (const path of ['/news/edited', '/news/edited', '/news/html', '/news/chinese'])
    await (await site.fetch(path, { headers: { Accept: 'text/html' } })).text();
}

/** The path of its content. */
async function sendPicture(raw: Buffer): Promise<string> {
  const headers = { 'Content-Type': 'image/png' };
  const answer = await signedFetch(`${site.url}/media/pier.png`, { method: 'PUT', raw, headers });
  return ((await answer.json()) as { path: string }).path;
}

/** Every address that lists, feeds and sitemaps name, and those of what is in none. */
async function addressesOf({ fetch: get, store: _ }: Site): Promise<string[]> {
  const opml = await (await get('/opml.xml')).text();
  const feeds = [...opml.matchAll(/xmlUrl="https:\/\/news\.example\.com([^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  const map = await (await get('/sitemap.xml')).text();
  const pages = [...map.matchAll(/<loc>https:\/\/news\.example\.com([^<]*)<\/loc>/g)].map(
    ([, path = '']) => path,
  );
  const months = [...new Set((await (await get('/archive')).text()).match(/\/archive\/\d{4}-\d\d/g))];
  return [
    ...new Set([
      ...[
        '/',
        '/news',
        '/corrections',
        '/corrections/atom.xml',
        '/feeds',
        '/about',
        '/opml.xml',
        '/sitemap.xml',
      ],
      ...[
        '/news-sitemap.xml',
        '/archive',
        '/robots.txt',
        '/favicon.ico',
        '/rss.xml',
        '/atom.xml',
        '/feed.json',
      ],
      ...feeds,
      ...feeds.map((path) => path.replace('rss.xml', 'atom.xml')),
      ...feeds.map((path) => path.replace('rss.xml', 'feed.json')),
      ...pages,
      ...pages.filter((path) => path.startsWith('/news/')).map((path) => `${path}.json`),
      ...months.flatMap((path) => [path, `${path}/rss.xml`, `${path}/atom.xml`]),
      ...[
        '/tag/only-here',
        '/tag/only-here/atom.xml',
        '/news/removed',
        '/news/removed-unsaid',
        '/news/old-removed',
      ],
      ...[
        '/news/removed-draft',
        '/news/draft',
        '/news/embargo',
        '/tag/later',
        '/news/first-name',
        '/news/second-name',
      ],
      ...['/2019/05/title/', '/?p=12', '/%E4%BD%A0/port', '/media/pier.png'],
    ]),
  ];
}

async function answersOf({ fetch: get }: Site, paths: string[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const path of paths) {
    const answer = await get(path, { headers: { Accept: 'text/html' } });
    answers[path] = [answer.status, answer.headers.get('location'), await answer.text()].join('\n');
  }
  return answers;
}

/** Where the two begin to differ. */
function difference(path: string, before: string, after: string): string[] {
  if (before === after) return [];
  let at = 0;
  while (before[at] === after[at]) at += 1;
  return [`${path}: ${[before, after].map((text) => text.slice(Math.max(0, at - 80), at + 80)).join(' → ')}`];
}

test('what was exported is, on an empty stage, byte for byte what it was', async () => {
  const paths = await addressesOf(site);
  expect(paths.length).toBeGreaterThan(300);

  // One after the other, so that each view is counted at its place.
  const [before, after] = [await answersOf(site, paths), await answersOf(moved, paths)];

  expect(paths.flatMap((path) => difference(path, before[path] ?? '', after[path] ?? ''))).toEqual([]);
  expect((await site.json('/news/edited')).views).toBe(43);
  expect((await moved.json('/news/edited')).views).toBe(43);
});
