import type { Article } from '../article/article.ts';
import type { Backend } from '../feed/backend.ts';
import { logger } from '../runtime/log.ts';
import type { Count } from '../store/counter.ts';
import { saveNote } from '../store/rankings.ts';

const mostSeen = 1_000;
/** The last total of a day that this execution environment saw, by table, day and article. */
const seen = new Map<string, number>();

/**
 * Notes an article for the next ranking when its views of the day have reached a threshold. With many readers at once nobody may see
 * the very number: it is enough that one lies between two that the same environment saw. Never fails.
 */
export async function noteRead(
  { store, now }: Backend,
  { slug, id }: Pick<Article, 'slug' | 'id'>,
  day: string,
  { total, days }: Count,
): Promise<void> {
  const n = days.get(day) ?? 0;
  const key = `${store.content} ${day} ${id}`;
  const before = seen.get(key) ?? n - 1;
  if (n <= before) return;
  remember(key, n);
  if (lastThreshold(n) <= before) return;
  try {
    await saveNote(store, { slug, id, n, total }, now());
  } catch (error) {
    // The next one who reads it tries again.
    remember(key, before);
    logger.warn('A read article was not noted', { slug, reason: (error as Error).message });
  }
}

/** The last of 1, 2, 4, 8, 16, 32, 48, … up to here; from 512 on there are 16 until the number has doubled. */
export function lastThreshold(n: number): number {
  if (n < 1) return 0;
  const power = 2 ** Math.floor(Math.log2(n));
  return power < 16 ? power : n - (n % Math.max(16, power / 16));
}

function remember(key: string, n: number): void {
  seen.delete(key);
  seen.set(key, n);
  const [oldest] = seen.keys();
  if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
}
