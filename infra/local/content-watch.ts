import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Long enough for an editor to write all of a file, and for a copied folder to arrive as one change. */
const settleMilliseconds = 100;

/**
 * Calls `look`, never twice at once, soon after something changes in the content folder, and in as many milliseconds again as it
 * answers. Each folder is watched by itself: watching recursively loses folders that are replaced, on Linux.
 * Answers how to stop.
 */
export function watchContent(
  contentDir: string,
  look: () => Promise<number | undefined>,
): () => Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  let soon: NodeJS.Timeout | undefined;
  let later: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let isStopped = false;

  function changed(): void {
    if (isStopped) return;
    soon ??= setTimeout(() => {
      soon = undefined;
      looking = looking.then(look).then((wait) => {
        clearTimeout(later);
        if (wait !== undefined) later = setTimeout(changed, wait);
      });
    }, settleMilliseconds);
  }

  function watchFolder(name: string, onChange: () => void): void {
    watchers.get(name)?.close();
    watchers.delete(name);
    try {
      watchers.set(name, watch(join(contentDir, name), onChange));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  function watchFolders(): void {
    for (const name of ['articles', 'media']) watchFolder(name, changed);
    changed();
  }

  watchFolder('', watchFolders);
  watchFolders();
  return async () => {
    isStopped = true;
    for (const watcher of watchers.values()) watcher.close();
    clearTimeout(soon);
    await looking;
    clearTimeout(later);
  };
}
