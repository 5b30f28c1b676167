import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** The content that travels in the asset of a function. */
export interface ContentAsset {
  folder: string;
  /** The files and folders of the prepared content that this function has, as it was synthesised. */
  parts: string[];
}

/** Paths below the content folder. */
export interface ContentDifference {
  changed: string[];
  removed: string[];
}

/** Of those assets that have any. */
export async function contentAssets(assets: string[]): Promise<ContentAsset[]> {
  const folders = [...new Set(assets)].map((asset) => join(asset, 'content')).filter(existsSync);
  return Promise.all(folders.map(async (folder) => ({ folder, parts: await readdir(folder) })));
}

/** What separates the asset from the prepared content. */
export async function compareContent(
  prepared: string,
  { folder, parts }: ContentAsset,
): Promise<ContentDifference> {
  const ofParts = (file: string) => parts.some((part) => file === part || file.startsWith(`${part}/`));
  const wanted = (await filesBelow(prepared)).filter(ofParts);
  const present = new Set(await filesBelow(folder));
  const isChanged = await Promise.all(
    wanted.map(
      async (file) => !present.has(file) || !(await haveSameBytes(join(prepared, file), join(folder, file))),
    ),
  );
  return {
    changed: wanted.filter((_, index) => isChanged[index]),
    removed: [...present].filter((file) => !wanted.includes(file)),
  };
}

/** Each file in one step, for functions that read it at this moment. */
export async function updateAsset(
  prepared: string,
  { folder }: ContentAsset,
  { changed, removed }: ContentDifference,
): Promise<void> {
  for (const file of changed) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(prepared, file), `${target}.new`);
    await rename(`${target}.new`, target);
  }
  for (const file of removed) await rm(join(folder, file));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function haveSameBytes(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([readFile(one), readFile(other)]);
  return first.equals(second);
}
