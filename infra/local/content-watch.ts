import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Long enough for an editor to write all of a file, and for a copied folder to arrive as one change. */
const settleMilliseconds = 100;

/**
 * Calls `look`, never twice at once, soon after something changes in the content folder, and in as many milliseconds again as it
 * answers. Answers how to stop.
 */
export function watchContent(
  contentDir: string,
  look: () => Promise<number | undefined>,
): () => Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  const ending = new AbortController();
  let soon: NodeJS.Timeout | undefined;
  let later: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();

  function noteChange(): void {
    if (ending.signal.aborted) return;
    soon ??= setTimeout(() => {
      soon = undefined;
      looking = looking.then(look).then((wait) => {
        clearTimeout(later);
        if (wait !== undefined) later = setTimeout(noteChange, wait);
      });
    }, settleMilliseconds);
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
    ending.abort();
    for (const watcher of watchers.values()) watcher.close();
    clearTimeout(soon);
    await looking;
    clearTimeout(later);
  };
}
