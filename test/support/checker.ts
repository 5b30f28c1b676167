import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Store } from '../../functions/store/connection.ts';
import { clientSettings } from '../../infra/local/account.ts';
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { checkArticles, checkPreviews } from './checks/articles.ts';
import { checkCounts } from './checks/counts.ts';
import { checkDirectories } from './checks/directories.ts';
import { checkDocuments } from './checks/documents.ts';
import { checkMostRead } from './checks/most-read.ts';
import { sortRows } from './checks/state.ts';
import { checkStreams } from './checks/streams.ts';
import { checkTombstonesAndDue } from './checks/tombstones.ts';
import { checkVersions } from './checks/versions.ts';
import { scanStore } from './scan.ts';

interface CheckOptions {
  /** ISO 8601 in UTC with milliseconds: what is under embargo depends on it. */
  now: string;
}

/**
 * Every invariant of the storage that the two tables break, each as a sentence that ends with the key of the row.
 * It derives all rows anew from the articles, with none of the code that wrote them.
 */
export async function checkStore(store: Store, { now }: CheckOptions): Promise<string[]> {
  const state = sortRows(await scanStore(store), { now });
  return [
    ...state.faults,
    ...checkArticles(state),
    ...checkPreviews(state),
    ...checkStreams(state),
    ...checkTombstonesAndDue(state),
    ...checkDocuments(state),
    ...checkDirectories(state),
    ...checkCounts(state),
    ...checkMostRead(state),
    ...checkVersions(state),
  ].sort();
}

/** The same of the data folder of a local stage that does not run. */
export async function checkFolder(dataDir: string): Promise<string[]> {
  const { endpoint, close } = await startDynamoDbLocal(join(dataDir, 'dynamodb'));
  const client = new DynamoDBClient(clientSettings(endpoint));
  const faults = await checkStore(
    { client, content: 'newswire-Content', views: 'newswire-Views' },
    { now: new Date().toISOString() },
  );
  client.destroy();
  await close();
  return faults;
}
