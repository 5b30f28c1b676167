import { once } from 'node:events';
import { Agent } from 'node:http';
import { listen } from '../../infra/local/server.ts';
import { type Answer, answerWith, type Call, forward, readCall } from './faults/call.ts';
import { ItemGate, type ItemLimits } from './faults/item-gate.ts';
import { canBefall, type FaultKind, kinds } from './faults/kinds.ts';
import { randomNumbers } from './random-numbers.ts';

/** The share of calls that each kind of fault befalls. */
export type Rates = Partial<Record<FaultKind, number>>;

/** By operation, such as GetItem; `any` holds for all others that read or write items. */
export type Faults = Record<string, Rates>;

interface FaultOptions {
  faults?: Faults;
  limits?: ItemLimits;
  seed: number;
}

export interface FaultProxy {
  endpoint: string;
  /** May be replaced at any time. */
  faults: Faults;
  /** May be set at any time: what this call gets instead of all else. */
  intercept: (call: Call) => Answer | undefined;
  /** How many calls met what so far: DynamoDB has answered those that `passed`, an item's limits have refused the `limited` and the `overlapped`. */
  counts: Record<FaultKind | 'passed' | 'limited' | 'overlapped', number>;
  close(): Promise<void>;
}

const onItems = /^(Batch|Transact)?(Get|Put|Update|Delete|Write)Items?$|^(Query|Scan)$/;

/** Stands between the functions and DynamoDB Local and does to their calls what the seed decides. */
export async function startFaultProxy(target: string, options: FaultOptions): Promise<FaultProxy> {
  const random = randomNumbers(options.seed);
  const gate = new ItemGate(options.limits ?? {});
  const agent = new Agent({ keepAlive: true });
  const none = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const counts = { ...none, passed: 0, limited: 0, overlapped: 0 };

  const ask = async (call: Call) => {
    const refused = gate.enter(call);
    if (refused) {
      counts[refused.why] += 1;
      return refused.answer;
    }
    try {
      const answer = await forward(target, agent, call);
      counts.passed += 1;
      return answer;
    } finally {
      gate.leave(call);
    }
  };

  const { server, url } = await listen(0, async (incoming, outgoing) => {
    try {
      const call = await readCall(incoming);
      const intercepted = proxy.intercept(call);
      if (intercepted) return answerWith(outgoing, intercepted);
      const kind = pick(ratesOf(proxy.faults, call), random());
      const chance = random();
      if (kind && canBefall(kind, call)) {
        counts[kind] += 1;
        await kinds[kind]({ call, outgoing, chance, ask });
      } else answerWith(outgoing, await ask(call));
    } catch {
      // A connection that breaks on one side is broken on the other, too.
      outgoing.destroy();
    }
  });
  const proxy: FaultProxy = {
    endpoint: url,
    faults: options.faults ?? {},
    intercept: () => undefined,
    counts,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
  return proxy;
}

function ratesOf(faults: Faults, { operation }: Call): Rates {
  return faults[operation] ?? (onItems.test(operation) ? faults.any : undefined) ?? {};
}

/** The kind in whose share of the range from 0 to 1 the number lies. */
function pick(rates: Rates, number: number): FaultKind | undefined {
  let upTo = 0;
  for (const [kind, rate] of Object.entries(rates)) {
    upTo += rate;
    if (number < upTo) return kind as FaultKind;
  }
  return undefined;
}
