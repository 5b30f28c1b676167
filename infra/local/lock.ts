import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/**
 * Keeps `dataFolder`, which it makes, to this process for as long as that lives; answers how to give it up before.
 * A socket and no file: nobody listens any more on one that a killed process left behind.
 */
export async function lockFolder(dataFolder: string): Promise<() => void> {
  makeFolder(dataFolder);
  const hash = createHash('sha256').update(realpathSync(dataFolder)).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `newswire-${hash}.sock`);
  const server = createServer((socket) => socket.destroy());
  if (!(await listens(server, path)) && !(await isAnswered(path))) rmSync(path, { force: true });
  if (!server.listening && !(await listens(server, path)))
    throw new StartError(
      `Another local stage runs on ${dataFolder}: stop it, or set DATA_DIR to another folder`,
    );
  server.unref();
  return () => server.close();
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartError(
      `${folder} cannot be made a folder (${code}): set DATA_DIR to one that can be written, or to :memory:`,
      { cause },
    );
  }
}

async function listens(server: Server, path: string): Promise<boolean> {
  try {
    server.listen(path);
    await once(server, 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return false;
  }
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
