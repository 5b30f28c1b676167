import { expireCounter } from '../store/counter-expiry.ts';
import { erasedRecord, eraseRemains, findRemains, isErased } from '../store/erase.ts';
import { planRows } from '../store/plan-writes.ts';
import { readMetas } from '../store/read-article.ts';
import { commit } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { NotDeletedError } from './request.ts';

/**
 * Takes a deleted article out of every row, its former texts too. Its addresses, the claim on its id and its tombstone stay. The record comes last:
 * what is interrupted can be repeated. False if there never was an article. Throws NotDeletedError.
 */
export async function eraseArticle(
  { store, now: clock }: Pick<WriteBackend, 'store' | 'now'>,
  slug: string,
): Promise<boolean> {
  const now = clock();
  const findDeleted = async () => {
    const meta = (await readMetas(store, [slug])).get(slug);
    if (!meta || 'movedTo' in meta) return undefined;
    if (meta.status !== 'gone') throw new NotDeletedError();
    return meta;
  };
  const deleted = await findDeleted();
  if (!deleted) return false;
  const remains = await findRemains(store, deleted);
  await eraseRemains(store, deleted.article, remains);
  await commit<undefined>(store, async () => {
    const before = await findDeleted();
    if (!before || isErased(before)) return { plan: undefined, result: undefined };
    const after = erasedRecord(before, now);
    const plan = planRows(store, { before, after, chunks: [], retiredId: before.tombstone?.ref });
    return { plan, result: undefined };
  });
  await expireCounter(store, slug, now);
  return true;
}
