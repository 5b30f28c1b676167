import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { clientSettings } from '../../infra/local/account.ts';
import { endLeftoverJava, requireDynamoDb, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { lockFolder } from '../../infra/local/lock.ts';
import { listen } from '../../infra/local/server.ts';
import { StartError } from '../../infra/local/settings.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { runNode } from './process.ts';

const local = join(import.meta.dirname, '../../infra/local');
const instead =
  'DynamoDB Local in Docker (docker run -p 8000:8000 amazon/dynamodb-local) and set DYNAMODB_ENDPOINT=http://localhost:8000';

/** How many processes have this at the end of their command line. */
function processesEnding(args: string): number {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.startsWith('java ') && line.endsWith(args)).length;
}

test('a killed process leaves no Java, and the next one finds its data', async () => {
  const folder = temporaryFolder();
  const code = `
    import { startDynamoDbLocal } from '${local}/dynamodb-local.ts';
    import { createTables } from '${local}/tables.ts';
    const { endpoint } = await startDynamoDbLocal('${folder}');
    const AttributeDefinitions = [{ AttributeName: 'pk', AttributeType: 'S' }];
    const properties = { AttributeDefinitions, KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] };
    await createTables(endpoint, () => [{ id: 'Kept', properties }], 'test-');
    console.log(endpoint);`;
  const killed = runNode(['--input-type=module', '--eval', code]);
  const formerEndpoint = (await killed.printed(/\n/)).trim();

  killed.process.kill('SIGKILL');
  const database = await startDynamoDbLocal(relative(process.cwd(), folder));
  onTestFinished(() => database.close());

  await expect(fetch(formerEndpoint)).rejects.toThrow();
  expect(processesEnding(`-dbPath ${folder}`)).toBe(1);
  const client = new DynamoDBClient(clientSettings(database.endpoint));
  expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['test-Kept']);
  await database.close();
  expect(processesEnding(`-dbPath ${folder}`)).toBe(0);
});

test('leaves nothing in the temporary folder', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());

  const database = await startDynamoDbLocal();
  await new DynamoDBClient(clientSettings(database.endpoint)).send(new ListTablesCommand());
  const [own = ''] = readdirSync(folder);
  const library = readdirSync(join(folder, own));
  await database.close();

  expect(library).toEqual([expect.stringMatching(/^sqlite/)]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a Java that outlived its stage ends before the next one starts; others live on', async () => {
  const folder = temporaryFolder();
  const args = (dataFolder: string) => [
    '--eval',
    'setInterval(() => {}, 1e6); console.log()',
    'DynamoDBLocal.jar',
    '-dbPath',
    dataFolder,
  ];
  const leftover = runNode(args(folder));
  const other = runNode(args(`${folder}-other`));
  await Promise.all([leftover.printed(/\n/), other.printed(/\n/)]);

  await endLeftoverJava(folder);

  await leftover.ended;
  expect(leftover.process.signalCode).toBe('SIGKILL');
  expect(other.process.signalCode).toBeNull();
});

test.each([
  [
    'there is no Java',
    undefined,
    `DynamoDB Local needs Java 17 or newer: install it (https://adoptium.net), or run ${instead}`,
  ],
  [
    'Java is too old',
    'Exception in thread "main" java.lang.UnsupportedClassVersionError: ServerRunner',
    `DynamoDB Local needs Java 17 or newer: install it (https://adoptium.net), or run ${instead}`,
  ],
  [
    'Java fails',
    'No memory\nat all',
    `DynamoDB Local does not start (No memory): put that right, or run ${instead}`,
  ],
])('says in one line what to do when %s', async (_what, printed, message) => {
  const path = temporaryFolder();
  for (const command of ['sh', 'cat', 'rm'])
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim(),
      join(path, command),
    );
  if (printed) {
    writeFileSync(join(path, 'java'), `#!/bin/sh\necho '${printed}' >&2\nexit 1\n`);
    chmodSync(join(path, 'java'), 0o755);
  }
  vi.stubEnv('PATH', path);
  onTestFinished(() => void vi.unstubAllEnvs());

  await expect(startDynamoDbLocal()).rejects.toThrow(new StartError(message));
});

test('an endpoint is taken when DynamoDB answers there', async () => {
  await expect(requireDynamoDb(inject('dynamodbEndpoint'))).resolves.toBeUndefined();
});

test.each([
  ['nothing answers', 'ECONNREFUSED'],
  ['something else answers', 'something else does'],
])('an endpoint is refused in one line where %s', async (what, reason) => {
  const { server, url } = await listen(0, (_, response) => response.writeHead(404).end());
  onTestFinished(() => void server.close());
  if (what === 'nothing answers') await new Promise((closed) => server.close(closed));

  await expect(requireDynamoDb(url)).rejects.toThrow(
    `No DynamoDB answers at DYNAMODB_ENDPOINT=${url} (${reason}): start it, or unset DYNAMODB_ENDPOINT to have one started`,
  );
});

test('a folder has one stage at a time, by whatever path', async () => {
  const folder = temporaryFolder();
  const alias = join(temporaryFolder(), 'alias');
  symlinkSync(folder, alias);
  const unlock = await lockFolder(folder);

  await expect(lockFolder(alias)).rejects.toThrow(
    new StartError(`Another local stage runs on ${alias}: stop it, or set DATA_DIR to another folder`),
  );

  unlock();
  (await lockFolder(alias))();
});

test('a folder has one stage at a time, whatever temporary folder each of them uses', async () => {
  const folder = join(temporaryFolder(), 'a'.repeat(100), 'data');
  const unlock = await lockFolder(folder);
  onTestFinished(unlock);
  vi.stubEnv('TMPDIR', temporaryFolder());
  onTestFinished(() => void vi.unstubAllEnvs());

  await expect(lockFolder(folder)).rejects.toThrow('Another local stage runs');
});

test('a folder is free when its stage was killed', async () => {
  const folder = temporaryFolder();
  const code = `
    import { lockFolder } from '${local}/lock.ts';
    await lockFolder('${folder}');
    setInterval(() => {}, 1e6);
    console.log();`;
  const killed = runNode(['--input-type=module', '--eval', code]);
  await killed.printed(/\n/);
  await expect(lockFolder(folder)).rejects.toThrow('Another local stage runs');

  killed.process.kill('SIGKILL');
  await killed.ended;

  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow('Another local stage runs');
  unlock();
});
