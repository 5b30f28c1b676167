import { join } from 'node:path';
import { Checkpoints } from './checkpoints.ts';
import { eventSources } from './event-source.ts';
import type { Functions, Log } from './functions.ts';
import type { InvocationRecord } from './invocation-record.ts';
import { Stream } from './stream.ts';
import { type FindResources, requireByPrefix } from './template.ts';

export interface StreamsOptions {
  find: FindResources;
  endpoint: string;
  /** Keeps how far each stream has been read. */
  dataDir: string | undefined;
  invoke: Functions['invoke'];
  log: Log;
}

/** The template's event source mappings at work, and what they gave up, by the queue they send it to. */
export interface Streams {
  drained(): Promise<void>;
  failed(queuePrefix: string): InvocationRecord[];
  close(): Promise<void>;
}

export async function startStreams({
  find,
  endpoint,
  dataDir,
  invoke,
  log,
}: StreamsOptions): Promise<Streams> {
  const queues = new Map<string, InvocationRecord[]>(find('AWS::SQS::Queue').map(({ id }) => [id, []]));
  const checkpoints = new Checkpoints(dataDir && join(dataDir, 'streams.json'));
  const streams = await Promise.all(
    eventSources(find).map((source) => {
      const { functionId, failureQueue, tableName } = source;
      return Stream.start({
        source,
        checkpoints,
        endpoint,
        invoke: (event) => invoke(functionId, event),
        giveUp(record) {
          if (failureQueue) queues.get(failureQueue)?.push(record);
          log(
            `${functionId} failed: ${record.DDBStreamBatchInfo.batchSize} of ${tableName}'s changes given up`,
          );
        },
        log,
      });
    }),
  );
  return {
    async drained() {
      await Promise.all(streams.map((stream) => stream.drained()));
    },
    failed: (queuePrefix) => requireByPrefix(queues, queuePrefix),
    async close() {
      await Promise.all(streams.map((stream) => stream.close()));
    },
  };
}
