import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { connectStore } from '../../../functions/store/connection.ts';
import { countView } from '../../../functions/store/count-view.ts';
import { readViews } from '../../../functions/store/counter.ts';
import { repeat } from '../repeat.ts';
import type { Counted, Order } from './readers.ts';

// A process full of readers: it counts as it is told, and says how that went.

const { ids, views, atOnce, perSecond, plain, patience = 1 }: Order = JSON.parse(process.argv[2] ?? '');
const store = connectStore();
const plainClient = new DynamoDBClient({});
const counted: Counted = { missed: 0, unread: 0, wrong: 0, slowest: 0 };
const own = new Map<string, number>();
bePatient();

/** Has the deadline of a view, and that of each try, come later. */
function bePatient(): void {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(ms * patience);
  const { requestHandler } = store.client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options: { requestTimeout?: number } = {}) =>
    handle(
      request,
      options.requestTimeout ? { ...options, requestTimeout: options.requestTimeout * patience } : options,
    );
}

async function open(index: number): Promise<void> {
  const id = ids[index % ids.length] ?? '';
  const started = performance.now();
  try {
    await (plain ? addOne(id) : countView(store, { id, token: crypto.randomUUID(), day: '2026-06-01' }));
  } catch {
    counted.missed += 1;
    return;
  } finally {
    counted.slowest = Math.max(counted.slowest, Math.round(performance.now() - started));
  }
  own.set(id, (own.get(id) ?? 0) + 1);
  const least = own.get(id) ?? 0;
  const shown = await readViews(store, id).catch(() => undefined);
  if (shown === undefined) counted.unread += 1;
  else if (shown < least) counted.wrong += 1;
}

/** As others count: an ADD, under the SDK's own retries. */
async function addOne(id: string): Promise<void> {
  await plainClient.send(
    new UpdateItemCommand({
      TableName: store.views,
      Key: { pk: { S: `VIEWS#${id}` } },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
}

/** Whether those before have been answered or not. */
async function openSteadily(perSecond: number): Promise<void> {
  const started = performance.now();
  const opened: Promise<void>[] = [];
  for (let index = 0; index < views; index++) {
    await pause(started + (index * 1000) / perSecond - performance.now());
    opened.push(open(index));
  }
  await Promise.all(opened);
}

await (perSecond ? openSteadily(perSecond) : repeat(views, atOnce, open));
console.log(JSON.stringify(counted));
