import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Checkpoints } from './checkpoints.ts';
import { deliver } from './delivery.ts';
import type { EventSource } from './event-source.ts';
import { type InvocationRecord, invocationRecord } from './invocation-record.ts';
import { StreamReader } from './stream-reader.ts';

const shortestPause = 10;
const longestPause = 250;
const pauseAfterError = 1000;

export interface StreamOptions {
  source: EventSource;
  checkpoints: Checkpoints;
  endpoint: string;
  invoke(event: DynamoDBStreamEvent): Promise<unknown>;
  /** Takes what the function could not handle in all its attempts. */
  giveUp(record: InvocationRecord): void;
  log(line: string): void;
}

/** Delivers what is written to a table to a function, until closed: often while there is something, seldom in between. */
export class Stream {
  readonly #options: StreamOptions;
  readonly #reader: StreamReader;
  readonly #end = new AbortController();
  readonly #running: Promise<void>;
  #waiting: (() => void)[] = [];
  #wake = () => {};

  private constructor(options: StreamOptions, reader: StreamReader) {
    this.#options = options;
    this.#reader = reader;
    this.#running = this.#run();
  }

  static async start(options: StreamOptions): Promise<Stream> {
    const { source, checkpoints, endpoint } = options;
    return new Stream(options, await StreamReader.open(source, checkpoints, endpoint));
  }

  /** Resolves when everything that was written before the call has been handled or given up. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#wake();
    });
  }

  /** Ends after the invocation under way; a batch that is not handled to its end is delivered again after a restart. */
  async close(): Promise<void> {
    this.#end.abort();
    this.#wake();
    await this.#running;
    this.#reader.close();
  }

  async #run(): Promise<void> {
    let pause = shortestPause;
    while (!this.#end.signal.aborted) {
      const waiting = this.#waiting;
      this.#waiting = [];
      try {
        const count = await this.#reader.readToEnd((records, shard) => this.#deliver(records, shard));
        for (const resolve of waiting) resolve();
        pause = count > 0 ? shortestPause : Math.min(pause * 2, longestPause);
        if (this.#waiting.length > 0) continue;
      } catch (error) {
        if (this.#end.signal.aborted) return;
        this.#waiting.unshift(...waiting);
        this.#options.log(
          `The stream of ${this.#options.source.tableName} cannot be read, trying again: ${error}`,
        );
        pause = pauseAfterError;
      }
      await this.#sleep(pause);
    }
  }

  async #deliver(records: DynamoDBRecord[], shard: string): Promise<void> {
    this.#end.signal.throwIfAborted();
    const { source, invoke, giveUp } = this.#options;
    const accepted = records.filter(source.accepts);
    if (accepted.length === 0) return;
    await deliver(accepted, {
      source,
      invoke,
      giveUp: (lost, attempts) => giveUp(invocationRecord(source.functionId, shard, lost, attempts)),
      signal: this.#end.signal,
    });
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
