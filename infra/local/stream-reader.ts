import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsOutput,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { clientSettings } from './account.ts';
import type { Checkpoints, Place, Places } from './checkpoints.ts';
import type { EventSource } from './event-source.ts';
import { lambdaRecord } from './stream-record.ts';

/** Records are kept for a day. Once all are gone, a restarted DynamoDB Local counts from the beginning again. */
const trustedSeconds = 23 * 3600;

/** Takes records of one shard, which count as read once the promise has resolved. */
export type HandleRecords = (records: DynamoDBRecord[], shard: string) => Promise<void>;

/** Reads a table's stream for one event source mapping: each shard in order, from where it was before a restart. */
export class StreamReader {
  readonly #source: EventSource;
  readonly #checkpoints: Checkpoints;
  readonly #client: DynamoDBStreamsClient;
  readonly #arn: string;
  readonly #iterators = new Map<string, string>();
  #mayHaveNewShards = true;

  private constructor(source: EventSource, checkpoints: Checkpoints, endpoint: string, arn: string) {
    this.#source = source;
    this.#checkpoints = checkpoints;
    this.#client = new DynamoDBStreamsClient(clientSettings(endpoint));
    this.#arn = arn;
  }

  /** Once resolved, what is written is read, even for a mapping that starts at the latest record. */
  static async open(source: EventSource, checkpoints: Checkpoints, endpoint: string): Promise<StreamReader> {
    const client = new DynamoDBClient(clientSettings(endpoint));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: source.tableName }));
    client.destroy();
    if (!Table?.LatestStreamArn) throw new Error(`${source.id}: ${source.tableName} has no stream`);
    const reader = new StreamReader(source, checkpoints, endpoint, Table.LatestStreamArn);
    const isNew = Object.keys(checkpoints.placesOf(source.id)).length === 0;
    await reader.#openShards(isNew ? source.startingPosition : 'TRIM_HORIZON');
    return reader;
  }

  /** Answers how many records there were. */
  async readToEnd(handle: HandleRecords): Promise<number> {
    let count = 0;
    do {
      if (this.#mayHaveNewShards) await this.#openShards('TRIM_HORIZON');
      for (const shard of [...this.#iterators.keys()]) count += await this.#readShard(shard, handle);
    } while (this.#mayHaveNewShards);
    return count;
  }

  close(): void {
    this.#client.destroy();
  }

  get #places(): Places {
    return this.#checkpoints.placesOf(this.#source.id);
  }

  #keep(places: Places): void {
    this.#checkpoints.keep(this.#source.id, places);
  }

  async #openShards(start: 'TRIM_HORIZON' | 'LATEST'): Promise<void> {
    const shards = await this.#shards();
    this.#keep(Object.fromEntries(Object.entries(this.#places).filter(([shard]) => shards.includes(shard))));
    for (const shard of shards.filter((id) => !this.#iterators.has(id) && this.#places[id] !== 'end'))
      this.#iterators.set(shard, await this.#iterator(shard, start));
    this.#mayHaveNewShards = false;
  }

  /** Parents before their children. */
  async #shards(): Promise<string[]> {
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

  async #iterator(shard: string, start: 'TRIM_HORIZON' | 'LATEST'): Promise<string> {
    const position = startAfter(this.#places[shard]) ?? { ShardIteratorType: start };
    const { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand({ StreamArn: this.#arn, ShardId: shard, ...position }),
    );
    return ShardIterator as string;
  }

  async #readShard(shard: string, handle: HandleRecords): Promise<number> {
    for (let count = 0; ; ) {
      const page = await this.#page(shard);
      const records = (page.Records ?? []).map((record) => lambdaRecord(record, this.#arn));
      if (records.length > 0) await handle(records, shard);
      count += records.length;
      const next = page.NextShardIterator;
      const place = next ? placeOf(records.at(-1)) : 'end';
      if (place) this.#keep({ ...this.#places, [shard]: place });
      if (next) this.#iterators.set(shard, next);
      else this.#forget(shard);
      if (!next || records.length === 0) return count;
    }
  }

  /** Rejects after a sleep longer than iterators live: reading again opens the shard anew, where it was. */
  async #page(shard: string): Promise<GetRecordsOutput> {
    const Limit = Math.min(this.#source.batchSize, 1000);
    const ShardIterator = this.#iterators.get(shard);
    try {
      return await this.#client.send(new GetRecordsCommand({ ShardIterator, Limit }));
    } catch (error) {
      this.#forget(shard);
      throw error;
    }
  }

  #forget(shard: string): void {
    this.#iterators.delete(shard);
    this.#mayHaveNewShards = true;
  }
}

function placeOf(record: DynamoDBRecord | undefined): Place | undefined {
  const { SequenceNumber: sequenceNumber, ApproximateCreationDateTime: createdAt = 0 } =
    record?.dynamodb ?? {};
  return sequenceNumber === undefined ? undefined : { sequenceNumber, createdAt };
}

function startAfter(place: Place | undefined) {
  if (!place || place === 'end' || Date.now() / 1000 - place.createdAt > trustedSeconds) return undefined;
  return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place.sequenceNumber } as const;
}
