import { isDeepStrictEqual } from 'node:util';
import type { Item, Key } from '../item.ts';
import { nameOfRow } from './row-names.ts';

/** One thing that was wrong, and what was done about it; nothing, where an article itself is broken. */
export interface Finding {
  outcome: 'added' | 'corrected' | 'removed' | 'broken';
  /** The keys of the row, for whoever looks into the table. */
  row: string;
  /** In a newcomer's words. */
  what: string;
}

export function added(row: Item): Finding {
  return { outcome: 'added', row: keyText(row), what: `${nameOfRow(row)}: it was missing` };
}

export function corrected(row: Item, was: Item): Finding {
  const names = [...new Set([...Object.keys(was), ...Object.keys(row)])];
  const wrong = names.filter((name) => !isDeepStrictEqual(was[name], row[name])).join(', ');
  return { outcome: 'corrected', row: keyText(row), what: `${nameOfRow(row)}: it was wrong in ${wrong}` };
}

export function removed(row: Item, why: string): Finding {
  return { outcome: 'removed', row: keyText(row), what: `${nameOfRow(row)}: ${why}` };
}

export function broken(row: Key, what: string): Finding {
  return { outcome: 'broken', row: keyText(row), what };
}

function keyText({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}
