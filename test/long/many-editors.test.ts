import { beforeAll, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

const editors = 20;
let site: Site;

beforeAll(async () => {
  site = await startSite();
  return () => closeSound(site);
});

const send = (slug: string, method: string, body?: object, headers: Record<string, string> = {}) =>
  signedFetch(`${site.url}/articles/${slug}`, { method, body, headers });
const article = { title: 'Shared', html: '<p>Begun.</p>', publishedAt: '2026-01-03T10:00:00Z' };
const everyone = <Result>(action: (editor: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: editors }, (_, editor) => action(editor)));

/** Reads, adds a paragraph and replaces what was read, until nobody came between; how often it took. */
async function addParagraph(editor: number): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const read = await send('guarded', 'GET');
    const { article } = (await read.json()) as { article: { html: string } };
    const html = `${article.html}<p>Editor ${editor}.</p>`;
    const guard = { 'If-Match': read.headers.get('etag') ?? '' };
    const { status } = await send('guarded', 'PUT', { ...article, html }, guard);
    if (status === 200) return attempt;
    expect(status).toBe(412);
  }
}

test('loses no edit of twenty editors who say what they have read', async () => {
  await send('guarded', 'PUT', article);

  const attempts = await everyone(addParagraph);

  const { contentHtml } = await site.json('/news/guarded');
  const paragraphs = [...contentHtml.matchAll(/Editor (\d+)\./g)].map(([, editor]) => Number(editor));
  expect(paragraphs.sort((a, b) => a - b)).toEqual(Array.from({ length: editors }, (_, editor) => editor));
  expect(Math.max(...attempts)).toBeGreaterThan(1);
});

/** Comes again when it is asked to: among twenty, one can lose twenty times in a row. */
async function replace(editor: number): Promise<void> {
  const edit = { title: `Title ${editor}`, text: `Text ${editor}.`, tags: [`Tag ${editor}`] };
  for (;;) {
    const { status, headers } = await send('open', 'PUT', edit);
    if (status === 200) return;
    expect([status, headers.has('retry-after')]).toEqual([503, true]);
  }
}

test('leaves one of twenty edits, whole, when nobody says what he has read', async () => {
  await send('open', 'PUT', article);

  await everyone(replace);

  const stored = (await (await send('open', 'GET')).json()) as { article: { title: string } };
  const [, last] = /^Title (\d+)$/.exec(stored.article.title) ?? [];
  expect(stored).toMatchObject({ version: editors + 1, article: { text: `Text ${last}.` } });
  expect((await site.json('/news/open')).tags).toEqual([`Tag ${last}`]);
});
