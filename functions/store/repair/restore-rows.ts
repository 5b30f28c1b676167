import { batchGet } from '../batch-get.ts';
import type { Store } from '../connection.ts';
import type { Item, Key } from '../item.ts';
import { readMetas } from '../read-article.ts';
import { contentKey } from '../rows.ts';
import type { Moved, StoredArticle } from '../stored-article.ts';
import { commit } from '../transaction.ts';
import { difference } from '../write-plan.ts';
import { articleFaults } from './article-faults.ts';
import { callsFor } from './calls-for.ts';
import { expectedKeys, expectedRows, textFault } from './expected-rows.ts';
import { added, broken, corrected, type Finding } from './finding.ts';
import { type Grounds, planRepair, type Repair } from './plan-repair.ts';
import { nameOfRow } from './row-names.ts';

type Put = Repair['puts'][number];

/** Puts the rows that the article calls for and that are missing or differ, in one transaction. Writes nothing when none is. */
export function restoreRows(
  store: Store,
  slug: string,
  { scanned, now }: { scanned: StoredArticle | Moved; now: string },
): Promise<Finding[]> {
  let known: StoredArticle | Moved | undefined = scanned;
  return commit<Finding[]>(store, async () => {
    const meta = known ?? (await readMetas(store, [slug])).get(slug);
    known = undefined;
    const leave = (result: Finding[]) => ({ plan: undefined, result });
    if (!meta || 'movedTo' in meta) return leave([]);
    const key = contentKey.article(slug);
    const tell = (fault: string) => broken(key, `${slug}: ${fault}`);
    const faults = articleFaults(slug, meta);
    if (faults.length > 0) return leave(faults.map(tell));

    const present = await batchGet<Item>(store, expectedKeys(meta));
    const find = ({ pk, sk }: Key) => present.find((row) => row.pk === pk && row.sk === sk);
    const puts = difference(present, expectedRows(meta, find, now)).puts.map((row) => ({
      row,
      was: find(row),
    }));
    const { free, taken, grounds } = await sortClaims(store, slug, puts);
    const fault = textFault(meta, find);
    const found = [
      ...free.map(({ row, was }) => (was ? corrected(row, was) : added(row))),
      ...taken.map(({ row, rival }) => broken(row, `${nameOfRow(row)}: ${slug} and ${rival} both name it`)),
      ...(fault === undefined ? [] : [tell(fault)]),
    ];
    if (found.length === 0) return leave([]);
    // What cannot be mended has to be true as well: rows and META were read one after the other.
    const repair = { puts: free, drops: [], grounds: new Map([...grounds, [slug, meta]]) };
    return { plan: planRepair(store, repair), result: found };
  });
}

/** Apart from what another article calls for with the same right: there the articles themselves contradict one another. */
async function sortClaims(store: Store, slug: string, puts: Put[]) {
  const rivals = puts.map(rivalOf).filter((rival) => rival !== undefined && rival !== slug);
  const metas = rivals.length > 0 ? await readMetas(store, rivals as string[]) : new Map();
  const grounds: Grounds = new Map(rivals.map((rival) => [rival as string, metas.get(rival)]));
  const free: Put[] = [];
  const taken: { row: Item; rival: string }[] = [];
  for (const put of puts) {
    const rival = rivalOf(put);
    const { row, was } = put;
    const isTaken =
      rival !== undefined &&
      rival !== slug &&
      (isArticle(was) || callsFor(rival, metas.get(rival), row) !== false);
    if (isTaken) taken.push({ row, rival });
    else free.push(put);
  }
  return { free, taken, grounds };
}

/** The article that an address, a guid or an id belongs to by the row that stands there. */
function rivalOf({ row, was }: Put): string | undefined {
  if (!was) return undefined;
  if (isArticle(was)) return row.pk.slice('ARTICLE#'.length);
  const owner = 'movedTo' in row ? was.movedTo : row.pk.startsWith('GUID#') ? was.slug : undefined;
  return typeof owner === 'string' ? owner : undefined;
}

function isArticle(row: Item | undefined): boolean {
  return row?.sk === 'META' && !('movedTo' in row);
}
