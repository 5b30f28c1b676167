import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Within it an editor writes all of a file, or puts back one that it took away to save it. */
const quietMilliseconds = 200;

/** Calls `look`, never twice at once, when what changes in the content folder has come to rest. Answers how to stop. */
export function watchContent(contentDir: string, look: () => Promise<void>): () => Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();

  function noteChange(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      looking = looking.then(look);
    }, quietMilliseconds);
  }

  /** Each folder by itself: on Linux, watching recursively loses folders that are replaced. */
  function watchFolder(name: string, onChange: () => void): void {
    watchers.get(name)?.close();
    watchers.delete(name);
    try {
      watchers.set(name, watch(join(contentDir, name), onChange));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  function watchParts(): void {
    for (const name of ['articles', 'media']) watchFolder(name, noteChange);
  }

  watchFolder('', () => {
    watchParts();
    noteChange();
  });
  watchParts();
  return async () => {
    for (const watcher of watchers.values()) watcher.close();
    clearTimeout(timer);
    await looking;
  };
}
