/** What a client may already hold of a document. */
export interface Validators {
  /** Weak or strong, with its quotes. */
  etag: string;
  /** ISO 8601; undefined while it may not be told. */
  lastModified: string | undefined;
}

/** RFC 9110 §13.2.2: whether a GET or HEAD is answered with 304. If-None-Match, when there, decides alone. */
export function isNotModified(headers: Headers, { etag, lastModified }: Validators): boolean {
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== null) return matchesEtag(noneMatch, etag);
  // Compared as dates: some readers send dates of their own making. An unreadable one compares as NaN.
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return lastModified !== undefined && Date.parse(lastModified) <= since;
}

/** RFC 9110 §13.1.2: `*`, or a list in which one tag equals ours by weak comparison. */
export function matchesEtag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return [...list.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, tag]) => tag === opaque);
}
