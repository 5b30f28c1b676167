import { rankArticles } from '../../functions/announce/rank-articles.ts';
import { spreadCounter } from '../../functions/store/count-view.ts';
import { queuePings } from '../../functions/store/due.ts';
import { saveNote } from '../../functions/store/rankings.ts';
import { viewsKey } from '../../functions/store/rows.ts';
import { findDocumentHead, keepDocument } from '../../functions/store/stored-feed.ts';
import type { TestBackend } from './backend.ts';
import { contentFile } from './content-file.ts';
import { noise } from './noise.ts';
import { askPreview } from './preview.ts';
import { readBackend } from './reading.ts';
import { scanStore } from './scan.ts';

/** Everything a store can hold: each state of an article, a long body, old addresses, feed documents, pings and counts. */
export async function fillStore(backend: TestBackend): Promise<void> {
  backend.time = '2026-05-20T12:00:00.000Z';
  await backend.put('gale', { tags: ['Weather'], views: 930 });
  for (const slug of ['retracted', 'postponed', 'dropped', 'reborn', 'former'])
    await backend.put(slug, { tags: ['Town'] });
  await backend.put('erased', { tags: ['Town'], aliases: ['former'] });
  await backend.import({ file: contentFile('From a file') });
  await backend.view('reborn');

  backend.time = '2026-06-01T12:00:00.000Z';
  await backend.put('storm', storm);
  await backend.view('storm');
  await backend.put('abroad', { guid: 'https://elsewhere.example/1' });
  await backend.put('long', { text: noise(480_000) });
  await spread(backend, 'long');
  await backend.put('notes', { markdown: 'Notes', draft: true, tags: ['Weather'] });
  await askPreview(backend, 'notes');
  await backend.put('retracted', { draft: true, tags: ['Town'] });
  await backend.put('coming', { publishedAt: '2026-07-01T08:00:00Z', tags: ['Weather', 'Coming'] });
  await backend.put('postponed', { publishedAt: '2026-08-01T08:00:00Z', tags: ['Town'] });
  await backend.remove('dropped');
  await backend.remove('reborn');
  await backend.put('reborn', { tags: ['Town'], category: 'World' });
  await backend.remove('erased');
  await backend.erase('erased');
  await backend.import({}, { allowMassRemoval: true });
  await keep(backend, 'news', 'rss', '<rss/>');
  await keep(backend, 'tag/weather', 'json', '{}');
  const owed = { stream: 'news', pings: ['rss https://hub.example.net/'], since: backend.time };
  await queuePings(backend.store, '2026-06-01T12:01:00.000Z', owed);
  await rank(backend, 'storm', 'long');
}

const storm = {
  title: 'A storm over the coast',
  summary: 'Wind. '.repeat(100).trim(),
  tags: ['Weather', '海岸'],
  category: 'World',
  source: { name: 'Harbour Post', url: 'https://harbour.example.com/', credit: 'By the Harbour Post.' },
  authors: ['Ada'],
  image: { url: '/media/storm.png', alt: 'Waves' },
  guid: 'item-1',
  language: 'en',
  aliases: ['gale', 'tempest'],
};

/** Has the article's views in two rows. */
async function spread(backend: TestBackend, slug: string): Promise<void> {
  const { id } = (await backend.read(slug)).article;
  await spreadCounter(backend.store, id, 2, new AbortController().signal);
  while (!(await scanStore(backend.store)).views.some(({ pk }) => pk === viewsKey(id, 1).pk))
    await backend.view(slug);
}

/** Has them noted as read, and ranked. */
async function rank(backend: TestBackend, ...slugs: string[]): Promise<void> {
  for (const slug of slugs) {
    const { id } = (await backend.read(slug)).article;
    await saveNote(backend.store, { slug, id, n: 1, total: 1 }, backend.time);
  }
  await rankArticles(readBackend(backend));
}

async function keep({ store }: TestBackend, stream: string, format: string, text: string): Promise<void> {
  const previous = await findDocumentHead(store, stream, format);
  const wantedUntil = '2026-07-01T12:00:00.000Z';
  const document = { etag: 'W/"kept"', lastModified: '2026-06-01T12:00:00.000Z', wantedUntil, text };
  await keepDocument(store, stream, format, document, previous);
}
