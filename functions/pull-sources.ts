import type { Context } from 'aws-lambda';
import type { Site } from './article/site.ts';
import { type FollowedSource, isFollowed } from './pull/article-of-item.ts';
import { type PullBackend, pullSource } from './pull/pull-source.ts';
import { dueTime } from './pull/subscribe.ts';
import { loadJson } from './runtime/content.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import { forgetSource, readSources } from './store/sources.ts';
import { readSubscriptions, removeSubscription } from './store/subscriptions.ts';
import { openWriteBackend } from './write/backend.ts';

/** Each may hold 5 MB of feed. */
const atOnce = 4;
/** Nothing is begun later, so that it can end within the function's 55 seconds. */
const workMilliseconds = 30_000;
let backend: PullBackend | undefined;

/** Runs every minute: asks the followed sources that are due and stores what is new. What one does wrong stops no other. */
export async function handler(_event?: unknown, context?: Context): Promise<string[]> {
  logInvocation(context);
  limitCalls(context);
  backend ??= {
    ...openWriteBackend(),
    sources: loadJson<Site>('site.json').sources.filter(isFollowed),
    chance: Math.random,
  };
  return pullSources(backend);
}

/** The names of those that were asked. */
export async function pullSources(backend: PullBackend): Promise<string[]> {
  const { store, sources } = backend;
  const until = performance.now() + workMilliseconds;
  const [known, subscriptions] = await Promise.all([readSources(store), readSubscriptions(store)]);
  const isFollowedNow = (name: string) => sources.some((source) => source.name === name);
  for (const name of known.keys()) if (!isFollowedNow(name)) await forgetSource(store, name);
  for (const { source, id } of subscriptions.values())
    if (!isFollowedNow(source)) await removeSubscription(store, id);
  const now = backend.now();
  const timeOf = ({ name, feed }: FollowedSource) => {
    const state = known.get(name);
    return state?.feed === feed ? dueTime(state, subscriptions.get(name), now) : '';
  };
  // Those that wait longest first: where many are slow, none is left out again and again.
  const due = sources
    .map((source) => ({ source, time: timeOf(source) ?? 'never' }))
    .filter(({ time }) => time <= now)
    .sort((one, other) => (one.time < other.time ? -1 : 1));
  const asked: string[] = [];
  const waiting = due.values();
  const worker = async () => {
    for (const { source } of waiting) {
      if (performance.now() > until) return;
      asked.push(source.name);
      const seen = { known: known.get(source.name), subscription: subscriptions.get(source.name) };
      await pullSource(backend, source, { ...seen, until }).catch((error: Error) =>
        logger.error('A source was not pulled', { source: source.name, error }),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return asked.sort();
}
