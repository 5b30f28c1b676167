import { brotliDecompressSync } from 'node:zlib';
import { expect } from 'vitest';
import { keepDirectories } from '../../functions/announce/keep-directories.ts';
import { rankArticles } from '../../functions/announce/rank-articles.ts';
import { queuePings } from '../../functions/store/due.ts';
import { saveNote } from '../../functions/store/rankings.ts';
import { restoreArticle } from '../../functions/write/restore-article.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { openReading, readBackend } from '../support/reading.ts';
import { repairStore } from '../support/repair.ts';
import { keyText, type Row, scanStore } from '../support/scan.ts';

/** Each field tells of Quillon, which no other article does. */
const told = {
  title: 'Quillon resigns',
  summary: 'Quillon gives no reason.',
  text: 'Quillon said nothing.',
  source: { name: 'Quillon Post', url: 'https://quillon.example/', credit: 'By Quillon.' },
  authors: ['Ada Quillon'],
  category: 'Quillon',
  tags: ['Quillon affair', 'Town'],
  image: { url: '/media/quillon.png', alt: 'Quillon' },
};
const formats = ['rss.xml', 'atom.xml', 'feed.json'];
const streams = ['', '/tag/quillon-affair', '/tag/town', '/category/quillon', '/source/quillon-post'];

/** The keys of the rows that hold the word, packed values included. */
async function rowsTelling({ store }: TestBackend, word = /quillon/i): Promise<string[]> {
  const { content, views } = await scanStore(store);
  const packed = new Map<string, Uint8Array[]>();
  // A text that is cut into rows unpacks as a whole.
  for (const row of content) {
    const whole = `${row.pk} ${row.etag ?? row.bodyHash ?? row.sk?.split('#')[0]}`;
    for (const value of Object.values(row))
      if (value instanceof Uint8Array) packed.set(whole, [...(packed.get(whole) ?? []), value]);
  }
  const texts = [...packed].map(([key, parts]) => [
    key,
    brotliDecompressSync(Buffer.concat(parts)).toString(),
  ]);
  const plain = [...content, ...views].map((row: Row) => [keyText(row), JSON.stringify(row, shown)]);
  return [...plain, ...texts].filter((texts) => word.test(texts.join(' '))).map(([key = '']) => key);
}

function shown(_: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value instanceof Uint8Array ? undefined : value;
}

/** Has every row made that an article can leave a trace in. */
async function leaveTraces(backend: TestBackend): Promise<void> {
  const { store } = backend;
  await backend.put('town', { tags: ['Town'] });
  await backend.put('first', { ...told, tags: ['Quillon early', 'Town'], guid: 'https://wire.example/1' });
  await backend.put('secret', { ...told, aliases: ['first'], guid: 'https://wire.example/1' });
  await backend.view('secret');
  const { id } = (await backend.read('secret')).article;
  await saveNote(store, { slug: 'secret', id, n: 1, total: 1 }, backend.time);
  const site = readBackend(backend);
  await rankArticles(site);
  await keepDirectories(site, performance.now() + 60_000);
  const read = await openReading(backend);
  const readFeeds = async () => {
    for (const stream of streams) for (const format of formats) await read(`${stream}/${format}`);
  };
  await readFeeds();
  // Of a document that was replaced the text is still there.
  await backend.put('town', { tags: ['Town'], title: 'Town again' });
  await backend.put('secret', { ...told, aliases: ['first'], text: 'Quillon said a word.' });
  await readFeeds();
  for (const stream of ['news', 'tag/quillon-affair'])
    await queuePings(store, '2026-06-01T12:01:00.000Z', {
      ...{ stream, pings: ['rss https://hub.example.net/'], since: backend.time },
    });
}

