import { setTimeout as delay } from 'node:timers/promises';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { clientSettings } from './account.ts';

const pauseMilliseconds = 250;
const pauseAfterError = 1000;

export interface StreamOptions {
  arn: string;
  /** Of DynamoDB. */
  endpoint: string;
  batchSize: number;
  /** Handles records in the order of their writes, one batch at a time; may reject once the signal is aborted. */
  handle(records: _Record[], signal: AbortSignal): Promise<void>;
  log(line: string): void;
}

export interface Stream {
  /** Resolves when everything that was written before the call has been handled. */
  drained(): Promise<void>;
  /** Ends after the batch under way. */
  close(): Promise<void>;
}

/**
 * Reads a table's stream until closed, from its oldest record on, which is at most a day old. After an error `handle` gets all
 * records once more.
 */
export function followStream({ arn, endpoint, batchSize, handle, log }: StreamOptions): Stream {
  const client = new DynamoDBStreamsClient(clientSettings(endpoint));
  const ending = new AbortController();
  const { signal } = ending;
  /** By shard, parents before their children; undefined once a shard has been read to its end. */
  const iterators = new Map<string, string | undefined>();
  let lastRound = Promise.resolve();

  /** Rounds follow one another: the next one finds what is written by now. */
  function readRound(): Promise<void> {
    lastRound = lastRound.then(readWithRetries);
    return lastRound;
  }

  async function readWithRetries(): Promise<void> {
    try {
      if (iterators.size === 0) await openShards();
      for (const shard of iterators.keys()) await readShard(shard);
    } catch (error) {
      if (signal.aborted) return;
      log(`The stream ${arn} cannot be read, trying again: ${error}`);
      // An iterator expires while the machine sleeps.
      iterators.clear();
      await delay(pauseAfterError, undefined, { signal }).catch(() => {});
      await readWithRetries();
    }
  }

  async function openShards(): Promise<void> {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: arn }));
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      if (iterators.has(ShardId)) continue;
      const start = { StreamArn: arn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
      iterators.set(ShardId, (await client.send(new GetShardIteratorCommand(start))).ShardIterator);
    }
  }

  async function readShard(shard: string): Promise<void> {
    for (let iterator = iterators.get(shard); iterator; iterator = iterators.get(shard)) {
      const page = new GetRecordsCommand({ ShardIterator: iterator, Limit: batchSize });
      const { Records = [], NextShardIterator } = await client.send(page);
      signal.throwIfAborted();
      if (Records.length > 0) await handle(Records, signal);
      iterators.set(shard, NextShardIterator);
      // The shard was closed, and has a child.
      if (!NextShardIterator) await openShards();
      if (Records.length === 0) return;
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await readRound();
      await delay(pauseMilliseconds, undefined, { signal }).catch(() => {});
    }
    client.destroy();
  }

  const running = run();
  return {
    drained: readRound,
    async close() {
      ending.abort();
      await running;
    },
  };
}
