import { InvalidArticleError, TooLargeError } from '../article/fault.ts';
import { problemResponse } from '../runtime/problem.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { TakenError } from '../store/transaction.ts';

/** The body is not JSON. */
export class UnreadableJsonError extends Error {
  override name = 'UnreadableJsonError';
}

/** The body's type or encoding is not supported. */
export class WrongTypeError extends Error {
  override name = 'WrongTypeError';
}

/** The parsed body of a write request. Throws WrongTypeError or UnreadableJsonError. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  const [, charset = 'utf-8'] = /;\s*charset="?([\w-]+)/i.exec(type) ?? [];
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type) || !/^utf-?8$/i.test(charset))
    throw new WrongTypeError('Send application/json in UTF-8.');
  if (!/^(identity)?$/i.test(request.headers.get('content-encoding') ?? ''))
    throw new WrongTypeError('Send the body as it is, without Content-Encoding.');
  const text = await request.text();
  // API Gateway passes JSON on as text, in which this character replaces every byte that is not UTF-8.
  if (text.includes('\uFFFD'))
    throw new UnreadableJsonError('The body is not UTF-8, or holds a damaged character (U+FFFD).');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableJsonError(`The body is no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** The stored article is not the one that the client expects. */
export class PreconditionFailedError extends Error {
  override name = 'PreconditionFailedError';
}

/** The article is there: it is deleted first, and erased then. */
export class NotDeletedError extends Error {
  override name = 'NotDeletedError';
}

/** Nothing is left of the article. */
export class ErasedError extends Error {
  override name = 'ErasedError';
}

/** Throws ErasedError for an article that was erased. */
export function requireText({ article, erasedAt }: StoredArticle): void {
  if (erasedAt)
    throw new ErasedError(`${article.slug} was erased on ${erasedAt.slice(0, 10)}: no text of it is left.`);
}

/** A strong validator: it changes with every write of the article. */
export function etagOf({ version }: StoredArticle): string {
  return `"${version}"`;
}

/**
 * RFC 9110 §13.1.1 and §13.1.2, by strong comparison. A write that would change nothing passes If-Match, as §13.1.1 allows: it may be
 * the repetition of one whose answer was lost. Throws PreconditionFailedError.
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

/** The answer to an error that the client can mend; undefined for any other error. */
export function refusalResponse(error: unknown): Response | undefined {
  if (error instanceof UnreadableJsonError)
    return problemResponse('unreadable-json', { detail: error.message });
  if (error instanceof WrongTypeError) return problemResponse('wrong-type', { detail: error.message });
  if (error instanceof InvalidArticleError) return problemResponse('faulty-fields', { errors: error.faults });
  if (error instanceof TooLargeError) return problemResponse('too-large', { detail: error.message });
  if (error instanceof TakenError) {
    const { pointer, message } = error;
    return problemResponse('taken', { errors: [{ pointer, message }] });
  }
  if (error instanceof NotDeletedError)
    return problemResponse('not-deleted', {
      detail: 'The article is there. Delete it first, then erase it.',
    });
  if (error instanceof ErasedError) return problemResponse('gone', { detail: error.message });
  if (error instanceof PreconditionFailedError)
    return problemResponse('changed', {
      detail: 'The article is not as the request expects it. Read it again before you replace or remove it.',
    });
  return undefined;
}
