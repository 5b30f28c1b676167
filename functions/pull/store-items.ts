import { articlePath } from '../article/addresses.ts';
import { InvalidArticleError, TooLargeError } from '../article/fault.ts';
import { TakenError } from '../store/transaction.ts';
import type { WriteBackend } from '../write/backend.ts';
import { createArticle } from '../write/create-article.ts';
import { writeArticle } from '../write/write-article.ts';
import { articleOfItem, type FollowedSource } from './article-of-item.ts';
import { type Identity, isOurs, isWanted } from './choose-items.ts';
import { copyPictures } from './copy-pictures.ts';
import { type FeedItem, LeftOut } from './feed-item.ts';
import { type Candidate, findCandidates, withoutOthers } from './find-candidates.ts';
import type { FetchOptions } from './safe-fetch.ts';

export interface Desk extends WriteBackend, Pick<FetchOptions, 'network'> {
  /** Those whose feeds are followed. */
  sources: FollowedSource[];
}

export interface Room {
  /** How many new articles the day has room for. */
  most: number;
  /** How many edits the day has room for. */
  edits: number;
  /** At the first time what finds no room is skipped for good. */
  isFirst: boolean;
  skipped: string[];
  /** Whether there is time for one more. */
  mayGoOn: () => boolean;
}

/** That one pull fetches. */
const mostPictures = 50;

export interface Outcome {
  created: number;
  updated: number;
  /** New or edited ones that found no room. */
  waiting: number;
  skipped: string[];
  leftOut: string[];
  /** The time was over before all was done, or pictures are on their way. */
  isCut: boolean;
}

/**
 * Stores what is new of a feed and what has changed, each through the same rules as every article. What was edited or removed here
 * stays so, and what is another source's is left to it. A faulty item is named and stops no other.
 */
export async function storeItems(
  desk: Desk,
  source: FollowedSource,
  items: FeedItem[],
  room: Room,
): Promise<Outcome> {
  const outcome: Outcome = { created: 0, updated: 0, waiting: 0, skipped: [], leftOut: [], isCut: false };
  const untaken = new LeftOut();
  const found = await findCandidates(desk, source, items, untaken);
  const known = found.filter(({ current }) => current);
  const wanted = found.filter(({ item, current }) => !current && isWanted(item, source.follow));
  const fresh = wanted.filter(({ item }) => !isOurs(item, desk));
  const isSkipped = ({ ids }: Candidate) => room.skipped.includes(shortOf(ids));
  // Each may be known under every other source's name: none is looked up that is not needed.
  const unknown = fresh.filter((candidate) => !isSkipped(candidate));
  const open = await withoutOthers(desk, source, unknown);
  for (const { item } of wanted.filter((one) => !fresh.includes(one)))
    untaken.add("This site's own", item.title);
  for (const { item } of unknown.filter((one) => !open.includes(one)))
    untaken.add('Left to another source that is followed', item.title);
  outcome.leftOut = untaken.sentences();
  const chosen = open.slice(0, room.most);
  const rest = open.slice(room.most);
  const skipped = [...fresh.filter(isSkipped), ...(room.isFirst ? rest : [])];
  outcome.skipped = skipped.map(({ ids }) => shortOf(ids)).filter((id) => id !== '');
  outcome.waiting = room.isFirst ? 0 : rest.length;
  const run = { outcome, room, pictures: mostPictures };
  // The oldest first, so that lists and numbers of addresses come in order.
  for (const candidate of [...known, ...chosen.reverse()]) {
    if (!room.mayGoOn()) return { ...outcome, isCut: true };
    await storeItem(desk, source, candidate, run);
  }
  return outcome;
}

async function storeItem(
  desk: Desk,
  source: FollowedSource,
  { item, ids, current }: Candidate,
  run: { outcome: Outcome; room: Room; pictures: number },
): Promise<void> {
  const { outcome, room } = run;
  // writeArticle would refuse it, but only when it has rendered it.
  if (current && (current.origin !== 'pull' || current.status === 'gone')) return;
  const leave = (why: string) =>
    outcome.leftOut.push(
      `${JSON.stringify(item.title.slice(0, 100))} (${(item.guid ?? item.link ?? '').slice(0, 200)}): ${why}`,
    );
  try {
    const pulled = articleOfItem(item, { source, current: current?.article, now: desk.now() });
    const { hash, dropped } = pulled;
    if (current?.upstream?.hash === hash) return;
    if (current && outcome.updated >= room.edits) {
      outcome.waiting += 1;
      return;
    }
    const isCopied = source.follow.pictures === 'copy';
    const input = isCopied
      ? await copyPictures(desk, pulled.input, { room: run, mayGoOn: room.mayGoOn, leave })
      : pulled.input;
    if (!input) {
      outcome.isCut = true;
      return;
    }
    const upstream = { ids: [ids.guid, ids.link].filter((id) => id !== undefined), hash };
    const by = { origin: 'pull', who: source.name, upstream } as const;
    const saved = current
      ? await writeArticle(desk, { slug: current.article.slug, input, ...by })
      : await createArticle(desk, input, by);
    if (saved.outcome === 'created') outcome.created += 1;
    if (saved.outcome === 'replaced') outcome.updated += 1;
    if (dropped.length > 0) leave(`without ${dropped.join(', ')}, as no article may have that`);
    if (!current && saved.outcome === 'unchanged')
      leave(`its guid is that of ${desk.baseUrl}${articlePath(saved.stored.article.slug)}`);
  } catch (error) {
    if (!(error instanceof Error) || !isOfItem(error)) throw error;
    leave(error.message);
  }
}

function isOfItem(error: Error): boolean {
  return [InvalidArticleError, TooLargeError, TakenError].some((kind) => error instanceof kind);
}

/** Enough to tell a feed's items apart. */
function shortOf({ guid, link }: Identity): string {
  return (guid ?? link ?? '').slice(0, 12);
}
