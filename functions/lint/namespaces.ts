/** The namespaces that a feed of ours, or of most publishers, may use, under the names that the rules give their elements. */
export const namespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  fh: 'http://purl.org/syndication/history/1.0',
  at: 'http://purl.org/atompub/tombstones/1.0',
  thr: 'http://purl.org/syndication/thread/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  xhtml: 'http://www.w3.org/1999/xhtml',
} as const;

const prefixes = new Map<string, string>(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));

/** `atom:link` whatever prefix the document uses; a name without a namespace as it is; an unknown one after its namespace. */
export function kindOf(uri: string, local: string): string {
  return uri === '' ? local : `${prefixes.get(uri) ?? `{${uri}}`}:${local}`;
}
