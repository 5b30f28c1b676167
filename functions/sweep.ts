import type { Context } from 'aws-lambda';
import { type AnnounceBackend, announceStream, openAnnounceBackend } from './announce/announce-stream.ts';
import { keepDirectories } from './announce/keep-directories.ts';
import { keepMostRead } from './announce/keep-lists.ts';
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

const maxRows = 100;
/** Nothing is begun later, so that it can end within the function's 55 seconds. */
const workMilliseconds = 35_000;
let backend: AnnounceBackend | undefined;

/**
 * Runs every minute: announces articles whose embargo has ended, which readers see without it; sends pings that are due; ranks the most
 * read articles; keeps the lists that public answers are made from. What fails is postponed and blocks nothing else.
 */
export async function handler(_event?: unknown, context?: Context): Promise<SweepResult> {
  logInvocation(context);
  limitCalls(context);
  backend ??= openAnnounceBackend();
  return sweep(backend);
}

export async function sweep(backend: AnnounceBackend): Promise<SweepResult> {
  const ranked = rankArticles(backend)
    .then((isNew) => (isNew ? keepMostRead(backend) : undefined))
    .catch((error: Error) => logger.error('The most read articles were not ranked', { error }));
  const until = performance.now() + workMilliseconds;
  // After the rankings: what they show is one of the lists.
  const kept = ranked
    .then(() => keepDirectories(backend, until))
    .catch((error: Error) =>
      logger.error('The lists of streams, months and articles were not kept', { error }),
    );
  try {
    return await sweepDueRows(backend);
  } finally {
    await kept;
  }
}

async function sweepDueRows(backend: AnnounceBackend): Promise<SweepResult> {
  const until = performance.now() + workMilliseconds;
  const result = { done: 0, failed: 0 };
  const pings = new Map<string, DuePings>();
  for (const due of await readDue(backend.store, backend.now(), maxRows)) {
    if ('stream' in due) add(pings, due);
    else if (performance.now() < until)
      result[(await announceArticle(backend, due, pings)) ? 'done' : 'failed'] += 1;
  }
  const sent = await sendPings(backend, [...pings.values()], until);
  return { done: result.done + sent.done, failed: result.failed + sent.failed };
}

/** Announces every stream of the article and collects their pings; false if any failed. */
async function announceArticle(
  backend: AnnounceBackend,
  due: DueEmbargo,
  pings: Map<string, DuePings>,
): Promise<boolean> {
  const { slug } = due;
  try {
    const found = await findArticle(backend.store, slug);
    const streams = found && !('movedTo' in found) ? [...streamsOf(found.article).keys()] : [];
    const faults: unknown[] = [];
    for (const stream of streams)
      await announceStream(backend, stream).then(
        (queued) => add(pings, ...queued),
        (error) => faults.push(error),
      );
    if (faults.length > 0)
      throw new Error(`${faults.length} of ${streams.length} streams failed`, { cause: faults[0] });
    await finishDue(backend.store, due);
    return true;
  } catch (error) {
    logger.error('An embargo was not announced', { slug, error: error as Error });
    await postpone(backend, due);
    return false;
  }
}

// Articles whose embargoes end together share a row for each stream they have in common.
function add(pings: Map<string, DuePings>, ...rows: DuePings[]): void {
  for (const row of rows) pings.set(row.sk ?? '', row);
}

/** Gives up after a day: readers see the article in any case. */
async function postpone({ store, now }: AnnounceBackend, due: DueEmbargo): Promise<void> {
  const until = nextTry(due.since ?? timeOfDue(due), now());
  try {
    await (until === undefined ? finishDue(store, due) : postponeEmbargo(store, due, until));
  } catch (error) {
    logger.error('An embargo could not be postponed', { slug: due.slug, error: error as Error });
  }
}
