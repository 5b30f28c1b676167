import { expect } from 'vitest';
import { rankArticles } from '../../functions/announce/rank-articles.ts';
import type { TestBackend } from './backend.ts';
import { type Read, readBackend } from './reading.ts';
import { repeat } from './repeat.ts';
import { type Watch, watchStore } from './watched-store.ts';

export const minute = 60_000;
const json = { Accept: 'application/json' };

/** The article's page, opened so often, one after the other or several at once. */
export async function open(read: Read, slug: string, count = 1, atOnce = 1): Promise<void> {
  await repeat(count, atOnce, async () => {
    expect((await read(`/news/${slug}`)).status).toBe(200);
  });
}

/** Has the clock stand at noon of a day in the backend's zone. */
export function setDay(backend: TestBackend, day: string): void {
  backend.time = `${day}T04:00:00.000Z`;
}

export function wait(backend: TestBackend, milliseconds: number): void {
  backend.time = new Date(Date.parse(backend.time) + milliseconds).toISOString();
}

export function rank(backend: TestBackend, watch: Watch = () => {}): Promise<boolean> {
  return rankArticles(readBackend(backend.through(watchStore(backend.store, watch))));
}

/** What `/most-read` lists of each period: slugs with their views. */
export async function listed(read: Read): Promise<Record<string, string[]>> {
  const { periods } = (await (await read('/most-read', json)).json()) as {
    periods: Record<string, { slug: string; views: number }[]>;
  };
  return Object.fromEntries(
    Object.entries(periods).map(([period, cards]) => [
      period,
      cards.map(({ slug, views }) => `${slug} ${views}`),
    ]),
  );
}
