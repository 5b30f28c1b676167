import { beforeAll, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite();
  return () => closeSound(site);
});

const article = { title: 'T', text: 'a', publishedAt: '2026-01-03T10:00:00+08:00' };
const put = (slug: string, body: unknown) =>
  signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body });
const putRaw = (slug: string, raw: string) =>
  signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', raw });

test('takes a body of a million bytes, and tells what is wrong with one more', async () => {
  const [fits, tooLarge] = await Promise.all(
    [1_000_000, 1_000_001].map((size) =>
      put(`of-${size}`, { ...article, text: undefined, html: 'a'.repeat(size) }),
    ),
  );

  expect(fits?.status).toBe(201);
  expect(await tooLarge?.json()).toMatchObject({
    status: 413,
    detail: 'The body has 1,000,001 bytes; at most 1,000,000 are allowed',
  });
});

test('is spared by API Gateway what is over ten megabytes', async () => {
  const answer = await putRaw('huge', JSON.stringify({ ...article, text: 'a'.repeat(10 * 1024 * 1024) }));

  expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
});

const marks = '\u0300\u0316'.repeat(200_000);
const notes = Array.from({ length: 40_000 }, (_, index) => `[^${index}]`);

test.each([
  ['marks stacked on a title’s letter', { title: `a${marks}` }, 422],
  ['marks stacked on a body’s letter', { text: `a${marks}` }, 422],
  ['footnotes', { markdown: [...notes, '', ...notes.map((note) => `${note}: a`)].join('\n') }, 422],
  ['lists within lists', { markdown: `${'- '.repeat(17)}a\n`.repeat(27_000) }, 413],
  ['tags left open', { html: '<b>'.repeat(300_000) }, 422],
  ['emphasis begun and never ended', { markdown: '*a_ '.repeat(200_000) }, 201],
  ['a hundred thousand faulty tags', { tags: Array.from({ length: 100_000 }, () => 1) }, 422],
  ['a name of a megabyte', { ['x'.repeat(1_000_000)]: 1 }, 422],
])('answers in time to %s', async (_what, fields, status) => {
  const { text, ...rest } = article;
  const hasBody = ['text', 'markdown', 'html'].some((name) => name in fields);

  const answer = await put('slow', { ...rest, ...(!hasBody && { text }), ...fields });

  expect(answer.status).toBe(status);
  expect((await answer.text()).length).toBeLessThan(1000);
});

test.each([
  ['in lists', `{"title":"T","text":"a","tags":${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}}`],
  ['in objects', `${'{"source":'.repeat(500_000)}1${'}'.repeat(500_000)}`],
])('tells that JSON nested without measure %s is no article', async (_how, raw) => {
  const answer = await putRaw('deep', raw);

  expect([400, 422]).toContain(answer.status);
});

test('takes no field’s name for a part of the language', async () => {
  const pollution = '{"isAdmin":true,"draft":true}';
  const answer = await putRaw(
    'polluted',
    `{"title":"T","text":"a","__proto__":${pollution},"constructor":{"prototype":${pollution}},
      "source":{"name":"S","__proto__":{"url":"javascript:alert(1)"}},"image":{"__proto__":{"url":"/media/a.png"}}}`,
  );

  const { status, errors } = (await answer.json()) as { status: number; errors: { pointer: string }[] };
  expect(status).toBe(422);
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual(
    ['/__proto__', '/constructor', '/image/__proto__', '/image/url', '/source/__proto__'].sort(),
  );
  const next = await put('after', {
    title: 'T',
    text: 'a',
    source: { name: 'constructor' },
    tags: ['__proto__'],
  });
  expect(next.status).toBe(201);
  expect(await site.json('/news/after')).not.toHaveProperty('isAdmin');
  expect((await site.fetch('/tag/proto')).status).toBe(200);
});

const textFields: [string, (text: string) => object][] = [
  ['/title', (text) => ({ title: text })],
  ['/summary', (text) => ({ summary: text })],
  ['/authors/0', (text) => ({ authors: [text] })],
  ['/category', (text) => ({ category: text })],
  ['/tags/0', (text) => ({ tags: [text] })],
  ['/guid', (text) => ({ guid: text })],
  ['/source/name', (text) => ({ source: { name: text } })],
  ['/source/credit', (text) => ({ source: { name: 'S', credit: text } })],
  ['/image/alt', (text) => ({ image: { url: '/media/a.png', alt: text } })],
  ['/text', (text) => ({ text })],
];

test.each(textFields)('refuses half a character and controls in %s', async (pointer, fields) => {
  for (const text of ['a\uD800b', 'a\uDC00', 'a\u0000b', 'a\u001Bb', 'a\u0085b', 'a\uFFFEb']) {
    const answer = await put('characters', { ...article, ...fields(text) });

    expect(await answer.json()).toMatchObject({ status: 422, errors: [{ pointer }] });
  }
});

test.each(['\u202E', '\u202A', '\u2066', '\u2069'])(
  'refuses a title that %j turns around',
  async (override) => {
    const answer = await put('turned', { ...article, title: `invoice${override}fdp.exe` });

    expect(await answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/title' }] });
  },
);

test('drops from a title what nobody sees, wherever it stands', async () => {
  await put('hints', {
    ...article,
    title: '\uFEFFซื้อ\u200Bของ co\u00ADop\u2060',
    tags: ['ซื้อ\u200Bของ', 'zero\u200Bwidth'],
  });

  expect(await site.json('/news/hints')).toMatchObject({ title: 'ซื้อของ coop', tags: ['ซื้อของ', 'zerowidth'] });
  expect((await site.fetch('/tag/zerowidth')).status).toBe(200);
});
