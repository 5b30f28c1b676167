import type { Context } from 'aws-lambda';
import { type AnnounceBackend, announceStream, openAnnounceBackend } from './announce/announce-stream.ts';
import { rankArticles } from './announce/rank-articles.ts';
import { nextTry, type SweepResult, sendPings } from './announce/send-pings.ts';
import { streamsOf } from './article/stream-name.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import {
  type DueEmbargo,
  type DuePings,
  finishDue,
  postponeEmbargo,
  readDue,
  timeOfDue,
} from './store/due.ts';
import { findArticle } from './store/read-article.ts';

const atMost = 100;
/** Of the function's 55 seconds: what is begun then has time to end. */
const workMilliseconds = 35_000;
let backend: AnnounceBackend | undefined;

/**
 * Every minute: the embargoes that have ended, which readers see without it and it announces, and pings of hubs that had to
 * wait; beside them, most read. What fails is put off, so that it stands in nobody's way.
 */
export async function handler(_event?: unknown, context?: Context): Promise<SweepResult> {
  logInvocation(context);
  limitCalls(context);
  backend ??= openAnnounceBackend();
  const ranked = rankArticles(backend).catch((error: Error) =>
    logger.error('The most read articles were not ranked', { error }),
  );
  try {
    return await doDue(backend);
  } finally {
    await ranked;
  }
}

async function doDue(backend: AnnounceBackend): Promise<SweepResult> {
  const until = performance.now() + workMilliseconds;
  const swept = { done: 0, failed: 0 };
  const owed = new Map<string, DuePings>();
  for (const due of await readDue(backend.store, backend.now(), atMost)) {
    if ('stream' in due) add(owed, due);
    else if (performance.now() < until)
      swept[(await announceArticle(backend, due, owed)) ? 'done' : 'failed'] += 1;
  }
  const pinged = await sendPings(backend, [...owed.values()], until);
  return { done: swept.done + pinged.done, failed: swept.failed + pinged.failed };
}

/** Whether every stream of the article is announced; adds to the pings that are owed. */
async function announceArticle(
  backend: AnnounceBackend,
  due: DueEmbargo,
  owed: Map<string, DuePings>,
): Promise<boolean> {
  const { slug } = due;
  try {
    const found = await findArticle(backend.store, slug);
    const streams = found && !('movedTo' in found) ? [...streamsOf(found.article).keys()] : [];
    const faults: unknown[] = [];
    for (const stream of streams)
      await announceStream(backend, stream).then(
        (pings) => add(owed, ...pings),
        (error) => faults.push(error),
      );
    if (faults.length > 0) throw new AggregateError(faults);
    await finishDue(backend.store, due);
    return true;
  } catch (error) {
    logger.error('An embargo was not announced', { slug, error: error as Error });
    await putOff(backend, due);
    return false;
  }
}

// Articles whose embargoes end together owe one row for each stream that they share.
function add(owed: Map<string, DuePings>, ...rows: DuePings[]): void {
  for (const row of rows) owed.set(row.sk ?? '', row);
}

/** Readers see the article without any announcement: after a day it is given up. */
async function putOff({ store, now }: AnnounceBackend, due: DueEmbargo): Promise<void> {
  const until = nextTry(due.since ?? timeOfDue(due), now());
  try {
    await (until === undefined ? finishDue(store, due) : postponeEmbargo(store, due, until));
  } catch (error) {
    logger.error('An embargo could not be put off', { slug: due.slug, error: error as Error });
  }
}
