import crypto from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { randomNumbers } from '../../support/random-numbers.ts';

interface Event {
  at: number;
  happen: () => void;
}

/** What is still to come, the next one last. */
const events: Event[] = [];
let now = 0;
const turn = setImmediate;

/** Milliseconds since the beginning. */
export function virtualNow(): number {
  return now;
}

export function after(ms: number, happen: () => void): Event {
  const event = { at: now + Math.max(0, ms), happen };
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.at ?? 0) > event.at) low = middle + 1;
    else high = middle;
  }
  events.splice(low, 0, event);
  return event;
}

/**
 * Replaces the timers, the clock and the chance of this process: hours pass as fast as their events are worked off, and a seed decides
 * everything. Nothing of the process may wait for anything real.
 */
export function enterVirtualTime(seed: number): void {
  const start = Date.now();
  const random = randomNumbers(seed);
  Math.random = random;
  Date.now = () => start + now;
  performance.now = () => now;
  Object.assign(globalThis, {
    setTimeout: (happen: () => void, ms = 0) => ({ ...after(ms, happen), unref() {}, ref() {} }),
    clearTimeout() {},
  });
  Object.assign(crypto, {
    randomInt: (one: number, other?: number) =>
      other === undefined ? Math.floor(random() * one) : one + Math.floor(random() * (other - one)),
  });
  Object.assign(timers, {
    setTimeout: (ms: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        after(ms, () => resolve(value));
      }),
  });
  syncBuiltinESMExports();
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    after(ms, () => controller.abort(new DOMException('Time is up', 'TimeoutError')));
    return controller.signal;
  };
}

/** Works off everything to come, and ends when nothing is left. */
export async function passTime(): Promise<void> {
  for (let event = events.pop(); event; event = events.pop()) {
    now = event.at;
    event.happen();
    // All that follows at once takes place in microtasks.
    await new Promise((resolve) => turn(resolve));
  }
}
