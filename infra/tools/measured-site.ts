import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDbLocal } from '../local/dynamodb-local.ts';
import { type Stage, startStage } from '../local/stage.ts';
import { synthesise } from '../synthesise.ts';

/** Runs the site of a content folder on a database in memory; `reach` may put something before the database. */
export async function withSite<Result>(
  contentDir: string,
  use: (stage: Stage) => Promise<Result>,
  reach: (endpoint: string) => Promise<string> = async (endpoint) => endpoint,
): Promise<Result> {
  const assemblyDir = await mkdtemp(join(tmpdir(), 'newswire-measured-'));
  const database = await startDynamoDbLocal();
  try {
    await synthesise({ contentDir, outdir: assemblyDir, validate: false });
    const endpoint = await reach(database.endpoint);
    const stage = await startStage({ assemblyDir, endpoint, tablePrefix: 'measured-', log: () => {} });
    return await use(stage).finally(() => stage.close());
  } finally {
    await database.close();
    await rm(assemblyDir, { recursive: true, force: true });
  }
}
