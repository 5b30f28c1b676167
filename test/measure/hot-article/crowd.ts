import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Store } from '../../../functions/store/connection.ts';
import { Allowance, type PlayedTable } from './played-table.ts';
import { after, passTime, virtualNow } from './virtual-time.ts';

/** How a crowd that opened one article fared. */
export interface Fared {
  /** Milliseconds that each page took. */
  times: number[];
  uncounted: number;
  withoutNumber: number;
  /** Pages whose number was below what their reader must have caused. */
  tooLow: number;
  environments: number;
  /** Readers beyond what the API lets through. */
  refused: number;
}

export interface Crowd {
  perSecond: number;
  seconds: number;
  /** The stage's cap, if it has one. */
  requests?: { perSecond: number; burst: number } | undefined;
}

/** Counts one view and returns the number to show. Undefined if there is none; throws if the view was not counted. */
export type Page = (
  store: Store,
  view: { id: string; token: string; day: string },
) => Promise<number | undefined>;

/** Readers come by chance, so many a second; each takes an execution environment to itself, a new one if none is free. */
export async function openBy(
  table: PlayedTable,
  page: Page,
  { perSecond, seconds, requests }: Crowd,
): Promise<Fared> {
  const fared: Fared = { times: [], uncounted: 0, withoutNumber: 0, tooLow: 0, environments: 0, refused: 0 };
  const api = requests && new Allowance(requests.perSecond, requests.burst);
  const free: { store: Store; counted: number }[] = [];
  const crowd = crypto.randomUUID();

  async function open(token: string): Promise<void> {
    if (api && !api.has(1)) {
      fared.refused += 1;
      return;
    }
    api?.take(1);
    const began = virtualNow();
    const environment = free.pop() ?? {
      store: environmentOf(table, `${crowd}-${++fared.environments}`),
      counted: 0,
    };
    try {
      const shown = await page(environment.store, { id: 'tag:hot', token, day: '2026-06-01' });
      environment.counted += 1;
      if (shown === undefined) fared.withoutNumber += 1;
      else if (shown < environment.counted) fared.tooLow += 1;
    } catch {
      fared.uncounted += 1;
      fared.withoutNumber += 1;
    }
    fared.times.push(virtualNow() - began);
    free.push(environment);
  }

  let at = 0;
  for (let reader = 1; reader <= perSecond * seconds; reader++) {
    at += (-Math.log(1 - Math.random()) * 1000) / perSecond;
    after(at, () => void open(`view-${reader}`));
  }
  await passTime();
  return fared;
}

interface Request {
  headers: Record<string, string>;
  body: Uint8Array;
}

/** As long as a reader's invocation may wait for the database. */
const invocation = 10_000;

/** An environment knows of counters by the name of its table, so each has a name of its own for the one table. */
function environmentOf(table: PlayedTable, views: string): Store {
  const client = new DynamoDBClient({
    endpoint: 'http://dynamodb.invalid',
    region: 'us-east-1',
    credentials: { accessKeyId: 'played', secretAccessKey: 'played' },
    maxAttempts: 8,
    requestHandler: {
      async handle({ headers, body }: Request, { abortSignal }: { abortSignal?: AbortSignal } = {}) {
        abortSignal?.throwIfAborted();
        const operation = `${headers['x-amz-target']}`.split('.').at(-1) ?? '';
        const answer = await table.answer(operation, JSON.parse(new TextDecoder().decode(body)));
        abortSignal?.throwIfAborted();
        const bytes = new TextEncoder().encode(JSON.stringify(answer.body));
        return { response: { statusCode: answer.status, headers: {}, body: bytes } as never };
      },
    },
  });
  const send = client.send.bind(client) as (command: object, options: object) => Promise<never>;
  client.send = (command: object, options?: object) =>
    send(command, { abortSignal: AbortSignal.timeout(invocation), ...options });
  return { client, content: 'none', views };
}
