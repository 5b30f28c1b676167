import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A site started as a person starts it, in a process of its own. */
export interface StartedSite {
  process: ChildProcess;
  url: string;
  /** Resolves with the first line of its output that contains the text; fails when it ends before. */
  line(text: string): Promise<string>;
  /** Sends the signal and waits until the process has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export async function startProcess(environment: Record<string, string>): Promise<StartedSite> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/local/start.ts'], {
    // Vite sets BASE_URL to its own.
    env: { ...process.env, BASE_URL: '', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const ended = once(child, 'exit').then(() => {
    for (const look of waiting) look();
  });
  for (const output of [child.stdout, child.stderr])
    createInterface(output).on('line', (text) => {
      lines.push(text);
      for (const look of waiting) look();
    });
  return {
    process: child,
    url: `http://127.0.0.1:${port}`,
    line: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => line.includes(text));
          if (found !== undefined) resolve(found);
          else if (child.exitCode !== null || child.signalCode !== null)
            reject(new Error(`It ended without saying ${JSON.stringify(text)}:\n${lines.join('\n')}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** How many DynamoDB Locals work on files below this folder. */
export function countJava(dataDir: string): number {
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return processes.filter((args) => args.startsWith('java') && args.includes(dataDir)).length;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
