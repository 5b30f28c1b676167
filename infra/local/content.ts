import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { describeFault, prepareContent } from '../prepared-content.ts';

export interface ContentOptions {
  contentDir: string;
  /** The folders of all functions' assets, whose content is replaced by links to what is prepared here. */
  assets: string[];
  /** Where content is prepared; nothing else may be in it. */
  workDir: string;
  /** Has the functions take up the new content. */
  deploy(): Promise<void>;
  log(line: string): void;
}

/** Prepared content: a folder and the hashes of its files, by their paths below it. */
interface Prepared {
  folder: string;
  files: Map<string, string>;
}

/**
 * Hands the content folder to the functions as it is now, and answers how to publish what has changed since.
 * Rejects with InvalidSiteError.
 */
export async function openContent(options: ContentOptions): Promise<() => Promise<void>> {
  const { contentDir, assets, deploy, log } = options;
  const workDir = resolve(options.workDir);
  const link = join(workDir, 'current');
  let told = '';

  async function prepare(): Promise<Prepared> {
    const folder = await mkdtemp(join(workDir, 'prepared-'));
    tell((await prepareContent(contentDir, folder)).map(describeFault));
    return { folder, files: await hashFiles(folder) };
  }

  /** In one step, for functions that read at this moment. */
  async function use(next: Prepared): Promise<Prepared> {
    await symlink(next.folder, `${link}.new`);
    await rename(`${link}.new`, link);
    return next;
  }

  /** Once, not again with every change of another file. */
  function tell(lines: string[]): void {
    const text = lines.join('\n');
    if (text && text !== told) log(text);
    told = text;
  }

  async function publish(): Promise<void> {
    try {
      const next = await prepare();
      const changes = describeChanges(current.files, next.files);
      if (!changes) return;
      current = await use(next);
      log(changes);
      await deploy();
    } catch (error) {
      tell([(error as Error).message, 'Nothing is published until that is put right']);
    } finally {
      for (const name of await readdir(workDir))
        if (name !== 'current' && name !== basename(current.folder))
          await rm(join(workDir, name), { recursive: true });
    }
  }

  await rm(workDir, { recursive: true, force: true });
  await mkdir(workDir, { recursive: true });
  let current = await use(await prepare());
  for (const folder of new Set(assets.map((asset) => join(asset, 'content'))))
    for (const part of existsSync(folder) ? await readdir(folder) : []) {
      await rm(join(folder, part), { recursive: true });
      await symlink(join(link, part), join(folder, part));
    }
  return publish;
}

async function hashFiles(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // One after the other: a process may not open thousands of files at once.
    const hash = createHash('sha256').update(await readFile(path));
    files.set(relative(folder, path), hash.digest('base64'));
  }
  return files;
}

/** By the names that the files have in the content folder; what is derived from site.yaml goes without saying. */
function describeChanges(before: Map<string, string>, after: Map<string, string>): string {
  const changed = [...after.keys()].filter((file) => after.get(file) !== before.get(file)).sort();
  const removed = [...before.keys()].filter((file) => !after.has(file)).sort();
  const sources = changed
    .filter((file) => file !== 'media.json' && file !== 'openapi.json')
    .map((file) => (file === 'site.json' ? 'site.yaml' : file));
  return [
    ...(sources.length > 0 ? [`Changed: ${sources.join(', ')}`] : []),
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
  ].join('; ');
}
