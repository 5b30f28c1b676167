import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer, type NetConnectOpts, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from './settings.ts';

/**
 * Keeps `dataFolder`, which it makes, to this process for as long as that lives; answers how to give it up before.
 * The lock is a socket in the folder, not a file: nobody listens any more on one that a killed process left behind.
 */
export async function lockFolder(dataFolder: string): Promise<() => void> {
  makeFolder(dataFolder);
  // Another path of the folder: that of a socket may have a hundred characters.
  const work = mkdtempSync(join(tmpdir(), 'newswire-'));
  symlinkSync(realpathSync(dataFolder), join(work, 'data'));
  const path = join(work, 'data/lock.sock');
  const server = createServer((socket) => socket.destroy());
  try {
    if (!(await listens(server, path)) && !(await isAnswered({ path }))) rmSync(path, { force: true });
    if (!server.listening && !(await listens(server, path)))
      throw new StartError(
        `Another local stage runs on ${dataFolder}: stop it, or set DATA_DIR to another folder`,
      );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  server.unref();
  return () => {
    rmSync(join(dataFolder, 'lock.sock'), { force: true });
    server.close();
  };
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

/** Whether anybody listens there. */
export async function isAnswered(place: NetConnectOpts): Promise<boolean> {
  const socket = connect(place);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
