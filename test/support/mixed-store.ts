import { rankArticles } from '../../functions/announce/rank-articles.ts';
import { findDocumentHead, keepDocument } from '../../functions/store/feed-document.ts';
import { owePings } from '../../functions/store/pings.ts';
import { keepNote } from '../../functions/store/read-notes.ts';
import { spreadCounter } from '../../functions/store/spread-counter.ts';
import { viewsKey } from '../../functions/store/table.ts';
import { contentFile } from './content-file.ts';
import type { TestDesk } from './desk.ts';
import { noise } from './noise.ts';
import { readingDesk } from './reading.ts';
import { scanStore } from './scan.ts';

/** Everything a store can hold: each state of an article, a long body, old addresses, feed documents, pings and counts. */
export async function fillStore(desk: TestDesk): Promise<void> {
  desk.time = '2026-05-20T12:00:00.000Z';
  await desk.put('gale', { tags: ['Weather'], views: 930 });
  for (const slug of ['retracted', 'postponed', 'dropped', 'reborn'])
    await desk.put(slug, { tags: ['Town'] });
  await desk.import({ file: contentFile('From a file') });
  await desk.view('reborn');

  desk.time = '2026-06-01T12:00:00.000Z';
  await desk.put('storm', storm);
  await desk.view('storm');
  await desk.put('abroad', { guid: 'https://elsewhere.example/1' });
  await desk.put('long', { text: noise(480_000) });
  await spread(desk, 'long');
  await desk.put('notes', { markdown: 'Notes', draft: true, tags: ['Weather'] });
  await desk.put('retracted', { draft: true, tags: ['Town'] });
  await desk.put('coming', { publishedAt: '2026-07-01T08:00:00Z', tags: ['Weather'] });
  await desk.put('postponed', { publishedAt: '2026-08-01T08:00:00Z', tags: ['Town'] });
  await desk.remove('dropped');
  await desk.remove('reborn');
  await desk.put('reborn', { tags: ['Town'], category: 'World' });
  await desk.import({}, { allowMassRemoval: true });
  await keep(desk, 'news', 'rss', '<rss/>');
  await keep(desk, 'tag/weather', 'json', '{}');
  const owed = { stream: 'news', pings: ['rss https://hub.example.net/'], since: desk.time };
  await owePings(desk.store, '2026-06-01T12:01:00.000Z', owed);
  await rank(desk, 'storm', 'long');
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
async function spread(desk: TestDesk, slug: string): Promise<void> {
  const { id } = (await desk.read(slug)).article;
  await spreadCounter(desk.store, { id, row: 0, refusals: 2, abortSignal: new AbortController().signal });
  while (!(await scanStore(desk.store)).views.some(({ pk }) => pk === viewsKey(id, 1).pk))
    await desk.view(slug);
}

/** Has them noted as read, and ranked. */
async function rank(desk: TestDesk, ...slugs: string[]): Promise<void> {
  for (const slug of slugs) {
    const { id } = (await desk.read(slug)).article;
    await keepNote(desk.store, { slug, id, n: 1, total: 1 }, desk.time);
  }
  await rankArticles(readingDesk(desk));
}

async function keep({ store }: TestDesk, stream: string, format: string, text: string): Promise<void> {
  const previous = await findDocumentHead(store, stream, format);
  const document = { etag: 'W/"kept"', lastModified: '2026-06-01T12:00:00.000Z', text };
  await keepDocument(store, stream, format, document, previous);
}
