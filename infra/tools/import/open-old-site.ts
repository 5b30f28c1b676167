import { findFile } from '../../content-files.ts';
import { CommandError } from '../command.ts';
import { isGhost, readGhost } from './ghost/read-ghost.ts';
import type { OldSite, ReadOptions } from './old-site.ts';

/** What a file may be, found out by its first bytes. */
const files = [{ name: 'an export of Ghost (.json)', is: isGhost, read: readGhost }];

/** The old site that a file, a folder or an address holds, found out by looking. Throws CommandError for what is none. */
export async function openOldSite(path: string, options: ReadOptions): Promise<OldSite> {
  const found = findFile(path) ?? 'is not there';
  if (typeof found === 'string') throw new CommandError(`${path} ${found}`);
  if (found.isFile()) for (const { is, read } of files) if (await is(path)) return read(path, options);
  throw new CommandError(
    [`${path} is nothing that can be imported. What can:`, ...files.map(({ name }) => `  ${name}`)].join(
      '\n',
    ),
  );
}
