import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../infra/tools/api/http.ts';
import { testArchive } from './archive.ts';
import { testCounting } from './counting.ts';
import { testPlaces } from './places.ts';
import { feedPaths, readPage, site, slug, soon } from './site.ts';

/** Our own article, with characters that HTML, XML and JSON each write in a way of their own. */
const written = {
  title: `Smoke test ${slug}: 1 < 2 & "新闻"`,
  text: 'Published by a test; gone in a moment.',
};
const article = { id: '', month: '' };

test('an unsigned write is refused', async () => {
  const { status, text } = await site.readFresh(`/articles/${slug}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(written),
  });

  expect(status).toBe(403);
  expect(text).toContain('"message"');
});

test.each([
  '/articles',
  '/drafts',
  '/stats',
  '/import',
  '/preview',
  '/repair',
  '/sources',
  '/redirects',
  '/settings',
])('an unsigned request for %s is refused', async (path) => {
  expect((await site.readFresh(path)).status).toBe(403);
});

test('a signed PUT publishes', async () => {
  const answer = await site.write(slug, 'PUT', { body: written });

  expectStatus(answer, 201);
  const { id } = JSON.parse(answer.text);
  expect(id).toMatch(/^tag:/);
  article.id = id;
});

describe('the published article', () => {
  beforeEach(({ skip }) => skip(article.id === '', 'it was not published'));

  test('is on its page', () => soon(() => expectShown(written.title)));

  test('is the neighbour of its neighbour', () =>
    soon(async () => {
      const { previous } = await site.json(`/news/${slug}`);
      // The only article of a site has none.
      if (!previous) return expect((await site.json('/news')).items).toHaveLength(1);
      return expect((await site.json(`/news/${previous.slug}`)).next.slug).toBe(slug);
    }));

  testArchive(article);
  testPlaces(article, true);
  testCounting();

  test('does not change when the same is sent again', async () => {
    const answer = await site.write(slug, 'PUT', { body: written });

    expectStatus(answer, 200);
    expect(JSON.parse(answer.text).outcome).toBe('unchanged');
  });

  test('is refused with every faulty field', async () => {
    const answer = await site.write(slug, 'PUT', { body: { ...written, title: '', publishedAt: 'today' } });

    expectStatus(answer, 422);
    const pointers = JSON.parse(answer.text).errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.toSorted()).toEqual(['/publishedAt', '/title']);
  });

  describe('after an edit', () => {
    const title = `Smoke test ${slug}, edited`;
    const before = { article: '', feeds: [] as (string | undefined)[] };

    test('of what is stored: it is taken', async () => {
      before.feeds = await feedValidators();
      before.article = (await site.write(slug, 'GET')).header('etag') ?? '';

      const answer = await edit(title, before.article);

      expectStatus(answer, 200);
      expect(JSON.parse(answer.text).id).toBe(article.id);
    });

    test('of what has changed since: it is refused', async () => {
      expectStatus(await edit('Too late', before.article), 412);
    });

    test('it is shown under the same id', () => soon(() => expectShown(title)));

    test.each(feedPaths.map((path, index) => ({ path, index })))('$path has a new validator', ({ index }) =>
      soon(async () => expect((await feedValidators())[index]).not.toBe(before.feeds[index])),
    );
  });

  describe('after a signed DELETE', () => {
    test('it is removed', async () => expectStatus(await site.write(slug, 'DELETE'), 204));

    test('its page is gone', () =>
      soon(async () => expect((await site.read(`/news/${slug}`)).status).toBe(410)));

    testPlaces(article, false);
  });
});

async function expectShown(title: string): Promise<void> {
  expect(await site.json(`/news/${slug}`)).toMatchObject({ id: article.id, title });
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  expect((await readPage(`/news/${slug}`)).text).toContain(`>${escaped}</h1>`);
}

function edit(title: string, etag: string): Promise<Answer> {
  return site.write(slug, 'PUT', { body: { ...written, title }, headers: { 'if-match': etag } });
}

function feedValidators(): Promise<(string | undefined)[]> {
  return Promise.all(feedPaths.map(async (path) => (await site.readFresh(path)).header('etag')));
}

/** With the body in the message: it says why. */
function expectStatus({ status, text }: Answer, expected: number): void {
  expect(status, text).toBe(expected);
}
