import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { StatsJson } from '../../functions/api/answers.ts';
import { dayOf } from '../../functions/article/calendar.ts';
import { siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite, zoneAtNoon } from '../support/site.ts';

const publishedAt = '2026-01-02T10:00:00+08:00';
const many = Array.from({ length: 104 }, (_, index) => `a-${index}`);
const timeZone = zoneAtNoon();
/** In the zone of the site. */
const day = dayOf(new Date().toISOString(), timeZone);
let site: Site;

beforeAll(async () => {
  site = await startSite({
    files: {
      'site.yaml': siteYaml.replace('Asia/Shanghai', timeZone),
      ...Object.fromEntries(many.map((slug) => [`articles/${slug}.md`, articleFile(slug, publishedAt)])),
      'articles/port.md': articleFile('Port', publishedAt, ['views: 930']),
      'articles/pier.md': articleFile('Pier', publishedAt),
      'articles/notes.md': articleFile('Notes', publishedAt, ['draft: true']),
    },
  });
  await repeat(7, 2, async (index) => {
    await (await site.fetch(index < 4 ? '/news/pier' : '/news/port')).text();
  });
  await signedFetch(`${site.url}/articles/pier`, { method: 'DELETE' });
  return () => closeSound(site);
});

test('tells the views of every article once, by day and in all', async () => {
  const pages: StatsJson[] = [];
  for (let path: string | null = '/stats'; path !== null; path = pages.at(-1)?.next ?? null)
    pages.push((await (await signedFetch(site.url + path)).json()) as StatsJson);

  const items = pages.flatMap((page) => page.items);
  const found = (slug: string) => items.find((item) => item.slug === slug);
  expect(pages.map((page) => page.items.length)).toEqual([100, 7]);
  expect(new Set(items.map(({ slug }) => slug)).size).toBe(107);
  expect(pages[0]?.today).toBe(day);
  expect(found('port')).toEqual({
    slug: 'port',
    title: 'Port',
    status: 'published',
    views: 933,
    days: { [day]: 3 },
  });
  expect(found('pier')).toMatchObject({ status: 'gone', views: 4, days: { [day]: 4 } });
  expect(found('notes')).toMatchObject({ status: 'draft', views: 0, days: {} });
});

test.each([
  ['an unsigned request', async () => fetch(`${site.url}/stats`), 403],
  ['a cursor that is none', () => signedFetch(`${site.url}/stats?cursor=x`), 400],
  ['another method', () => signedFetch(`${site.url}/stats`, { method: 'PUT', body: {} }), 405],
])('refuses %s', async (_, ask, status) => {
  expect((await ask()).status).toBe(status);
});

test('is shown by the command line, and drawn', async () => {
  const file = join(temporaryFolder(), 'views.svg');

  const { code, out, err } = await newswire('stats', '--to', site.url, '--days', '2', '--svg', file);

  expect({ code, err }).toEqual({ code: 0, err: [] });
  expect(out.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['VIEWS', 'EVER', expect.stringMatching(/^\d\d-\d\d…\d\d-\d\d$/), 'SLUG', 'TITLE'],
    ['4', '4', expect.stringMatching(/^[·█]{2}$/), 'pier', '(gone) Pier'],
    ['3', '933', expect.stringMatching(/^[·█]{2}$/), 'port', 'Port'],
    ['7', '937', expect.stringMatching(/^[·█]{2}$/), 'all articles'],
    ['No view in these days: 105 more'],
  ]);
  expect(readFileSync(file, 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
});

test('says in one line that the picture cannot be written', async () => {
  const { code, err } = await newswire('stats', '--to', site.url, '--svg', '/nowhere/views.svg');

  expect({ code, err }).toEqual({
    code: 1,
    err: [expect.stringMatching(/^\/nowhere\/views\.svg cannot be written: ENOENT/)],
  });
});
