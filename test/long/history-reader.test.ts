import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { readDocument } from '../support/feed-history.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { openReading, type Read } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';
import { watchStore } from '../support/watched-store.ts';

const polls = 8;
const day = 86_400_000;
const pauses = [1, 1000, 60_000, 3_600_000, 3 * day, 20 * day, 70 * day];
const amounts = [0, 1, 3, 20, 21, 45, 110];

/** A backend at which, as chance has it, time passes and articles are published at once, ahead of time, or several in one moment. */
class BusyBackend {
  /** Publication of each article, by its slug. */
  readonly published = new Map<string, string>();
  private readonly backend: TestBackend;
  private readonly random: () => number;

  constructor(backend: TestBackend, seed: number) {
    this.backend = backend;
    this.random = randomNumbers(seed);
  }

  async goOn(mostArticles: number): Promise<void> {
    const start = Date.parse(this.backend.time);
    this.backend.time = new Date(start + this.oneOf(pauses)).toISOString();
    const amount = Math.min(mostArticles, this.oneOf(amounts));
    const times = Array.from({ length: amount }, () => this.publicationTime());
    const first = this.published.size;
    await repeat(amount, 8, async (index) => {
      const publishedAt = times[index] ?? this.backend.time;
      const slug = `a-${first + index}`;
      await this.backend.put(slug, { publishedAt });
      this.published.set(slug, publishedAt);
    });
  }

  /** What readers can see now. */
  visible(): string[] {
    return [...this.published].filter(([, time]) => time <= this.backend.time).map(([slug]) => slug);
  }

  private publicationTime(): string {
    const ahead = this.random() < 0.1 ? Math.floor(this.random() * 40 * day) : 0;
    return new Date(Date.parse(this.backend.time) + ahead).toISOString();
  }

  private oneOf(numbers: number[]): number {
    return numbers[Math.floor(this.random() * numbers.length)] ?? 0;
  }
}

/** Reads the feed, and behind it archive documents until one that is held; between two requests the backend goes on. */
async function poll(read: Read, path: string, held: Set<string>, busy: BusyBackend): Promise<string[]> {
  const slugs: string[] = [];
  for (let next: string | undefined = path; next !== undefined && !held.has(next); ) {
    const document = await readDocument(read, next);
    slugs.push(...document.ids.map((id) => id.replace(/.*:/, '')));
    if (document.isArchive) held.add(next);
    next = document.older;
    await busy.goOn(3);
  }
  return slugs;
}

test.for([
  ['/atom.xml', 20260301],
  ['/rss.xml', 19700101],
] as const)(
  'a reader of %s that asks for no archive document twice loses nothing (seed %d)',
  async ([path, seed], { backend }) => {
    backend.time = '2026-01-30T00:00:00.000Z';
    const read = await openReading(backend);
    const busy = new BusyBackend(backend, seed);
    const held = new Set<string>();
    const seen = new Set<string>();

    for (let count = 0; count < polls; count++) {
      await busy.goOn(110);
      const visible = busy.visible();
      for (const slug of await poll(read, path, held, busy)) seen.add(slug);

      expect([count, visible.filter((slug) => !seen.has(slug))]).toEqual([count, []]);
    }
    expect(busy.published.size).toBeGreaterThan(200);
    expect(held.size).toBeGreaterThan(10);
  },
);

/** What is asked of DynamoDB: `Query STREAM#news` and so on. */
async function openWatched(backend: TestBackend): Promise<{ read: Read; asked: string[] }> {
  const asked: string[] = [];
  const store = watchStore(backend.store, (command, input) => {
    const { ExpressionAttributeValues: values, Key = values } = input as Record<
      string,
      Record<string, { S: string }>
    >;
    asked.push(`${command} ${(Key?.[':pk'] ?? Key?.pk)?.S}`);
  });
  return { read: await openReading(backend.through(store)), asked };
}

async function publish(backend: TestBackend, count: number): Promise<void> {
  await repeat(count, 8, async (index) => {
    await backend.put(`a-${index}`, {
      publishedAt: new Date(Date.UTC(2026, 4, 1) + index * 1000).toISOString(),
    });
  });
}

test.for([
  ['/rss.xml', ['Query STREAM#news']],
  ['/feed.json', ['Query STREAM#news']],
  // The tombstones are Atom's alone.
  ['/atom.xml', ['Query STREAM#news', 'Query GONE#news']],
] as const)('an unchanged poll of %s is one query of cards', async ([path, expected], { backend }) => {
  await publish(backend, 25);
  const { read, asked } = await openWatched(backend);
  const etag = (await read(path)).headers.get('etag') ?? '';
  asked.length = 0;

  const { status } = await read(path, { 'If-None-Match': etag });

  expect([status, asked]).toEqual([304, expected]);
});

test('an unchanged archive document or page is known without reading an article', async ({ backend }) => {
  await publish(backend, 130);
  const { read, asked } = await openWatched(backend);
  const place = Buffer.from('2026-05-01T00:02:00.000Z#a').toString('base64url');
  for (const path of [
    '/archive/2026-05/1/rss.xml',
    `/archive/2026-05/atom.xml?before=${place}`,
    `/feed.json?before=${place}`,
  ]) {
    const etag = (await read(path)).headers.get('etag') ?? '';
    asked.length = 0;

    const { status } = await read(path, { 'If-None-Match': etag });

    expect([path, status]).toEqual([path, 304]);
    expect(asked.filter((call) => !['GetItem DIRECTORY', 'Query STREAM#news'].includes(call))).toEqual([]);
  }
});
