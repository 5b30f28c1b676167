import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, answerWith, type Call, writtenItems } from './call.ts';
import { internalError, refuseForConflict, throttles } from './refusals.ts';

/** A call on its way through the proxy. */
export interface Passage {
  call: Call;
  outgoing: ServerResponse;
  /** From 0 up to 1, for what else is to be decided. */
  chance: number;
  /** Has DynamoDB answer the call, or another in its place. */
  ask(call: Call): Promise<Answer>;
}

const delayMs = 50;

/** What can happen to a call. */
export const kinds = {
  throttle({ outgoing, chance }) {
    answerWith(outgoing, throttles[Math.floor(chance * throttles.length)] ?? throttles[0]);
  },
  conflict({ call, outgoing, chance }) {
    answerWith(outgoing, refuseForConflict(call, [Math.floor(chance * writtenItems(call).length)]));
  },
  errorBefore({ outgoing }) {
    answerWith(outgoing, internalError);
  },
  async errorAfter({ call, outgoing, ask }) {
    await ask(call);
    answerWith(outgoing, internalError);
  },
  lostRequest({ outgoing }) {
    outgoing.destroy();
  },
  async lostAnswer({ call, outgoing, ask }) {
    await ask(call);
    outgoing.destroy();
  },
  async delay({ call, outgoing, ask }) {
    await pause(delayMs);
    answerWith(outgoing, await ask(call));
  },
  /** Never reaches DynamoDB, and has no answer until the client gives up. */
  hang() {},
  /** The second half of a batch is left to be asked for once more. */
  async unprocessed({ call, outgoing, ask }) {
    const tables = Object.entries<{ Keys: object[] }>(call.body.RequestItems);
    const part = (cut: (keys: object[]) => object[]) =>
      Object.fromEntries(
        tables
          .map(([table, batch]) => [table, { ...batch, Keys: cut(batch.Keys) }] as const)
          .filter(([, { Keys }]) => Keys.length > 0),
      );
    const half = ({ length }: object[]) => Math.ceil(length / 2);
    const RequestItems = part((keys) => keys.slice(0, half(keys)));
    const UnprocessedKeys = part((keys) => keys.slice(half(keys)));
    const { status, body } = await ask({ ...call, body: { ...call.body, RequestItems } });
    answerWith(outgoing, { status, body: { ...body, UnprocessedKeys } });
  },
} satisfies Record<string, (passage: Passage) => void | Promise<void>>;

export type FaultKind = keyof typeof kinds;

export function canBefall(kind: FaultKind, call: Call): boolean {
  if (kind === 'unprocessed') return call.operation === 'BatchGetItem';
  return kind !== 'conflict' || writtenItems(call).length > 0;
}
