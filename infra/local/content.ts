import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { describeFault } from '../content-files.ts';
import { type PreparedContent, type PreparedPicture, prepareContent } from '../prepared-content.ts';

export interface ContentOptions {
  contentDir: string;
  /** The folders of all functions' assets, whose content is replaced by links to what is prepared here. */
  assets: string[];
  /** Where content is prepared; nothing else may be in it. */
  workDir: string;
  /** Takes a picture to where the functions look for those of a deployment, unless it is there. */
  bring(picture: PreparedPicture): void;
  /** Calls `use` while no import reads, and has the functions take up what is there then; rejects when the import refuses it. */
  deploy(use: () => void, changed: Changed): Promise<void>;
  log(line: string): void;
}

export interface Changed {
  /** Whether functions must be started anew, which read settings once. */
  settings: boolean;
}

/**
 * Hands the content folder to the functions as it is now, and answers how to publish what has changed since.
 * Rejects with InvalidSiteError.
 */
export async function openContent(options: ContentOptions): Promise<() => Promise<void>> {
  const { contentDir, assets, bring, deploy, log } = options;
  const workDir = resolve(options.workDir);
  const link = join(workDir, 'current');
  let told = '';

  async function prepare(former?: PreparedContent): Promise<PreparedContent> {
    const next = await prepareContent(contentDir, mkdtempSync(join(workDir, 'prepared-')), former);
    for (const picture of next.pictures) bring(picture);
    tell(next.faults.map(describeFault));
    return next;
  }

  /** In one step, for functions that read at this moment. */
  function use(next: PreparedContent): PreparedContent {
    rmSync(`${link}.new`, { force: true });
    symlinkSync(next.folder, `${link}.new`);
    renameSync(`${link}.new`, link);
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
      const next = await prepare(current);
      const changes = describeChanges(current.files, next.files);
      if (changes) log(changes);
      const settings = [...next.files].some(
        ([file, { hash }]) => /\.json$|^style\.css$/.test(file) && hash !== current.files.get(file)?.hash,
      );
      const former = current;
      const take = (prepared: PreparedContent) => () => {
        current = use(prepared);
      };
      if (!changes) return take(next)();
      await deploy(take(next), { settings }).catch(async (cause) => {
        // As CloudFormation does when an import refuses the new settings.
        await deploy(take(former), { settings }).catch(() => {});
        throw new Error(`The import failed: ${cause.message}`, { cause });
      });
    } catch (error) {
      tell([(error as Error).message, 'Nothing is published until that is put right']);
    } finally {
      await removeFormer();
    }
  }

  /** Not synchronously: thousands of files may take the disk half a minute. */
  function removeFormer(): Promise<void> {
    removing = removing.then(async () => {
      for (const name of readdirSync(workDir))
        if (name !== 'current' && name !== basename(current.folder))
          await rm(join(workDir, name), { recursive: true, force: true });
    });
    return removing;
  }

  mkdirSync(workDir, { recursive: true });
  let removing = Promise.resolve();
  let current = use(await prepare());
  // What a former run left: nothing waits for it.
  removeFormer().catch((error) => log(`${workDir} cannot be tidied: ${error.message}`));
  for (const folder of new Set(assets.map((asset) => join(asset, 'content'))))
    for (const part of existsSync(folder) ? readdirSync(folder) : []) {
      rmSync(join(folder, part), { recursive: true });
      symlinkSync(join(link, part), join(folder, part));
    }
  return publish;
}

/** By the names that the files have in the content folder; what is derived from site.yaml goes without saying. */
function describeChanges(before: PreparedContent['files'], after: PreparedContent['files']): string {
  const changed = [...after.keys()].filter((file) => after.get(file)?.hash !== before.get(file)?.hash).sort();
  const removed = [...before.keys()].filter((file) => !after.has(file)).sort();
  const sources = changed
    .filter((file) => !['media.json', 'pictures.json', 'openapi.json', 'static.json'].includes(file))
    .map((file) => (file === 'site.json' ? 'site.yaml' : file));
  return [
    ...(sources.length > 0 ? [`Changed: ${sources.join(', ')}`] : []),
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
  ].join('; ');
}
