import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  DynamoDBStreamsServiceException,
  GetRecordsCommand,
  type GetRecordsOutput,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { clientSettings } from './account.ts';
import { deliver, type GivenUp } from './delivery.ts';
import { lambdaRecord } from './stream-record.ts';

const shortestPause = 10;
const longestPause = 250;
const pauseAfterError = 1000;

export interface StreamOptions {
  tableName: string;
  /** Only changes of items whose partition key begins with one of these are delivered. */
  keyPrefixes: string[];
  batchSize: number;
  retries: number;
  endpoint: string;
  invoke(event: DynamoDBStreamEvent): Promise<unknown>;
  giveUp(failure: GivenUp): void;
  log(line: string): void;
}

/**
 * Delivers what is written to a table to a function until closed, beginning with the oldest record that DynamoDB still has, of a
 * day ago at most. What was written before a restart is delivered once more, so that a change cannot be missed by it: the functions
 * are level-triggered, and a record that comes twice finds nothing left to do.
 */
export class Stream {
  readonly #options: StreamOptions;
  readonly #client: DynamoDBStreamsClient;
  readonly #arn: string;
  /** By shard; undefined once a shard has been read to its end. */
  readonly #iterators = new Map<string, string | undefined>();
  readonly #end = new AbortController();
  readonly #running: Promise<void>;
  #mayHaveNewShards = true;
  #waiting: (() => void)[] = [];
  #wake = () => {};

  private constructor(options: StreamOptions, arn: string) {
    this.#options = options;
    this.#client = new DynamoDBStreamsClient(clientSettings(options.endpoint));
    this.#arn = arn;
    this.#running = this.#run();
  }

  static async start(options: StreamOptions): Promise<Stream> {
    const client = new DynamoDBClient(clientSettings(options.endpoint));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: options.tableName }));
    client.destroy();
    if (!Table?.LatestStreamArn) throw new Error(`${options.tableName} has no stream`);
    return new Stream(options, Table.LatestStreamArn);
  }

  /** Resolves when everything that was written before the call has been handled or given up. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#wake();
    });
  }

  /** Ends after the invocation under way. */
  async close(): Promise<void> {
    this.#end.abort();
    this.#wake();
    await this.#running;
    this.#client.destroy();
  }

  async #run(): Promise<void> {
    let pause = shortestPause;
    while (!this.#end.signal.aborted) {
      const waiting = this.#waiting;
      this.#waiting = [];
      try {
        const count = await this.#readToEnd();
        for (const resolve of waiting) resolve();
        pause = count > 0 ? shortestPause : Math.min(pause * 2, longestPause);
        if (this.#waiting.length > 0) continue;
      } catch (error) {
        if (this.#end.signal.aborted) return;
        this.#waiting.unshift(...waiting);
        this.#options.log(`The stream of ${this.#options.tableName} cannot be read, trying again: ${error}`);
        pause = pauseAfterError;
      }
      await this.#sleep(pause);
    }
  }

  /** Answers how many records there were. */
  async #readToEnd(): Promise<number> {
    let count = 0;
    do {
      if (this.#mayHaveNewShards) await this.#openShards();
      for (const [shard, iterator] of this.#iterators) if (iterator) count += await this.#readShard(shard);
    } while (this.#mayHaveNewShards);
    return count;
  }

  async #openShards(): Promise<void> {
    for (const shard of await this.#listShards()) {
      if (this.#iterators.has(shard)) continue;
      const start = { StreamArn: this.#arn, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' } as const;
      const { ShardIterator } = await this.#client.send(new GetShardIteratorCommand(start));
      this.#iterators.set(shard, ShardIterator);
    }
    this.#mayHaveNewShards = false;
  }

  /** Parents before their children. */
  async #listShards(): Promise<string[]> {
    const shards: string[] = [];
    let last: string | undefined;
    do {
      const { StreamDescription: stream } = await this.#client.send(
        new DescribeStreamCommand({ StreamArn: this.#arn, ExclusiveStartShardId: last }),
      );
      shards.push(...(stream?.Shards ?? []).map(({ ShardId }) => ShardId as string));
      last = stream?.LastEvaluatedShardId;
    } while (last);
    return shards;
  }

  async #readShard(shard: string): Promise<number> {
    for (let count = 0; ; ) {
      const { Records = [], NextShardIterator: next } = await this.#readPage(shard);
      await this.#deliver(Records.map((record) => lambdaRecord(record, this.#arn)));
      count += Records.length;
      this.#iterators.set(shard, next);
      this.#mayHaveNewShards ||= !next;
      if (Records.length === 0 || !next) return count;
    }
  }

  async #readPage(shard: string): Promise<GetRecordsOutput> {
    const Limit = Math.min(this.#options.batchSize, 1000);
    const ShardIterator = this.#iterators.get(shard);
    try {
      return await this.#client.send(new GetRecordsCommand({ ShardIterator, Limit }));
    } catch (error) {
      // An iterator expires while the machine sleeps: the shard is read from its beginning again.
      if (error instanceof DynamoDBStreamsServiceException) {
        this.#iterators.delete(shard);
        this.#mayHaveNewShards = true;
      }
      throw error;
    }
  }

  async #deliver(records: DynamoDBRecord[]): Promise<void> {
    this.#end.signal.throwIfAborted();
    const { keyPrefixes, retries, invoke, giveUp } = this.#options;
    const accepted = records.filter(({ dynamodb }) =>
      keyPrefixes.some((prefix) => dynamodb?.Keys?.pk?.S?.startsWith(prefix)),
    );
    if (accepted.length > 0) await deliver(accepted, { retries, invoke, giveUp, signal: this.#end.signal });
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
