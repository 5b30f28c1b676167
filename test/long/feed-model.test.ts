import { expect } from 'vitest';
import { labelName } from '../../functions/article/stream-name.ts';
import { test } from '../support/backend-test.ts';
import { walkBack } from '../support/feed-history.ts';
import { hosts, labels, Newsroom } from '../support/newsroom.ts';
import { npmReaders } from '../support/readers/npm-readers.ts';
import { openReading, type Read } from '../support/reading.ts';

const operations = Number(process.env.COUNT ?? 125);
const seed = Number(process.env.SEED ?? 20261125);

/** What a reader that matches by id has of a feed. */
interface Subscription {
  path: string;
  tag: string | undefined;
  format: 'rss' | 'atom' | 'json';
  etag: string;
  lastModified: number;
  shown: unknown;
  /** Titles and texts by id. */
  library: Map<string, { title: string; content: string }>;
}

const feedsmith = (format: Subscription['format']) =>
  npmReaders[format].find(({ name }) => name === 'feedsmith') as (typeof npmReaders)['rss'][number];

function subscribe(): Subscription[] {
  return ([undefined, ...labels] as const).flatMap((tag) =>
    (['rss', 'atom', 'json'] as const).map((format) => ({
      path: `${tag ? `/tag/${encodeURIComponent(labelName(tag))}` : ''}/${format === 'json' ? 'feed.json' : `${format}.xml`}`,
      ...{ tag, format, etag: '', lastModified: -1, shown: undefined, library: new Map() },
    })),
  );
}

/** Polls as a reader does, and holds what it gets against the newsroom. */
async function poll(subscription: Subscription, newsroom: Newsroom, read: Read): Promise<void> {
  const { path, tag, format, library } = subscription;
  const answer = await read(path, { 'If-None-Match': subscription.etag });
  const told = newsroom.visible(tag).slice(0, 20);
  const shown = told.map(({ slug, id, title, text, publishedAt }) => ({
    ...{ id, title, link: `${newsroom.host}/news/${slug}`, content: `<p>${text}</p>` },
    // RSS has no part of a second.
    published: format === 'rss' ? `${publishedAt.slice(0, 19)}.000Z` : new Date(publishedAt).toISOString(),
  }));
  if (answer.status === 404) {
    expect([shown, subscription.shown]).toEqual([[], undefined]);
    return;
  }
  if (answer.status === 304) {
    expect(shown).toEqual(subscription.shown);
    return;
  }
  const text = await answer.text();
  const entries = shown.length > 0 ? (await feedsmith(format).read(text, path)).entries : [];
  expect(entries.map(({ updated: _, ...entry }) => entry)).toEqual(shown);
  for (const { id, title, content = '' } of entries) library.set(id, { title, content });
  if (format === 'atom') {
    const removed = [...text.matchAll(/<at:deleted-entry ref="([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(removed.filter((id) => told.some((article) => article.id === id))).toEqual([]);
    for (const id of removed) library.delete(id);
  }
  const lastModified = Date.parse(answer.headers.get('last-modified') ?? '');
  expect(lastModified).toBeGreaterThan(subscription.lastModified);
  expect(lastModified).toBeLessThanOrEqual(Date.parse(newsroom.backend.time));
  subscription.lastModified = lastModified;
  subscription.etag = answer.headers.get('etag') ?? '';
  subscription.shown = shown;
}

/** What readers have that the newsroom does not: entries of articles that were taken back, or older than their correction. */
function misled({ tag, library }: Subscription, newsroom: Newsroom): string[] {
  const current = new Map(newsroom.visible(tag).map((told) => [told.id, told]));
  const newest = new Set(newsroom.visible(tag).slice(0, 20));
  return [...library].flatMap(([id, { title }]) => {
    const told = current.get(id);
    if (!told) return [`${id} is still there`];
    return newest.has(told) && told.title !== title ? [`${id} is not corrected`] : [];
  });
}

test(`leaves no subscriber misled by ${operations} operations of half a year`, async ({ backend }) => {
  console.log(`Seed ${seed}`);
  const newsroom = new Newsroom(backend, seed);
  const reads = new Map<string, Read>();
  for (const host of hosts)
    reads.set(host, await openReading(Object.create(backend, { baseUrl: { value: host } })));
  const subscriptions = subscribe();
  const done = new Map<string, number>();

  for (let count = 0; count < operations; count += 1) {
    const name = await newsroom.operate();
    done.set(name, (done.get(name) ?? 0) + 1);
    newsroom.pass(70 * newsroom.random());
    for (const subscription of subscriptions)
      await poll(subscription, newsroom, reads.get(newsroom.host) as Read);
    const [news] = subscriptions.filter(({ tag, format }) => !tag && format === 'atom');
    expect([name, misled(news as Subscription, newsroom)]).toEqual([name, []]);
  }

  // Nothing of that time is lost to whoever comes at its end.
  const visible = newsroom.visible(undefined).map(({ id }) => id);
  for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
    const documents = await walkBack(reads.get(hosts[0]) as Read, `/${file}`);
    expect([file, [...new Set(documents.flatMap(({ ids }) => ids))].sort()]).toEqual([
      file,
      [...visible].sort(),
    ]);
  }
  // Every kind of operation has had its turn.
  expect(done.size).toBe(11);
  // One entry for each article that anyone has ever seen, under whatever names and hosts.
  const ids = newsroom.articles.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
