import type { Article } from '../article/article.ts';
import { batchGet } from './batch-get.ts';
import type { Store } from './connection.ts';
import { guidHash } from './derived-rows.ts';
import { contentKey } from './rows.ts';
import { TakenError } from './transaction.ts';

interface Revision {
  revise: (generation: number) => Article;
  generation: number;
  /** The id of what stands at the address: its own to keep. */
  ownId: string | undefined;
}

/** The article under an id that no other has or had. A minted one that is taken gives way to the next; throws TakenError for a given one. */
export async function reviseUnderFreeId(store: Store, { revise, generation, ownId }: Revision) {
  const article = revise(generation);
  if (article.id === ownId || !(await isTaken(store, article.id))) return { article, generation };
  if (revise(generation + 1).id === article.id) throw new TakenError('/id', 'belongs to another article');
  return reviseUnderFreeId(store, { revise, generation: generation + 1, ownId });
}

async function isTaken(store: Store, id: string): Promise<boolean> {
  return (await batchGet(store, [contentKey.guid(guidHash(id))])).length > 0;
}

/** The slug of the article that has this identity from elsewhere; undefined when none has. */
export async function findSlugByGuid(
  store: Store,
  guid: string,
  source: string | undefined,
): Promise<string | undefined> {
  const [row] = await batchGet<{ slug?: string }>(store, [contentKey.guid(guidHash(guid, source))]);
  return row?.slug;
}
