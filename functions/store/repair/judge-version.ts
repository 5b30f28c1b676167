import { isDeepStrictEqual } from 'node:util';
import type { Article } from '../../article/article.ts';
import { expiry } from '../article-rows.ts';
import type { Item } from '../item.ts';
import { partsOf } from '../rows.ts';
import type { Moved, StoredArticle } from '../stored-article.ts';
import { type Change, drop } from './verdict.ts';

/** The present text stays, every other one expires. */
export function judgeVersion(row: Item, record: StoredArticle | Moved | undefined): Change {
  const { n } = partsOf('version', row) ?? {};
  const { id } = (row.article ?? {}) as Partial<Article>;
  if (!record) return drop(row, 'no article calls for it');
  if ('erasedAt' in record && id === record.article.id) return drop(row, 'its article was erased');
  const { ttl, replaced, ...kept } = row;
  const last = 'movedTo' in record ? Number.POSITIVE_INFINITY : record.version;
  if (Number(n) > last) return drop(row, 'the article was never stored that often');
  if (Number(n) === last)
    return ttl === undefined && replaced === undefined ? {} : { puts: [{ row: kept, was: row }] };
  const { when, way } = row;
  const end = (replaced ?? { when, way }) as { when: string };
  const expected = { ...row, replaced: end, ttl: expiry(end.when) };
  if (Number.isNaN(expected.ttl)) return drop(row, 'it does not say when it was replaced');
  return isDeepStrictEqual(row, expected) ? {} : { puts: [{ row: expected, was: row }] };
}

/** Parts live as long as the head of their version. */
export function judgeVersionPart(row: Item, head: Item | undefined): Change {
  const { chunk } = partsOf('versionPart', row) ?? {};
  if (!head || Number(chunk) >= Number(head.chunks)) return drop(row, 'this part belongs to no version');
  const { ttl, ...kept } = row;
  if (ttl === head.ttl) return {};
  return { puts: [{ row: head.ttl === undefined ? kept : { ...kept, ttl: head.ttl }, was: row }] };
}
