import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Within it an editor writes all of a file, or puts back one that it took away to save it. */
const quietMilliseconds = 200;
const missingMilliseconds = 1000;

/** Calls `look`, never twice at once, when what changes in the content folder has come to rest. Answers how to stop. */
export function watchContent(contentDir: string, look: () => Promise<void>): () => Promise<void> {
  let watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();

  function noteChange(wait = quietMilliseconds): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchFolders();
      looking = looking.then(look);
    }, wait);
  }

  /** Each by itself, and anew before each look: one that was replaced is another one, and watching recursively loses it. */
  function watchFolders(): void {
    for (const watcher of watchers) watcher.close();
    const [root, ...parts] = ['', 'articles', 'media', ...foldersBelow('static')].map(watchFolder);
    watchers = [root, ...parts].filter((watcher) => watcher !== undefined);
    // Nothing tells of its coming back.
    if (!root) noteChange(missingMilliseconds);
  }

  function foldersBelow(name: string): string[] {
    const folder = join(contentDir, name);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
    const found = readdirSync(folder, { recursive: true, withFileTypes: true });
    const below = found.filter((entry) => entry.isDirectory());
    return [name, ...below.map((entry) => relative(contentDir, join(entry.parentPath, entry.name)))];
  }

  function watchFolder(name: string): FSWatcher | undefined {
    try {
      return watch(join(contentDir, name), () => noteChange());
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(code)) throw error;
      return undefined;
    }
  }

  watchFolders();
  return async () => {
    for (const watcher of watchers) watcher.close();
    clearTimeout(timer);
    await looking;
  };
}
