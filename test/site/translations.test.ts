import { beforeAll, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

const publishedAt = '2026-01-02T10:00:00+08:00';
const story = (title: string, fields: string[], at = publishedAt) => articleFile(title, at, fields);

beforeAll(async () => {
  site = await startSite({
    files: {
      'articles/gates.md': story('Gates', [
        'translations: [zha-men, tore, portes, gates-again, gates-in-spanish, kapilar, ports, nowhere]',
        'aliases: [old-gates]',
      ]),
      'articles/zha-men.md': story('闸门', ['language: zh-CN', 'translations: [gates]']),
      'articles/schleusen.md': story('Tore <i>', [
        'language: de',
        'translations: [old-gates]',
        'aliases: [tore]',
      ]),
      'articles/portes.md': story(
        'Les portes',
        ['language: fr', 'translations: [gates]'],
        '2039-01-02T10:00:00+08:00',
      ),
      'articles/gates-again.md': story('Gates again', ['translations: [gates]']),
      'articles/gates-in-spanish.md': story('Compuertas', ['language: es']),
      'articles/kapilar.md': story('Kapılar', ['language: tr', 'translations: [gates]', 'draft: true']),
      'articles/ports.md': story('另一个译文', ['language: zh-CN', 'translations: [gates]']),
    },
  });
  return () => closeSound(site);
});

// Seen as well: what is embargoed, a draft, missing, of the same language, or names no translation itself is none.
test('names the translations that name it back, one a language, wherever they have moved', async () => {
  const { translations } = await site.json('/news/gates.json');

  expect(translations).toEqual([
    { slug: 'zha-men', title: '闸门', url: `${site.url}/news/zha-men`, language: 'zh-CN' },
    { slug: 'schleusen', title: 'Tore <i>', url: `${site.url}/news/schleusen`, language: 'de' },
  ]);
});

test('tells search engines of every edition, its own as well, and readers of the others', async () => {
  const page = await (await site.fetch('/news/gates')).text();

  const links = [...page.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)];
  expect(links.map(([, language, url]) => [language, url])).toEqual([
    ['en', `${site.url}/news/gates`],
    ['zh-CN', `${site.url}/news/zha-men`],
    ['de', `${site.url}/news/schleusen`],
  ]);
  expect(page).toContain(
    'Also in: <a href="/news/zha-men" rel="alternate" hreflang="zh-CN" lang="zh-CN" dir="ltr">中文（中国）</a>, ' +
      '<a href="/news/schleusen" rel="alternate" hreflang="de" lang="de" dir="ltr">Deutsch</a>',
  );
});

test('returns each naming', async () => {
  const page = await (await site.fetch('/news/schleusen')).text();

  expect(page.match(/hreflang="[^"]+" href="[^"]+"/g)).toEqual([
    `hreflang="de" href="${site.url}/news/schleusen"`,
    `hreflang="en" href="${site.url}/news/gates"`,
  ]);
});

test('says nothing of languages where there is one', async () => {
  const json = await site.json('/news/gates-in-spanish.json');
  const page = await (await site.fetch('/news/gates-in-spanish')).text();

  expect(json).not.toHaveProperty('translations');
  expect(page).not.toMatch(/hreflang|Also in/);
});

test('gives the slugs back to whoever edits the article', async () => {
  const address = `${site.url}/articles/puertas`;
  const body = { title: 'Puertas', text: 'Abiertas.', language: 'es', translations: ['zha-men'] };
  await signedFetch(address, { method: 'PUT', body });

  const answer = await signedFetch(address);

  expect(await answer.json()).toMatchObject({ article: { translations: ['zha-men'] } });
});
