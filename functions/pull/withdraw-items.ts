import { findUpstream } from '../store/read-article.ts';
import { removeArticle } from '../write/remove-article.ts';
import type { FollowedSource } from './article-of-item.ts';
import { identityOf } from './choose-items.ts';
import type { Feed } from './feed-item.ts';
import type { Desk } from './store-items.ts';

/** Removes what the source's feed says is deleted (RFC 6721) and does not have, as far as the feed alone wrote it. False if the time was over before. */
export async function withdrawItems(
  desk: Desk,
  source: FollowedSource,
  { tombstones, items }: Feed,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const present = new Set(items.map(({ guid }) => guid));
  const deleted = tombstones.filter(({ guid }) => !present.has(guid));
  const found = await findUpstream(
    desk.store,
    deleted.map(({ guid }) => identityOf(source.name, guid)),
  );
  for (const { status, origin, article } of found.values()) {
    if (!mayGoOn()) return false;
    if (status !== 'gone' && origin === 'pull')
      await removeArticle(desk, { slug: article.slug, origin: 'pull', who: source.name });
  }
  return true;
}
