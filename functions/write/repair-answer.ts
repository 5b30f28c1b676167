import type { RepairedJson } from '../api/answers.ts';
import { type RepairedPage, type RepairPlace, repairSteps } from '../store/repair/repair-page.ts';

/** A page of a repair, and how far the whole has come. */
export function describeRepaired({ next, ...page }: RepairedPage): RepairedJson {
  return {
    ...page,
    ...{ done: next?.step ?? repairSteps, steps: repairSteps },
    next: next ? `/repair?cursor=${writeCursor(next)}` : null,
  };
}

function writeCursor({ step, after }: RepairPlace): string {
  return Buffer.from(JSON.stringify([step, ...(after ? [after.pk, after.sk] : [])])).toString('base64url');
}

/** The place that a cursor of ours tells; without one the run begins. Undefined for any other. */
export function readRepairCursor(cursor: string | undefined): RepairPlace | undefined {
  if (cursor === undefined) return { step: 0 };
  const [step, pk, sk] = parse(Buffer.from(cursor, 'base64url').toString());
  const isStep = Number.isInteger(step) && Number(step) >= 0 && Number(step) < repairSteps;
  if (!isStep || typeof pk !== typeof sk) return undefined;
  if (typeof pk !== 'string' || typeof sk !== 'string') return { step: Number(step) };
  return { step: Number(step), after: { pk, sk } };
}

function parse(text: string): unknown[] {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
