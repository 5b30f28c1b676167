import { functionId } from './account.ts';
import type { GivenUp } from './delivery.ts';
import type { Invoke, Log } from './functions.ts';
import type { FindKnown, KnownResource } from './resources.ts';
import { Stream } from './stream.ts';
import { requireByPrefix } from './template.ts';

export interface StreamsOptions {
  find: FindKnown;
  /** Of DynamoDB. */
  endpoint: string;
  invoke: Invoke;
  log: Log;
}

/** The template's event source mappings at work, and what they gave up, by the queue that AWS would send it to. */
export interface Streams {
  /** Resolves when everything that was written before the call has been handled or given up. */
  drained(): Promise<void>;
  failed(queuePrefix: string): GivenUp[];
  close(): Promise<void>;
}

export async function startStreams({ find, endpoint, invoke, log }: StreamsOptions): Promise<Streams> {
  const queues = new Map<string, GivenUp[]>(find('AWS::SQS::Queue').map(({ id }) => [id, []]));
  const start = ({ properties }: KnownResource<'AWS::Lambda::EventSourceMapping'>) => {
    const target = functionId(properties.FunctionName);
    const [, tableName = ''] = properties.EventSourceArn.split('/');
    const [{ Pattern }] = properties.FilterCriteria.Filters;
    const queue = queues.get(properties.DestinationConfig.OnFailure.Destination.split(':')[5] ?? '');
    return Stream.start({
      tableName,
      keyPrefixes: Pattern.dynamodb.Keys.pk.S.map(({ prefix }) => prefix),
      batchSize: properties.BatchSize,
      retries: properties.MaximumRetryAttempts,
      endpoint,
      invoke: (event) => invoke(target, event),
      giveUp(failure) {
        queue?.push(failure);
        log(`${target} failed: ${failure.records.length} of ${tableName}'s changes given up`);
      },
      log,
    });
  };
  const streams = await Promise.all(find('AWS::Lambda::EventSourceMapping').map(start));
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
