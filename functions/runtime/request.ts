import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The event with its path percent-encoded again. API Gateway decodes it and hono parses the result as a URL, which would
 * turn `/articles/a%23b` or `/articles/a%00` into `/articles/a`.
 */
export function withEncodedPath(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const rawPath = encodeURI(event.rawPath).replaceAll('#', '%23').replaceAll('?', '%3F');
  return { ...event, rawPath };
}

/** Looks from the first slash of a run alone: from each, it would look at all that follow. */
export function withoutSlashesAtEnd(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '');
}

/** RFC 9110 §13.2.2: whether to answer a GET or HEAD with 304. If-None-Match, if present, decides alone. */
export function isNotModified(
  headers: Headers,
  { etag, lastModified }: { etag: string; lastModified: string | undefined },
): boolean {
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== null) return matchesEtag(noneMatch, etag);
  // Compared as dates, since some readers send a date of their own. An unreadable one compares as NaN.
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return lastModified !== undefined && Date.parse(lastModified) <= since;
}

// RFC 9110 §13.1.2: `*`, or a list in which one tag equals ours by weak comparison.
function matchesEtag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return [...list.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, tag]) => tag === opaque);
}
