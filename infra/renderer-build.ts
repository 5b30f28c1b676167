import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const folders = ['functions/article', 'functions/feed'];
const libraries = ['feed', 'fast-xml-parser', 'hono'];

/**
 * A hash of everything but the content that decides what a feed looks like: part of every feed's ETag,
 * so that new rendering code is seen by readers whose articles have not changed.
 */
export async function rendererBuild(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(folders.map((folder) => filesBelow(root, folder)))).flat().sort()) {
    hash.update(`${path}\0`);
    // A checkout on Windows may turn line ends.
    hash.update(`${(await readFile(join(root, path), 'utf8')).replaceAll('\r\n', '\n')}\0`);
  }
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const library of libraries) hash.update(`${library}@${dependencies[library]}\0`);
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
