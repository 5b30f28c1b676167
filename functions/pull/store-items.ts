import { articlePath } from '../article/addresses.ts';
import { InvalidArticleError, TooLargeError } from '../article/fault.ts';
import { findUpstream } from '../store/read-article.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { TakenError } from '../store/transaction.ts';
import type { WriteBackend } from '../write/backend.ts';
import { createArticle } from '../write/create-article.ts';
import { writeArticle } from '../write/write-article.ts';
import { articleOfItem, type FollowedSource } from './article-of-item.ts';
import {
  type Identity,
  identityIn,
  isOurs,
  isWanted,
  linkOf,
  newestFirst,
  sharedLinks,
} from './choose-items.ts';
import type { FeedItem } from './feed-item.ts';

export interface Desk extends WriteBackend {
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

export interface Outcome {
  created: number;
  updated: number;
  /** New or edited ones that found no room. */
  waiting: number;
  skipped: string[];
  leftOut: string[];
  /** The time was over before all was done. */
  isCut: boolean;
}

interface Candidate {
  item: FeedItem;
  ids: Identity;
  current: StoredArticle | undefined;
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
  const found = await findCandidates(desk, source, items);
  const known = found.filter(({ current }) => current);
  const fresh = found.filter(
    ({ item, current }) => !current && !isOurs(item, desk) && isWanted(item, source.follow),
  );
  const isSkipped = ({ ids }: Candidate) => room.skipped.includes(shortOf(ids));
  // Each may be known under every other source's name: none is looked up that is not needed.
  const unknown = fresh.filter((candidate) => !isSkipped(candidate));
  const open = await withoutOthers(desk, source, unknown);
  const chosen = open.slice(0, room.most);
  const rest = open.slice(room.most);
  const skipped = [...fresh.filter(isSkipped), ...(room.isFirst ? rest : [])];
  outcome.skipped = skipped.map(({ ids }) => shortOf(ids)).filter((id) => id !== '');
  outcome.waiting = room.isFirst ? 0 : rest.length;
  // The oldest first, so that lists and numbers of addresses come in order.
  for (const candidate of [...known, ...chosen.reverse()]) {
    if (!room.mayGoOn()) return { ...outcome, isCut: true };
    await storeItem(desk, source, candidate, { outcome, edits: room.edits });
  }
  return outcome;
}

/** With the article that each has here already. */
async function findCandidates(desk: Desk, source: FollowedSource, items: FeedItem[]): Promise<Candidate[]> {
  const shared = sharedLinks(items);
  const named = newestFirst(items)
    .map((item) => ({ item, ids: identityIn(source.name, item, shared.has(item.link ?? '')) }))
    .filter(({ ids }) => ids.guid ?? ids.link);
  const asked = named.flatMap(({ ids }) => [ids.guid, ids.link]);
  const found = await findUpstream(
    desk.store,
    asked.filter((id) => id !== undefined),
  );
  return named.map(({ item, ids }) => {
    const [byGuid, byLink] = [ids.guid, ids.link].map((id) => (id ? found.get(id) : undefined));
    // A guid that changed, at the same address and of the same time: some systems do that once, for all they have.
    const moved =
      byLink && (!ids.guid || byLink.article.publishedAt === item.publishedAt) ? byLink : undefined;
    const current = byGuid ?? moved;
    const isTaken = byLink !== undefined && byLink.article.id !== current?.article.id;
    return { item, ids: isTaken ? { guid: ids.guid } : ids, current };
  });
}

/**
 * Without those that another source has brought, or will: what is at its feed's host, or comes from there, is its own to publish,
 * whoever is asked first.
 */
async function withoutOthers(desk: Desk, source: FollowedSource, fresh: Candidate[]): Promise<Candidate[]> {
  const others = desk.sources.filter(({ name }) => name !== source.name);
  const hosts = new Set(others.map(({ feed }) => new URL(feed).host));
  hosts.delete(new URL(source.feed).host);
  const named = fresh
    .filter(({ item: { link, via } }) =>
      [link, via].every((address) => !address || !hosts.has(new URL(address).host)),
    )
    .map((candidate) => {
      const addresses = [candidate.ids.link && candidate.item.link, candidate.item.via];
      const elsewhere = addresses.flatMap((address) =>
        address ? others.map(({ name }) => linkOf(name, address)) : [],
      );
      return { candidate, elsewhere };
    });
  const found = await findUpstream(
    desk.store,
    named.flatMap(({ elsewhere }) => elsewhere),
  );
  return named
    .filter(({ elsewhere }) => !elsewhere.some((id) => found.has(id)))
    .map(({ candidate }) => candidate);
}

async function storeItem(
  desk: Desk,
  source: FollowedSource,
  { item, ids, current }: Candidate,
  { outcome, edits }: { outcome: Outcome; edits: number },
): Promise<void> {
  // writeArticle would refuse it, but only when it has rendered it.
  if (current && (current.origin !== 'pull' || current.status === 'gone')) return;
  const leave = (why: string) =>
    outcome.leftOut.push(
      `${JSON.stringify(item.title.slice(0, 100))} (${(item.guid ?? item.link ?? '').slice(0, 200)}): ${why}`,
    );
  try {
    const pulled = articleOfItem(item, { source, current: current?.article, now: desk.now() });
    const { input, hash, dropped } = pulled;
    if (current?.upstream?.hash === hash) return;
    if (current && outcome.updated >= edits) {
      outcome.waiting += 1;
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
