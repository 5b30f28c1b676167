import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findFile } from '../../content-files.ts';
import { CommandError } from '../command.ts';
import { isFeedAddress, isFeedFile, readFeedSite } from './feed/read-feed-site.ts';
import { isGhost, readGhost } from './ghost/read-ghost.ts';
import { isMarkdownFolder, readMarkdownFolder } from './markdown/read-markdown-folder.ts';
import type { OldSite, ReadOptions } from './old-site.ts';
import { isPages, readPages } from './pages/read-pages.ts';
import { isWordPress, readWordPress } from './wordpress/read-wordpress.ts';

/** What a file may be, found out by its first bytes. */
const files = [
  {
    name: 'an export of WordPress (.xml), or a folder with those that it comes in',
    is: isWordPress,
    read: readWordPress,
  },
  { name: 'an export of Ghost (.json)', is: isGhost, read: readGhost },
  { name: 'a feed: RSS, Atom or JSON Feed, in a file or at its address', is: isFeedFile, read: readFeedSite },
];

const markdownFolder = 'a project of Hugo, Jekyll, Eleventy or Astro, or a folder of Markdown files';
const pages = 'a saved page (.html, .htm, .txt), or a folder of them';

/** The old site that a file, a folder or an address holds, found out by looking. Throws CommandError for what is none. */
export async function openOldSite(path: string, options: ReadOptions): Promise<OldSite> {
  if (isFeedAddress(path)) return readFeedSite(path, options);
  const found = findFile(path) ?? 'is not there';
  if (typeof found === 'string') throw new CommandError(`${path} ${found}`);
  if (found.isFile()) {
    const start = await startOf(path);
    for (const { is, read } of files) if (is(start)) return read(path, options);
  } else {
    const exports = await wordPressIn(path);
    if (exports.length > 0) return readWordPress(exports, options);
    if (isMarkdownFolder(path)) return readMarkdownFolder(path, options);
  }
  if (isPages(path)) return readPages(path, options);
  const names = [...files.map(({ name }) => name), markdownFolder, pages];
  throw new CommandError(
    [`${path} is nothing that can be imported. What can:`, ...names.map((name) => `  ${name}`)].join('\n'),
  );
}

async function wordPressIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.xml$/i.test(name)).sort();
  const starts = await Promise.all(names.map((name) => startOf(join(folder, name))));
  return names.filter((_, index) => isWordPress(starts[index] ?? '')).map((name) => join(folder, name));
}

async function startOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096));
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
