import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import crawlers from 'crawler-user-agents';
import { describeApi } from '../functions/api/openapi.ts';
import { InvalidFileError } from '../functions/article/fault.ts';
import { parseSite, type Site } from '../functions/article/site.ts';
import { parseYaml } from '../functions/article/yaml.ts';
import { namesIn, readMediaFiles } from './media-files.ts';

/** One fault in one file of the content folder. */
export interface ContentFault {
  /** Includes the content folder's own path, so that a terminal can open it. */
  file: string;
  /** 1-based; absent when the whole file is meant. */
  line?: number;
  /** JSON pointer of the field, '' for the whole file. */
  pointer: string;
  message: string;
}

/** The site's settings cannot be used: nothing was prepared. */
export class InvalidSiteError extends Error {
  override name = 'InvalidSiteError';
  readonly faults: ContentFault[];

  constructor(faults: ContentFault[]) {
    super(faults.map(describeFault).join('\n'));
    this.faults = faults;
  }
}

/**
 * Writes what the Lambdas read of the content into the new or empty folder `outDir`; the same content gives the same bytes.
 * Returns the faults of media files, which are left out, and of a missing logo. Articles are checked by the import, which
 * keeps the last good version of a faulty one.
 */
export async function prepareContent(contentDir: string, outDir: string): Promise<ContentFault[]> {
  await requireContentFolder(contentDir);
  const site = await readSite(join(contentDir, 'site.yaml'));
  const media = await readMediaFiles(join(contentDir, 'media'));
  for (const folder of ['articles', 'media']) {
    await mkdir(join(outDir, folder), { recursive: true });
    // An asset's archive holds no empty folder.
    await writeFile(join(outDir, folder, '.keep'), '');
  }
  await writeJson(join(outDir, 'site.json'), site);
  await writeJson(join(outDir, 'media.json'), Object.fromEntries(media.files));
  await writeJson(join(outDir, 'openapi.json'), describeApi(site));
  await writeJson(join(outDir, 'crawlers.json'), { pattern: crawlerPattern() });
  for (const name of media.files.keys()) {
    await copyFile(join(contentDir, 'media', name), join(outDir, 'media', name));
  }
  for (const name of await namesIn(join(contentDir, 'articles'))) {
    const file = join(contentDir, 'articles', name);
    if (name.endsWith('.md') && (await stat(file)).isFile())
      await copyFile(file, join(outDir, 'articles', name));
  }
  const faults = await findMissingLogo(join(contentDir, 'site.yaml'), site, media.files);
  return [...faults, ...media.faults];
}

/** A missing logo is a fault, but no reason to refuse the site. */
export async function findMissingLogo(
  file: string,
  { logo }: Site,
  media: Map<string, unknown>,
): Promise<ContentFault[]> {
  if (logo === undefined || media.has(logo)) return [];
  const line = parseYaml(await readFile(file, 'utf8')).lineOf('/logo');
  const advice = logo.includes('/') ? `: write the name alone, ${basename(logo)}` : '';
  return [{ file, line, pointer: '/logo', message: `names no usable file of the media folder${advice}` }];
}

/** Throws InvalidSiteError. */
export async function requireContentFolder(contentDir: string): Promise<void> {
  const found = await stat(contentDir).catch(() => undefined);
  if (found?.isDirectory()) return;
  const message = `is ${found ? 'no folder' : 'not there'}: name the folder that holds site.yaml`;
  throw new InvalidSiteError([{ file: contentDir, pointer: '', message }]);
}

/** Throws InvalidSiteError. */
export async function readSite(file: string): Promise<Site> {
  try {
    return parseSite(await readFile(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof InvalidFileError)
      throw new InvalidSiteError(cause.faults.map((fault) => ({ file, ...fault })));
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new InvalidSiteError([
        { file, pointer: '', message: 'is missing: name the folder that holds it' },
      ]);
    throw cause;
  }
}

/** Without libraries and driven browsers: a person may be behind them, so curl's GET is a view. */
function crawlerPattern(): string {
  const mayBeAPerson = ['http-library', 'browser-automation'];
  return (crawlers as { pattern: string; tags?: string[] }[])
    .filter(({ tags = [] }) => !tags.some((tag) => mayBeAPerson.includes(tag)))
    .map(({ pattern }) => pattern)
    .join('|');
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value)}\n`);
}

export function describeFault({ file, line, pointer, message }: ContentFault): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return pointer === '' ? `${place} ${message}` : `${place} ${pointer.slice(1)}: ${message}`;
}
