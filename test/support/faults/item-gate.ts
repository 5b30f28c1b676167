import { type Answer, type Call, writtenItems } from './call.ts';
import { refuseForConflict, refuseForHeat } from './refusals.ts';

export interface ItemLimits {
  /** How many writes of one item are let through in a second. */
  writesPerSecond?: number;
  /** Whether a write is refused while a transaction with the same item is in flight. */
  exclusive?: boolean;
}

/** What DynamoDB Local knows nothing of: that one item can only take so much. */
export class ItemGate {
  readonly #limits: ItemLimits;
  readonly #inFlight = new Set<string>();
  #second = 0;
  #written = new Map<string, number>();

  constructor(limits: ItemLimits) {
    this.#limits = limits;
  }

  /** Why the call is refused, and with what answer; otherwise it may go on, and is in flight until `leave`. */
  enter(call: Call): { why: 'limited' | 'overlapped'; answer: Answer } | undefined {
    const { writesPerSecond = Number.POSITIVE_INFINITY, exclusive = false } = this.#limits;
    const items = writtenItems(call);
    const written = this.#writtenThisSecond();
    const full = indicesOf(items, (item) => (written.get(item) ?? 0) >= writesPerSecond);
    if (full.length > 0) return { why: 'limited', answer: refuseForHeat(call, full) };
    const busy = indicesOf(items, (item) => exclusive && this.#inFlight.has(item));
    if (busy.length > 0) return { why: 'overlapped', answer: refuseForConflict(call, busy) };
    for (const item of items) written.set(item, (written.get(item) ?? 0) + 1);
    if (call.operation === 'TransactWriteItems') for (const item of items) this.#inFlight.add(item);
    return undefined;
  }

  leave(call: Call): void {
    if (call.operation === 'TransactWriteItems')
      for (const item of writtenItems(call)) this.#inFlight.delete(item);
  }

  #writtenThisSecond(): Map<string, number> {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#written = new Map();
    this.#second = second;
    return this.#written;
  }
}

function indicesOf(items: string[], test: (item: string) => boolean): number[] {
  return items.flatMap((item, index) => (test(item) ? [index] : []));
}
