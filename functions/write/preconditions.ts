import type { StoredArticle } from '../store/stored-article.ts';

/** The stored article is not the one the client wants to replace or remove. */
export class PreconditionFailedError extends Error {
  override name = 'PreconditionFailedError';
}

/** Strong: it moves with every write of the article. */
export function etagOf({ version }: StoredArticle): string {
  return `"${version}"`;
}

/**
 * RFC 9110 §13.1.1 and §13.1.2, by strong comparison. A write that has happened already passes If-Match, as §13.1.1 allows:
 * its answer may have been lost.
 */
export function requirePreconditions(
  headers: Headers,
  current: StoredArticle | undefined,
  hasHappened: boolean,
): void {
  const etag = current && current.status !== 'gone' ? etagOf(current) : undefined;
  const match = headers.get('if-match');
  if (match !== null && !hasHappened && !names(match, etag)) throw new PreconditionFailedError();
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== null && names(noneMatch, etag)) throw new PreconditionFailedError();
}

function names(list: string, etag: string | undefined): boolean {
  return etag !== undefined && list.split(',').some((tag) => ['*', etag].includes(tag.trim()));
}
