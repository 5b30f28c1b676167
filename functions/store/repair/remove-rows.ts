import { batchGet } from '../batch-get.ts';
import type { Store } from '../connection.ts';
import type { Item } from '../item.ts';
import { readMetas } from '../read-article.ts';
import { commit } from '../transaction.ts';
import type { Finding } from './finding.ts';
import { judgeClaim } from './judge-claim.ts';
import { judgeDocument } from './judge-document.ts';
import { judgeRow } from './judge-row.ts';
import { ownerOfRow } from './owner-of-row.ts';
import { type Grounds, planRepair } from './plan-repair.ts';

/** Takes away the rows that no article explains, each in a transaction of its own. Writes nothing when all may stay. */
export async function removeRows(store: Store, rows: Item[]): Promise<Finding[]> {
  const grounds = await readGrounds(store, rows);
  const findings: Finding[] = [];
  for (const row of rows) if (await judge(store, row, grounds)) findings.push(...(await remove(store, row)));
  return findings;
}

/** Judges the row again, by what is read only now. */
function remove(store: Store, { pk, sk = '' }: Item): Promise<Finding[]> {
  return commit<Finding[]>(store, async () => {
    const [row] = await batchGet<Item>(store, [{ pk, sk }]);
    const grounds = await readGrounds(store, row ? [row] : []);
    const verdict = row && (await judge(store, row, grounds));
    if (!verdict) return { plan: undefined, result: [] };
    return { plan: planRepair(store, { ...verdict, grounds }), result: verdict.findings };
  });
}

async function judge(store: Store, row: Item, grounds: Grounds) {
  if (row.pk.startsWith('FEED#')) return judgeDocument(store, row);
  if (row.pk.startsWith('GUID#') && typeof row.id === 'string') return judgeClaim(store, row, row.id);
  return judgeRow(row, grounds);
}

/** The META of each row's owner, and of the articles that those lead to which are old addresses. */
async function readGrounds(store: Store, rows: Item[]): Promise<Grounds> {
  const slugs = [...new Set(rows.map(ownerOfRow).filter((slug) => slug !== undefined))];
  const owners = await readEach(store, slugs);
  const moved = [...owners.values()].flatMap((meta) => (meta && 'movedTo' in meta ? [meta.movedTo] : []));
  return new Map([...(await readEach(store, moved)), ...owners]);
}

async function readEach(store: Store, slugs: string[]): Promise<Grounds> {
  const metas = await readMetas(store, slugs);
  return new Map(slugs.map((slug) => [slug, metas.get(slug)]));
}
