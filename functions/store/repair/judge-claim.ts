import { batchGet } from '../batch-get.ts';
import type { Store } from '../connection.ts';
import { guidHash } from '../derived-rows.ts';
import type { Item } from '../item.ts';
import { contentKey } from '../rows.ts';
import { added } from './finding.ts';
import { dropped, type Verdict } from './verdict.ts';

/** What is to be done about the claim of an id: claims stay for ever, but each under its own key. */
export async function judgeClaim(store: Store, row: Item, id: string): Promise<Verdict | undefined> {
  const key = contentKey.guid(guidHash(id));
  if (key.pk === row.pk) return undefined;
  const [was] = await batchGet<Item>(store, [key]);
  const verdict = dropped(row, 'it is under the key of another');
  if (was) return { ...verdict, unchanged: [{ key, was }] };
  const claim = { ...key, id };
  return {
    ...verdict,
    puts: [{ row: claim, was: undefined }],
    findings: [...verdict.findings, added(claim)],
  };
}
