import { test } from 'vitest';
import type { Rates } from '../support/fault-proxy.ts';
import { loseNothing } from '../support/traffic/lose-nothing.ts';

const mixed: Rates = {
  ...{ throttle: 0.06, conflict: 0.05, errorBefore: 0.04, errorAfter: 0.04, unprocessed: 0.03 },
  ...{ lostRequest: 0.03, lostAnswer: 0.03, delay: 0.015, hang: 0.005 },
};

const busy = { editors: 16, steps: Number(process.env.COUNT ?? 32), patience: 3, slowness: 4 };

// Side by side: their time is the pauses before calls are repeated.
test.concurrent.for<[string, Rates]>([
  ['throttles two calls in five', { throttle: 0.4 }],
  ['loses a fifth of its answers', { lostAnswer: 0.2 }],
  ['loses a fifth of the requests', { lostRequest: 0.2 }],
  ['does a bit of everything to three calls in ten', mixed],
])('loses and doubles nothing while the database %s', ([, rates]) => loseNothing(rates, busy));
