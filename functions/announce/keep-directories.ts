import { newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { type Months, type Streams, zoneOf } from '../feed/directories.ts';
import { type Change, changeEverything, finishChange, readChanges } from '../store/changes.ts';
import { directoryNames, findDirectory } from '../store/directories.ts';
import { readStreams } from '../store/streams.ts';
import {
  type ChangedStreams,
  keepAllLabels,
  keepMostRead,
  keepSitemaps,
  keepStreamLists,
} from './keep-lists.ts';

/** Changes that are followed together. */
const mostChanges = 500;
/** Streams that are looked at together where all have to be. */
const mostStreams = 100;
const repairMilliseconds = 15_000;

/**
 * Brings the kept lists to what the articles say by now, and takes the rows that asked for it off the list of changes. What is not done by
 * `until` (as performance.now() tells) is left to the next minute. Where no list was ever kept, or the zone has changed by which they are kept, every stream is looked at.
 */
export async function keepDirectories(backend: Backend, until: number): Promise<void> {
  const { store, context, now } = backend;
  const lists = await findDirectory<Streams>(store, directoryNames.streams, { ConsistentRead: true });
  if (lists?.content.zone !== zoneOf(context.site)) {
    const waiting = await readChanges(store, now(), mostChanges);
    if (!waiting.some(({ streams }) => !streams)) await changeEverything(store, now());
  }
  while (performance.now() < until) {
    const changes = await readChanges(store, now(), mostChanges);
    if (changes.length === 0) return;
    const everything = changes.find(({ streams }) => !streams);
    const isDone = everything
      ? await lookAtEverything(backend, everything, until)
      : await follow(backend, changes);
    if (!isDone) return;
    await keepMostRead(backend);
  }
}

async function follow(backend: Backend, changes: Change[]): Promise<boolean> {
  const changed: Map<string, string[]> = new Map();
  for (const { streams = [], times = [] } of changes)
    for (const stream of streams) changed.set(stream, [...(changed.get(stream) ?? []), ...times]);
  const isKept =
    (await keepStreamLists(backend, changed)) && (await keepSitemaps(backend, changed.get(newsStream) ?? []));
  if (isKept) for (const change of changes) await finishChange(backend.store, change);
  return isKept;
}

/** Computes every list anew and writes those that were wrong. What takes more than 15 seconds is left to the sweep. */
export async function recomputeLists(backend: Backend): Promise<void> {
  const { store, now } = backend;
  // What is missing altogether the sweep makes.
  if (!(await findDirectory(store, directoryNames.streams, { ConsistentRead: true }))) return;
  const seen = await lookAtAll(backend, undefined, performance.now() + repairMilliseconds);
  if (!seen.isDone) await changeEverything(store, now(), seen.after);
}

async function lookAtEverything(backend: Backend, change: Change, until: number): Promise<boolean> {
  const seen = await lookAtAll(backend, change.after, until);
  if (seen.isDone) await finishChange(backend.store, change);
  else await changeEverything(backend.store, change.sk?.split('#')[0] ?? backend.now(), seen.after);
  return seen.isDone;
}

/** Goes on behind the stream `after`. Without being done it ends behind another one: the time is up, or one was kept by another process. */
async function lookAtAll(
  backend: Backend,
  after: string | undefined,
  until: number,
): Promise<{ isDone: boolean; after?: string | undefined }> {
  const { store } = backend;
  const names = [newsStream, ...(await readStreams(store, '9999'))];
  for (
    let done = after === undefined ? 0 : names.indexOf(after) + 1;
    done < names.length;
    done += mostStreams
  ) {
    const some: ChangedStreams = new Map(
      names.slice(done, done + mostStreams).map((name) => [name, undefined]),
    );
    if (performance.now() > until || !(await keepStreamLists(backend, some)))
      return { isDone: false, after: names[done - 1] };
  }
  const news = await findDirectory<Months>(store, directoryNames.months(newsStream), {
    ConsistentRead: true,
  });
  const times = Object.values(news?.content.months ?? {}).flatMap(
    ([oldest = '']) => oldest.split('#')[0] ?? [],
  );
  // The list of streams last of all: whoever finds it knows that the others are there.
  const isDone = (await keepSitemaps(backend, times)) && (await keepAllLabels(backend, names));
  return { isDone, after: names.at(-1) };
}
