import type { Item } from '../item.ts';

/** A row as an owner of the site would call it. */
export function nameOfRow(row: Item): string {
  const { pk, sk = '' } = row;
  const [kind = '', name = '', format = ''] = pk.split('#');
  const [first = '', slug = '', what = ''] = sk.split('#');
  switch (kind) {
    case 'ARTICLE':
      return first === 'BODY' ? `part ${Number(slug) + 1} of the text of ${name}` : `the old address ${name}`;
    case 'GUID':
      return 'id' in row ? `the claim of the id ${row.id}` : `the guid of ${row.slug}`;
    case 'STREAM':
      return `the card of ${slug} in ${name}`;
    case 'ARTICLES':
      return `${slug} in the list of all articles`;
    case 'STREAMS':
      return `the stream ${sk}`;
    case 'GONE':
      return `the tombstone of ${slug} in ${name}`;
    case 'DUE':
      return `the announcement of ${what}`;
    default:
      return `the kept feed of ${name} as ${format}`;
  }
}
