import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContentFault, describeFault } from '../content-fault.ts';
import { type ContentAsset, compareContent, updateAsset } from './content-asset.ts';

/** An editor that saves by renaming takes a file away for a moment. */
const removalMilliseconds = 1000;

export interface ContentPublisherOptions {
  contentDir: string;
  assets: ContentAsset[];
  /** Fills the new folder; throws what a person can read when the settings of the site are broken. */
  prepare(contentDir: string, outDir: string): Promise<ContentFault[]>;
  /** Runs once the assets hold the new content. */
  deploy(): Promise<void>;
  log(line: string): void;
}

/** Brings what has changed in the content folder into the assets. */
export class ContentPublisher {
  readonly #options: ContentPublisherOptions;
  #missingSince = new Map<string, number>();
  #told = '';

  constructor(options: ContentPublisherOptions) {
    this.#options = options;
  }

  /**
   * Publishes what is new at `now` (milliseconds); while a file has not been gone for long enough, nothing.
   * Answers in how many milliseconds to call again, if that is needed without another change.
   */
  async publish(now: number): Promise<number | undefined> {
    const work = await mkdtemp(join(tmpdir(), 'newswire-content-'));
    try {
      const prepared = join(work, 'prepared');
      this.#tell((await this.#options.prepare(this.#options.contentDir, prepared)).map(describeFault));
      return await this.#bring(prepared, now);
    } catch (error) {
      this.#tell([(error as Error).message, 'Nothing is published until that is put right']);
      return undefined;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  async #bring(prepared: string, now: number): Promise<number | undefined> {
    const { assets, deploy, log } = this.#options;
    const differences = await Promise.all(
      assets.map(async (asset) => ({ asset, difference: await compareContent(prepared, asset) })),
    );
    const wait = this.#patience(new Set(differences.flatMap(({ difference }) => difference.removed)), now);
    if (wait > 0) return wait;
    const changed = new Set(differences.flatMap(({ difference }) => difference.changed));
    if (changed.size + this.#missingSince.size === 0) return undefined;
    for (const { asset, difference } of differences) await updateAsset(prepared, asset, difference);
    log(describeChange([...changed].sort(), [...this.#missingSince.keys()].sort()));
    await deploy();
    return undefined;
  }

  /** How long until all missing files have been missing for long enough. */
  #patience(missing: Set<string>, now: number): number {
    this.#missingSince = new Map([...missing].map((file) => [file, this.#missingSince.get(file) ?? now]));
    return Math.max(0, ...[...this.#missingSince.values()].map((since) => since + removalMilliseconds - now));
  }

  /** Not again with every change of another file. */
  #tell(lines: string[]): void {
    const text = lines.join('\n');
    if (text && text !== this.#told) this.#options.log(text);
    this.#told = text;
  }
}

/** By the names that the files have in the content folder; what is derived from them goes without saying. */
function describeChange(changed: string[], removed: string[]): string {
  const sources = changed
    .filter((file) => file !== 'media.json')
    .map((file) => (file === 'site.json' ? 'site.yaml' : file));
  return [
    ...(sources.length > 0 ? [`Changed: ${sources.join(', ')}`] : []),
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
  ].join('; ');
}
