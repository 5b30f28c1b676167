import type { Item } from '../item.ts';
import { corrected, type Finding, removed } from './finding.ts';
import type { Repair } from './plan-repair.ts';

/** What is to be done about a row, and why. */
export interface Verdict extends Omit<Repair, 'grounds'> {
  findings: Finding[];
}

export function dropped(row: Item, why: string): Verdict {
  return { puts: [], drops: [row], findings: [removed(row, why)] };
}

export function replaced(was: Item, row: Item): Verdict {
  return { puts: [{ row, was }], drops: [], findings: [corrected(row, was)] };
}
