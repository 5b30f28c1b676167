import type { Context } from 'aws-lambda';
import { streamsOf } from './article/stream-name.ts';
import type { Desk } from './read/desk.ts';
import { openDesk } from './read/open-desk.ts';
import { refreshFeeds } from './read/refresh-feeds.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import { finishDue, readDue } from './store/due.ts';
import { findArticle } from './store/read-article.ts';

const atMost = 100;
let desk: Desk | undefined;

/** Every minute: the embargoes that have ended. Readers see those articles without it; it announces them. */
export async function handler(
  _event?: unknown,
  context?: Context,
): Promise<{ done: number; failed: number }> {
  logInvocation(context);
  limitCalls(context);
  desk ??= openDesk();
  const result = { done: 0, failed: 0 };
  for (const due of await readDue(desk.store, desk.now(), atMost)) {
    try {
      const found = await findArticle(desk.store, due.slug);
      if (found && !('movedTo' in found))
        for (const stream of streamsOf(found.article).keys()) await refreshFeeds(desk, stream);
      await finishDue(desk.store, due);
      result.done += 1;
    } catch (error) {
      logger.error('An embargo was not announced', { slug: due.slug, error: error as Error });
      result.failed += 1;
    }
  }
  return result;
}
