/** Attribute names of the tables' keys; every other name lives with the file that writes it. */
export const keyNames = { partition: 'pk', sort: 'sk', expiry: 'ttl' } as const;

/** Partition and sort keys of the Content table, one function a kind of item. */
export const contentKey = {
  article: (slug: string) => ({ pk: `ARTICLE#${slug}`, sk: 'META' }),
  body: (slug: string, chunk: number) => ({ pk: `ARTICLE#${slug}`, sk: `BODY#${chunk}` }),
  guid: (hash: string) => ({ pk: `GUID#${hash}`, sk: 'GUID' }),
  card: (stream: string, publishedAt: string, slug: string) => ({
    pk: `STREAM#${stream}`,
    sk: `${publishedAt}#${slug}`,
  }),
  listed: (firstStoredAt: string, slug: string) => ({ pk: 'ARTICLES', sk: `${firstStoredAt}#${slug}` }),
  stream: (stream: string) => ({ pk: 'STREAMS', sk: stream }),
  tombstone: (stream: string, when: string, slug: string) => ({
    pk: `GONE#${stream}`,
    sk: `${when}#${slug}`,
  }),
  document: (stream: string, format: string, chunk: number) => ({
    pk: `FEED#${stream}#${format}`,
    sk: `DOC#${chunk}`,
  }),
  refusal: (stream: string, format: string) => ({ pk: `FEED#${stream}#${format}`, sk: 'REFUSED' }),
  due: (when: string, what: string) => ({ pk: 'DUE', sk: `${when}#${what}` }),
  read: (minute: string, slug: string) => ({ pk: 'READ', sk: `${minute}#${slug}` }),
  mostRead: (period: string) => ({ pk: 'MOSTREAD', sk: period }),
} as const;

/** Partition key of one row of an article's counter. `|` stands in no IRI, so that no id reads like another's row. */
export const viewsKey = (id: string, row = 0) => ({ pk: row === 0 ? `VIEWS#${id}` : `VIEWS#${id}|${row}` });

/** The stream of a card's partition key. */
export function streamOfCard(pk: string): string {
  return pk.slice('STREAM#'.length);
}

/** When the article of a card is published, by the card's sort key. */
export function timeOfCard(sk: string): string {
  return sk.slice(0, sk.indexOf('#'));
}
