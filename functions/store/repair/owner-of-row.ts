import type { Item } from '../item.ts';

/** The slug of the article that a row leans on; undefined for rows that lean on none, or are of a kind that is not known here. */
export function ownerOfRow(row: Item): string | undefined {
  const { pk, sk = '' } = row;
  const [kind, name] = pk.split('#');
  const [first, second, third] = sk.split('#');
  switch (kind) {
    case 'ARTICLE':
      return first === 'BODY' ? name : sk === 'META' ? textOf(row.movedTo) : undefined;
    case 'GUID':
      return textOf(row.slug);
    case 'STREAM':
    case 'ARTICLES':
    case 'GONE':
      return second;
    case 'DUE':
      return second === 'EMBARGO' && !isPutOff(row, first) ? third : undefined;
    default:
      return undefined;
  }
}

/** An announcement that failed at its time is due again at another, which no article knows. */
function isPutOff({ since }: Item, time = ''): boolean {
  return typeof since === 'string' && since < time;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
