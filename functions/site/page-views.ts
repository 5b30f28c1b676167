import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Article } from '../article/article.ts';
import { dayOf } from '../article/calendar.ts';
import type { FeedBackend } from '../feed/backend.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { count, logger } from '../runtime/log.ts';
import { countView } from '../store/count-view.ts';
import type { Count } from '../store/counter.ts';
import { saveNote } from '../store/rankings.ts';
import { readShownCount } from '../store/shown-count.ts';

const prefetchHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
// Longer than any browser's. Bounds the work of the crawler pattern, which has a thousand alternatives.
const maxUserAgent = 1000;
const maxTotals = 1_000;
/** The last total of a day that this execution environment saw, by table, day and article. */
const lastTotals = new Map<string, number>();

/** Whether a person opens the page: no HEAD, no prefetch, no picture or frame of another page, no crawler that names itself. */
export function opensPage(request: Request, crawlers: RegExp): boolean {
  return ['document', null].includes(request.headers.get('sec-fetch-dest')) && isView(request, crawlers);
}

/** The same for an app that shows the article itself and says so by POST. */
export function isView(request: Request, crawlers: RegExp): boolean {
  const isPrefetch = prefetchHeaders.some((name) =>
    /prefetch|prerender|preview/i.test(request.headers.get(name) ?? ''),
  );
  const userAgent = (request.headers.get('user-agent') ?? '').slice(0, maxUserAgent);
  return request.method !== 'HEAD' && !isPrefetch && !crawlers.test(userAgent);
}

/**
 * Counts a view and reads the total, in which those of others may be missing for a second. Undefined if it was not counted. If only reading failed, `views` is
 * undefined, and the client must not be asked to retry: it would be counted twice. Never throws, as the page is worth more than its number.
 */
export async function countAndReadViews(
  c: Context<Bindings>,
  backend: FeedBackend,
  article: Article,
): Promise<{ views: number | undefined } | undefined> {
  const token = c.env?.event?.requestContext.requestId ?? randomUUID();
  const day = dayOf(backend.now(), backend.context.site.timeZone);
  let row: number;
  try {
    row = await countView(backend.store, { id: article.id, token, day });
    count({ views: 1 });
  } catch (error) {
    count({ viewsMissed: 1 });
    logger.error('A view was not counted', { slug: article.slug, error: error as Error });
    return undefined;
  }
  const views = await readViewsSafely(backend, article, async () => {
    const found = await readShownCount(backend.store, article.id, row);
    await noteRead(backend, article, day, found);
    return found.total;
  });
  return { views };
}

/** Undefined if the count cannot be read. */
export async function readViewsSafely(
  backend: FeedBackend,
  article: Article,
  read = async () => (await readShownCount(backend.store, article.id)).total,
): Promise<number | undefined> {
  try {
    return await read();
  } catch (error) {
    logger.error('The views could not be read', { slug: article.slug, error: error as Error });
    return undefined;
  }
}

/**
 * Notes the article for the next ranking when its views of the day pass a threshold. Concurrent views are counted in several
 * environments, so the threshold itself may be seen by none: it must lie between two totals that one of them saw. Never throws.
 */
async function noteRead(
  { store, now }: FeedBackend,
  { slug, id }: Article,
  day: string,
  { total, days }: Count,
): Promise<void> {
  const n = days.get(day) ?? 0;
  const key = `${store.content} ${day} ${id}`;
  const before = lastTotals.get(key) ?? n - 1;
  // None of this day where the row could not be read in time, and the last known total is shown.
  if (n < 1 || n <= before) return;
  remember(key, n);
  if (lastThreshold(n) <= before) return;
  try {
    await saveNote(store, { slug, id, n, total }, now());
  } catch (error) {
    // The next view tries again.
    remember(key, before);
    logger.warn('A read article was not noted', { slug, reason: (error as Error).message });
  }
}

/** The largest threshold up to n: 1, 2, 4, 8, 16, then every 16; from 512 on there are 16 per doubling. */
export function lastThreshold(n: number): number {
  if (n < 1) return 0;
  const power = 2 ** Math.floor(Math.log2(n));
  return power < 16 ? power : n - (n % Math.max(16, power / 16));
}

function remember(key: string, total: number): void {
  lastTotals.delete(key);
  lastTotals.set(key, total);
  const [oldest] = lastTotals.keys();
  if (lastTotals.size > maxTotals && oldest !== undefined) lastTotals.delete(oldest);
}
