import { expect } from 'vitest';
import { findArticle } from '../../functions/store/read-article.ts';
import { PreconditionFailedError } from '../../functions/write/request.ts';
import { test } from '../support/backend-test.ts';
import { digest } from '../support/digest.ts';
import { noise } from '../support/noise.ts';
import { watchStore } from '../support/watched-store.ts';

const bodies = [noise(480_000, 1), noise(480_000, 2), noise(480_000, 3)];
const digests = new Map(bodies.map((body) => [digest(`<p>${body}</p>`), body]));

test('numbers the changes of many writers at once without a gap', async ({ backend }) => {
  await backend.put('storm');
  const titles = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

  const saved = await Promise.all(titles.map((title) => backend.put('storm', { title, tags: [title] })));

  const versions = saved.map(({ stored }) => stored.version).sort((a, b) => a - b);
  expect(versions).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect((await backend.read('storm')).version).toBe(9);
});

test('writes once what many writers send alike', async ({ backend }) => {
  const saved = await Promise.all(Array.from({ length: 8 }, () => backend.put('storm', { views: 930 })));

  const outcomes = saved.map(({ outcome }) => outcome).sort();
  expect(outcomes).toEqual(['created', ...Array(7).fill('unchanged')]);
  expect((await backend.read('storm')).version).toBe(1);
});

test('lets one of two creators in when both demand a new article', async ({ backend }) => {
  const headers = new Headers({ 'If-None-Match': '*' });

  const answers = await Promise.allSettled([
    backend.put('storm', { title: 'Mine' }, { headers }),
    backend.put('storm', { title: 'Yours' }, { headers }),
  ]);

  const refusals = answers.filter((answer) => answer.status === 'rejected');
  expect(refusals).toMatchObject([{ reason: expect.any(PreconditionFailedError) }]);
  expect((await backend.read('storm')).version).toBe(1);
});

test('stores many new articles of the same new streams at once', async ({ backend }) => {
  const slugs = Array.from({ length: 16 }, (_, index) => `storm-${index}`);

  const saved = await Promise.all(
    slugs.map((slug) => backend.put(slug, { tags: ['Weather', 'Sea'], category: 'World' })),
  );

  expect(saved.filter(({ outcome }) => outcome === 'created')).toHaveLength(16);
});

test('leaves one answer of edits and deletions at once', async ({ backend }) => {
  await backend.put('storm');

  await Promise.all([
    backend.put('storm', { title: 'A', tags: ['A'] }),
    backend.remove('storm'),
    backend.put('storm', { title: 'B', aliases: ['gale'] }),
    backend.remove('storm').catch(() => false),
  ]);

  expect(['published', 'gone']).toContain((await backend.read('storm')).status);
});

test('never mixes the bodies of one rewrite and the next while they are written', async ({ backend }) => {
  await backend.put('storm', { text: bodies[0] });
  let writing = true;
  const write = async () => {
    for (let round = 1; round <= 5; round++) await backend.put('storm', { text: bodies[round % 3] });
    writing = false;
  };
  const mixed: string[] = [];
  const read = async () => {
    while (writing) {
      const { html } = await backend.read('storm');
      if (!digests.has(digest(html))) mixed.push(digest(html));
    }
  };

  await Promise.all([write(), read(), read()]);

  expect(mixed).toEqual([]);
});

test.for([1, 2])(
  'reads anew when a rewrite falls between the parts of a long body (%i)',
  async (part, { backend }) => {
    await backend.put('storm', { text: bodies[0] });
    let queries = 0;
    const store = watchStore(backend.store, async (command, input) => {
      if (command !== 'Query') return;
      input.Limit = 1;
      queries += 1;
      if (queries === part + 1) await backend.put('storm', { text: bodies[1] });
    });

    const found = await findArticle(store, 'storm');

    const html = found && 'html' in found ? found.html : '';
    expect(digests.get(digest(html))).toBeDefined();
  },
);

test('fails rather than to give half a body', async ({ backend }) => {
  await backend.put('storm', { text: bodies[0] });
  let queries = 0;
  const store = watchStore(backend.store, async (command, input) => {
    if (command !== 'Query') return;
    input.Limit = 1;
    queries += 1;
    // Of the four answers of a reading the last two hold META and the end.
    if (queries % 4 === 3) await backend.put('storm', { text: bodies[((queries + 1) / 4) % 3] });
  });

  const answer = await findArticle(store, 'storm').then(
    () => 'an article',
    (error: Error) => error.message,
  );

  expect(answer).toBe('The article storm changes faster than it can be read');
});
