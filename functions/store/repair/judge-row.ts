import { isDeepStrictEqual } from 'node:util';
import { subscriberId } from '../../article/article.ts';
import { expiry } from '../derived-rows.ts';
import type { Item } from '../item.ts';
import { contentKey } from '../rows.ts';
import type { StoredArticle } from '../stored-article.ts';
import { articleFaults } from './article-faults.ts';
import { callsFor } from './calls-for.ts';
import { names } from './expected-rows.ts';
import { ownerOfRow } from './owner-of-row.ts';
import type { Grounds } from './plan-repair.ts';
import { dropped, replaced, type Verdict } from './verdict.ts';

const unexplained = 'no article calls for it';

/**
 * What is to be done about a row, by the META of its owner; undefined when it may stay.
 * Whether a row that an article calls for holds what it should is found from the article's side.
 */
export function judgeRow(row: Item, metas: Grounds): Verdict | undefined {
  if (row.pk === contentKey.stream('').pk) return judgeStream(row);
  const slug = ownerOfRow(row);
  if (slug === undefined) return undefined;
  if (row.pk.startsWith('GONE#')) return judgeTombstone(row, slug, metas);
  return callsFor(slug, metas.get(slug), row) === false ? dropped(row, unexplained) : undefined;
}

/** Which articles a stream once had nobody knows, so its row stays; from the articles that it has now its label was mended before. */
function judgeStream(row: Item): Verdict | undefined {
  const { sk = '', label } = row;
  return names(label, sk) ? undefined : replaced(row, { ...row, label: sk.slice(sk.indexOf('/') + 1) });
}

function judgeTombstone(row: Item, slug: string, metas: Grounds): Verdict | undefined {
  const holder = holderOf(slug, metas);
  if (holder && articleFaults(holder.article.slug, holder).length > 0) return undefined;
  if (holder && (holder.article.id === row.id || subscriberId(holder.article) === row.ref))
    return callsFor(holder.article.slug, holder, row) === false ? dropped(row, unexplained) : undefined;
  const former = formerTombstone(row);
  if (!former) return dropped(row, 'it does not say what it is of');
  return isDeepStrictEqual(row, former) ? undefined : replaced(row, former);
}

function holderOf(slug: string, metas: Grounds): StoredArticle | undefined {
  const meta = metas.get(slug);
  const found = meta && 'movedTo' in meta ? metas.get(meta.movedTo) : meta;
  return found && !('movedTo' in found) ? found : undefined;
}

/** Of an article that was deleted, its slug since used by another: there is nothing but its own key to judge it by. */
function formerTombstone({ pk, sk = '', id, ref }: Item): Item | undefined {
  const [when = ''] = sk.split('#');
  const ttl = expiry(when);
  if (typeof id !== 'string' || typeof ref !== 'string' || Number.isNaN(ttl)) return undefined;
  return { pk, sk, id, ref, when, ttl };
}