test('leaves no trace of a deleted article in any row, but its addresses, its id and its tombstone', async ({
  backend,
}) => {
  await leaveTraces(backend);
  const before = await rowsTelling(backend);
  await backend.remove('secret');
  expect(await rowsTelling(backend)).not.toEqual([]);

  await backend.erase('secret');

  expect(new Set(before.map((key) => key.split(/[# ]/)[0]))).toEqual(
    new Set(['ARTICLE', 'ARTICLES', 'CHANGED', 'DIRECTORY', 'DUE', 'FEED', 'STREAM', 'STREAMS', 'VERSION']),
  );
  expect(await rowsTelling(backend)).toEqual([]);
  expect(await backend.check()).toEqual([]);
  // The sweep follows what it has not followed yet, and brings nothing back.
  await keepDirectories(readBackend(backend), performance.now() + 60_000);
  const read = await openReading(backend);
  const statuses = [
    '/news/secret',
    '/news/first',
    '/tag/quillon-affair',
    '/tag/town',
    '/tag/town/rss.xml',
  ].map(async (path) => (await read(path)).status);
  expect(await Promise.all(statuses)).toEqual([410, 410, 404, 200, 200]);
  const atom = await (await read('/atom.xml')).text();
  expect(atom).toContain('<at:deleted-entry ref="https://wire.example/1"');
  expect(await rowsTelling(backend)).toEqual([]);
  expect(await repairStore(backend.store, backend.time)).toEqual([]);
});

test.for([
  ['an embargo', { publishedAt: '2026-07-01T08:00:00Z' }],
  ['a draft', { draft: true }],
] as const)('leaves no trace of %s, and nobody hears of it', async ([, fields], { backend }) => {
  await backend.put('secret', { ...told, ...fields, guid: 'quillon 1' });
  await backend.put('secret', { ...told, ...fields, guid: 'quillon 1', text: 'Quillon again.' });
  await backend.remove('secret');

  await backend.erase('secret');

  backend.time = '2026-07-02T08:00:00.000Z';
  await keepDirectories(readBackend(backend), performance.now() + 60_000);
  expect(await rowsTelling(backend)).toEqual([]);
  expect((await (await openReading(backend))('/news/secret')).status).toBe(404);
});

test('erases what stood at the address before too, and the last of a stream that several have shared', async ({
  backend,
}) => {
  await backend.put('secret', told);
  await backend.remove('secret');
  await backend.put('secret', { ...told, category: 'World' });
  await backend.put('other', { ...told, title: 'Another Quillon' });
  await backend.remove('secret');
  await backend.erase('secret');
  const between = await rowsTelling(backend);
  expect(await backend.check()).toEqual([]);
  await backend.remove('other');

  await backend.erase('other');

  expect(between).toContain('STREAMS tag/quillon-affair');
  expect(await rowsTelling(backend)).toEqual([]);
});

test('leaves the texts of another article that has one of its old addresses now', async ({ backend }) => {
  await backend.put('first', told);
  await backend.put('secret', { ...told, aliases: ['first'] });
  await backend.put('secret', told);
  await backend.put('first', { title: 'Plain', text: 'One' });
  await backend.put('first', { title: 'Plain', text: 'Two' });
  await backend.remove('secret');

  await backend.erase('secret');

  expect(await rowsTelling(backend)).toEqual([]);
  expect(await rowsTelling(backend, /Plain/)).toContain('VERSION#first 4');
});

test('erases twice, and is done with what was interrupted', async ({ backend }) => {
  await leaveTraces(backend);
  await backend.remove('secret');
  await backend.erase('secret');
  const { content } = await scanStore(backend.store);

  expect(await backend.erase('secret')).toBe(true);
  expect((await scanStore(backend.store)).content).toEqual(content);
  expect(await backend.erase('first')).toBe(false);
  expect(await backend.erase('never')).toBe(false);
});

test('erases nothing that is there, and nothing of it comes back', async ({ backend }) => {
  await backend.put('secret', told);
  await expect(backend.erase('secret')).rejects.toMatchObject({ name: 'NotDeletedError' });
  await backend.remove('secret');
  await backend.erase('secret');

  const restoring = restoreArticle(backend, { slug: 'secret', n: undefined, headers: new Headers() });
  await expect(restoring).rejects.toMatchObject({
    message: 'secret was erased on 2026-06-01: no text of it is left.',
  });

  const { outcome, stored } = await backend.put('secret', { title: 'Plain' });
  expect([outcome, stored.article.id]).toEqual(['created', 'tag:news.example.com,2026-05-01:secret/2']);
  expect(stored.erasedAt).toBeUndefined();
});

test.for<[string, (backend: TestBackend) => Promise<unknown>, string]>([
  ['is left', (backend) => backend.remove('secret'), contentFile('Quillon')],
  ['is corrected', (backend) => backend.remove('secret'), contentFile('Quillon?')],
  ['is there again', (backend) => backend.import({}, { allowMassRemoval: true }), contentFile('Quillon')],
])('does not take a file back that %s', async ([, remove, file], { backend }) => {
  await backend.import({ secret: contentFile('Quillon') });
  await remove(backend);
  await backend.erase('secret');

  const report = await backend.import({ secret: file });

  const message = 'secret was erased: remove the file, or give it another name';
  expect(report.broken).toEqual([{ file: 'secret.md', faults: [{ line: 1, pointer: '/slug', message }] }]);
  expect(await rowsTelling(backend)).toEqual([]);
  expect((await backend.import({})).broken).toEqual([]);
});

test('does not take the file that was left for a new text of what is put at its address', async ({
  backend,
}) => {
  const files = { secret: contentFile('Quillon') };
  await backend.import(files);
  await backend.remove('secret');
  await backend.erase('secret');
  await backend.put('secret', { title: 'Plain' });

  const { changed, unchanged } = await backend.import(files);

  expect([changed, unchanged]).toEqual([[], 1]);
  expect(await rowsTelling(backend)).toEqual([]);
});
