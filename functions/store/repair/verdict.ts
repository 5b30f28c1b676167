import type { Item, Key } from '../item.ts';

/** What to do about an article or a row, and what cannot be mended. */
export interface Verdict {
  puts: { row: Item; was: Item | undefined }[];
  drops: { row: Item; why: string }[];
  broken: { row: Item; what: string }[];
  /** The other rows that the verdict depends on; `was` is undefined where there is none. */
  grounds: { key: Key; was: object | undefined }[];
}

/** What a verdict changes. */
export type Change = Partial<Pick<Verdict, 'puts' | 'drops'>>;

export function drop(row: Item, why: string): Change {
  return { drops: [{ row, why }] };
}
