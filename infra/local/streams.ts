import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { account, clientSettings, functionId } from './account.ts';
import { FunctionError } from './environment.ts';
import type { Invoke, Log } from './functions.ts';
import type { FindKnown, KnownResource } from './resources.ts';
import { requireByPrefix } from './template.ts';

const pauseMilliseconds = 250;
const pauseAfterError = 1000;

/** What a function could not handle in all its attempts. */
export interface GivenUp {
  records: DynamoDBRecord[];
  attempts: number;
}

export interface StreamsOptions {
  find: FindKnown;
  tables: TableDescription[];
  /** Of DynamoDB. */
  endpoint: string;
  /** Where it is noted which change was delivered last: a restart begins after it. Belongs to the database's files. */
  notesDir: string | undefined;
  invoke: Invoke;
  log: Log;
}

export interface Streams {
  /** What went to a failure queue. */
  failed(queuePrefix: string): GivenUp[];
  /** Resolves when everything that was written before the call has been handled. */
  drained(): Promise<void>;
  /** Ends after the batch under way. */
  close(): Promise<void>;
}

/** Sets the template's event source mappings to work, from the oldest record on, which is at most a day old. */
export function startStreams(options: StreamsOptions): Streams {
  const { find, tables, endpoint, notesDir, invoke, log } = options;
  const queues = new Map<string, GivenUp[]>(find('AWS::SQS::Queue').map(({ id }) => [id, []]));
  const client = new DynamoDBStreamsClient(clientSettings(endpoint));
  const ending = new AbortController();
  const { signal } = ending;
  const pause = (milliseconds: number) => delay(milliseconds, undefined, { signal }).catch(() => {});
  const streams = find('AWS::Lambda::EventSourceMapping').map(follow);
  const running = Promise.all(
    streams.map(async (readRound) => {
      for (; !signal.aborted; await pause(pauseMilliseconds)) await readRound();
    }),
  );
  return {
    failed: (queuePrefix) => requireByPrefix(queues, queuePrefix),
    async drained() {
      await Promise.all(streams.map((readRound) => readRound()));
    },
    async close() {
      ending.abort();
      await running;
      client.destroy();
    },
  };

  /** Answers how to read, and deliver, what is written by now. */
  function follow({ id, properties }: KnownResource<'AWS::Lambda::EventSourceMapping'>): () => Promise<void> {
    const target = functionId(properties.FunctionName);
    const [, tableName] = properties.EventSourceArn.split('/');
    const StreamArn = tables.find(({ TableName }) => TableName === tableName)?.LatestStreamArn ?? '';
    const [{ Pattern }] = properties.FilterCriteria.Filters;
    const queue = queues.get(properties.DestinationConfig.OnFailure.Destination.split(':')[5] ?? '');
    const note = notesDir && join(notesDir, `delivered-${id}`);
    let last = note && existsSync(note) ? readFileSync(note, 'utf8') : '';
    /** By shard, parents before their children; undefined once a shard has been read to its end. */
    const iterators = new Map<string, string | undefined>();
    let lastRound = Promise.resolve();
    // Rounds follow one another: the next one finds what is written by now.
    return () => (lastRound = lastRound.then(readWithRetries));

    async function readWithRetries(): Promise<void> {
      try {
        if (iterators.size === 0) await openShards();
        for (const shard of iterators.keys()) await readShard(shard);
      } catch (error) {
        if (signal.aborted) return;
        log(`The stream ${StreamArn} cannot be read, trying again: ${error}`);
        // An iterator expires while the machine sleeps.
        iterators.clear();
        await pause(pauseAfterError);
        await readWithRetries();
      }
    }

    async function openShards(): Promise<void> {
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
      for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
        if (iterators.has(ShardId)) continue;
        const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
        iterators.set(ShardId, (await client.send(new GetShardIteratorCommand(start))).ShardIterator);
      }
    }

    async function readShard(shard: string): Promise<void> {
      for (let iterator = iterators.get(shard); iterator; iterator = iterators.get(shard)) {
        const page = new GetRecordsCommand({ ShardIterator: iterator, Limit: properties.BatchSize });
        const { Records = [], NextShardIterator } = await client.send(page);
        signal.throwIfAborted();
        if (Records.length > 0) await handle(Records);
        iterators.set(shard, NextShardIterator);
        // The shard was closed, and has a child.
        if (!NextShardIterator) await openShards();
        if (Records.length === 0) return;
      }
    }

    async function handle(records: _Record[]): Promise<void> {
      const wanted = records
        .filter((record) => sequenceOf(record) > last)
        .filter(({ dynamodb }) =>
          Pattern.dynamodb.Keys.pk.S.some(({ prefix }) => dynamodb?.Keys?.pk?.S?.startsWith(prefix)),
        );
      if (wanted.length > 0) await deliver(wanted.map((record) => lambdaRecord(record, StreamArn)));
      last = records.map(sequenceOf).at(-1) ?? last;
      if (note) writeFileSync(note, last);
    }

    /** Until each record is handled or given up, as Lambda does for a mapping that bisects and hears of partial failures. */
    async function deliver(records: DynamoDBRecord[], failures = 0): Promise<void> {
      const failed = await findFirstFailure(records, (Records) => invoke(target, { Records }));
      if (failed === undefined) return;
      if (failed > 0) {
        await deliver(records.slice(failed));
      } else if (records.length > 1) {
        // Halving uses up no attempt.
        const middle = Math.ceil(records.length / 2);
        await deliver(records.slice(0, middle), failures);
        await deliver(records.slice(middle), failures);
      } else if (failures < properties.MaximumRetryAttempts) {
        await delay(Math.min(10 * 2 ** failures, 10_000), undefined, { signal });
        await deliver(records, failures + 1);
      } else {
        queue?.push({ records, attempts: failures + 1 });
        log(`${target} failed: ${records.length} of ${tableName}'s changes given up`);
      }
    }
  }
}

/** DynamoDB Local counts all changes of a database, in digits of one length. */
function sequenceOf({ dynamodb }: _Record): string {
  return dynamodb?.SequenceNumber ?? '';
}

/** The position of the first record that was not handled, below 1 for the whole batch; undefined when all were. */
async function findFirstFailure(
  records: DynamoDBRecord[],
  invoke: (records: DynamoDBRecord[]) => Promise<unknown>,
): Promise<number | undefined> {
  try {
    const failures = ((await invoke(records)) as DynamoDBBatchResponse | null)?.batchItemFailures ?? [];
    if (failures.length === 0) return undefined;
    const failed = failures.map(({ itemIdentifier }) => itemIdentifier);
    // An identifier that is not in the batch, at -1, fails all of it.
    return Math.min(
      ...failed.map((id) => records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === id)),
    );
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return 0;
  }
}

/** As Lambda hands it to functions: binary values as base64 and times as seconds. */
export function lambdaRecord(record: _Record, eventSourceARN: string): DynamoDBRecord {
  return { ...(toPlainValues(record) as DynamoDBRecord), awsRegion: account.region, eventSourceARN };
}

function toPlainValues(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toPlainValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toPlainValues(inner)]));
}
