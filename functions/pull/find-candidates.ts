import { findUpstream } from '../store/read-article.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { FollowedSource } from './article-of-item.ts';
import { type Identity, identityIn, linkOf, newestFirst, sharedLinks } from './choose-items.ts';
import type { FeedItem, LeftOut } from './feed-item.ts';
import type { Desk } from './store-items.ts';

export interface Candidate {
  item: FeedItem;
  ids: Identity;
  current: StoredArticle | undefined;
}

/** With the article that each has here already. */
export async function findCandidates(
  desk: Desk,
  source: FollowedSource,
  items: FeedItem[],
  leftOut: LeftOut,
): Promise<Candidate[]> {
  const shared = sharedLinks(items);
  const named = newestFirst(items)
    .map((item) => ({ item, ids: identityIn(source.name, item, shared.has(item.link ?? '')) }))
    .filter(({ item, ids }) => {
      const isKnowable = (ids.guid ?? ids.link) !== undefined;
      if (!isKnowable) leftOut.add('An item without a guid or an address of its own', item.title);
      return isKnowable;
    });
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
export async function withoutOthers(
  desk: Desk,
  source: FollowedSource,
  fresh: Candidate[],
): Promise<Candidate[]> {
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
