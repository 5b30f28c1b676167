import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { knownCounter, readRows } from './counter.ts';
import { isHopeless, isRefused } from './counting-errors.ts';
import { toAttributes } from './item.ts';
import { spreadCounter } from './spread-counter.ts';
import { viewsKey } from './table.ts';
import { triedOnce } from './tried-once.ts';
import { dayAttribute, outdatedOn } from './view-days.ts';

/** How long a page may wait for its count, in milliseconds. */
const deadline = 2_000;
const requestTimeout = 500;

export interface View {
  /** Of the article. */
  id: string;
  /** 1–36 characters that no other view has. */
  token: string;
  /** The calendar day that it counts for, such as 2026-11-25. */
  day: string;
}

/**
 * Counts one view exactly once; throws when it could not be counted in time. One that DynamoDB left without any answer until then may
 * have been counted all the same.
 *
 * A transaction with one ADD, because DynamoDB applies a transaction's token once however often it is sent: a plain ADD counts
 * again when only its answer was lost and it is repeated.
 */
export async function countView(store: Store, { id, token, day }: View): Promise<void> {
  const abortSignal = AbortSignal.timeout(deadline);
  // What begins later than this could be cut off with its outcome unknown.
  const lastBeginning = AbortSignal.timeout(deadline - requestTimeout);
  // Made once: DynamoDB takes a token for one and the same update, and the day may end between two tries.
  const addition = additionFor(store, id, day);
  let row = randomInt(knownCounter(store, id).rows);
  let refusals = 0;
  let mayBeApplied = false;
  for (let attempt = 1; ; attempt++) {
    const ClientRequestToken = refusals === 0 ? token : `${token.slice(0, 33)}-${refusals}`;
    const Update = { ...addition, Key: toAttributes(viewsKey(id, row)) };
    const command = new TransactWriteItemsCommand({ ClientRequestToken, TransactItems: [{ Update }] });
    try {
      await store.client.send(triedOnce(command), { abortSignal, requestTimeout });
      return;
    } catch (error) {
      if (isHopeless(error) || abortSignal.aborted) throw error;
      // A refusal tells of this try alone: after one that may have been applied, another row or token could count the view twice.
      mayBeApplied ||= !isRefused(error);
      if (!mayBeApplied) {
        if (lastBeginning.aborted) throw error;
        refusals += 1;
        row = await spreadCounter(store, { id, row, refusals, abortSignal });
      }
      await pause(randomInt(10 * 2 ** Math.min(attempt, 4)), undefined, { signal: abortSignal }).catch(() => {
        throw error;
      });
    }
  }
}

/** The count as of every answered write. */
export async function readViews(store: Store, id: string): Promise<number> {
  const rows = await readRows(store, id);
  return rows.reduce((sum, { n }) => sum + n, 0);
}

function additionFor(store: Store, id: string, day: string) {
  const outdated = new Set([...outdatedOn(day), ...knownCounter(store, id).outdated]);
  return {
    TableName: store.views,
    UpdateExpression: `ADD n :one, ${dayAttribute(day)} :one REMOVE ${[...outdated].join(', ')}`,
    ExpressionAttributeValues: toAttributes({ ':one': 1 }),
  };
}
