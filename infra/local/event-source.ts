import type { DynamoDBRecord } from 'aws-lambda';
import { eventFilter } from './event-filter.ts';
import { functionId } from './resolver.ts';
import type { FindResources } from './template.ts';

/** An event source mapping of a table's stream. */
export interface EventSource {
  id: string;
  tableName: string;
  functionId: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  batchSize: number;
  accepts(record: DynamoDBRecord): boolean;
  /** After the first attempt. */
  retries: number;
  /** Halves a batch that fails, to find the record at fault. */
  bisects: boolean;
  /** The function answers which records failed. */
  reportsItems: boolean;
  /** The logical id of the queue for what failed to the last. */
  failureQueue: string | undefined;
}

export function eventSources(find: FindResources): EventSource[] {
  return find('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map(({ id, properties }) => {
      const [, tableName, kind] = properties.EventSourceArn.split('/');
      if (kind !== 'stream') throw new Error(`${id}: the local stage knows streams of tables alone`);
      const retries = properties.MaximumRetryAttempts ?? -1;
      return {
        id,
        tableName,
        functionId: functionId(properties.FunctionName),
        startingPosition: properties.StartingPosition,
        batchSize: properties.BatchSize ?? 100,
        accepts: anyFilter(properties.FilterCriteria?.Filters),
        retries: retries === -1 ? Number.POSITIVE_INFINITY : retries,
        bisects: properties.BisectBatchOnFunctionError ?? false,
        reportsItems: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
        failureQueue: properties.DestinationConfig?.OnFailure?.Destination?.split(':')[5],
      };
    });
}

function anyFilter(filters: { Pattern: string }[] = []): EventSource['accepts'] {
  const tests = filters.map(({ Pattern }) => eventFilter(JSON.parse(Pattern)));
  return (record) => tests.length === 0 || tests.some((test) => test(record));
}
