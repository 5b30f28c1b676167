import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import crawlers from 'crawler-user-agents';
import { describeApi } from '../functions/api/openapi.ts';
import { unreadableMark } from '../functions/article/article-file.ts';
import { InvalidFileError } from '../functions/article/fault.ts';
import { parseSite, readSettings, type Site } from '../functions/article/site.ts';
import { type ContentFault, findFile, InvalidSiteError, namesIn, readFile } from './content-files.ts';
import { type MediaFile, readMediaFile } from './media-files.ts';
import { readOwnStyle } from './own-style.ts';
import { checkRedirects } from './site-redirects.ts';
import { readStaticFiles } from './static-files.ts';

/** What the Lambdas read of the content. */
export interface PreparedContent {
  folder: string;
  /** Of media files and redirects, which are left out, and of a missing logo. */
  faults: ContentFault[];
  /** By their paths below the folder; of pictures only what is known of them. */
  files: Map<string, PreparedFile>;
  pictures: PreparedPicture[];
}

/** A file of content/media, and the name of its object among the deployment's assets. */
export interface PreparedPicture {
  file: string;
  key: string;
}

interface PreparedFile {
  /** Another one, or undefined, where the file may have changed since. */
  stamp?: string | undefined;
  hash: string;
  media?: MediaFile | undefined;
}

/**
 * Prepares the content in the new or empty folder `folder`; the same content gives the same bytes. Files that have not changed since
 * `former` was prepared are not read again. Articles are checked by the import, which keeps the last good version of a faulty one.
 * Throws InvalidSiteError.
 */
export async function prepareContent(
  contentDir: string,
  folder: string,
  former?: PreparedContent,
): Promise<PreparedContent> {
  await requireContentFolder(contentDir);
  const site = await readSite(join(contentDir, 'site.yaml'));
  const own = readStaticFiles(join(contentDir, 'static'));
  const redirects = checkRedirects(contentDir, site, own.files);
  const style = await readOwnStyle(join(contentDir, 'style.css'));
  const files: PreparedContent['files'] = new Map();
  const faults: ContentFault[] = [];
  const write = (path: string, bytes: Buffer | string, known: Omit<PreparedFile, 'hash'> = {}) => {
    writeFileSync(join(folder, path), bytes);
    files.set(path, { ...known, hash: createHash('sha256').update(bytes).digest('base64') });
  };
  mkdirSync(join(folder, 'articles'), { recursive: true });
  // An asset's archive holds no empty folder.
  writeFileSync(join(folder, 'articles/.keep'), '');
  write('style.css', style.css);
  mkdirSync(join(folder, 'static'));
  for (const [path, { bytes }] of own.files) {
    mkdirSync(dirname(join(folder, 'static', path)), { recursive: true });
    write(join('static', path), bytes);
  }
  for (const part of ['articles', 'media']) {
    const names = namesIn(join(contentDir, part));
    for (const name of names) {
      const path = join(part, name);
      const stamp = stampOf(join(contentDir, path));
      const known = former?.files.get(path);
      if (former && known?.stamp !== undefined && known.stamp === stamp) {
        if (part === 'articles') linkSync(join(former.folder, path), join(folder, path));
        files.set(path, known);
        continue;
      }
      if (part === 'articles') {
        const bytes = readArticle(join(contentDir, part), name);
        if (bytes) write(path, bytes, { stamp });
        continue;
      }
      const read = readMediaFile(join(contentDir, part), name);
      if (typeof read === 'string') faults.push({ file: join(contentDir, path), pointer: '', message: read });
      else if (read) files.set(path, { stamp, hash: read.key, media: read });
    }
  }
  const named = [...files].flatMap(([path, { media }]) => (media ? [[basename(path), media] as const] : []));
  const media = new Map(named.map(([name, file]) => [name, file.media]));
  for (const [name, value] of Object.entries({
    site: { ...site, redirects: redirects.redirects },
    media: Object.fromEntries(media),
    pictures: Object.fromEntries(named.map(([name, { key }]) => [name, key])),
    openapi: describeApi(site),
    static: Object.fromEntries([...own.files].map(([path, { type, etag }]) => [path, { type, etag }])),
    crawlers: { pattern: crawlerPattern(), ai: aiCrawlers() },
  }))
    write(`${name}.json`, `${JSON.stringify(value)}\n`);
  const missing = findMissingLogo(join(contentDir, 'site.yaml'), site, media);
  const pictures = named.map(([name, { key }]) => ({ file: join(contentDir, 'media', name), key }));
  return {
    folder,
    files,
    pictures,
    faults: [...missing, ...redirects.faults, ...style.faults, ...own.faults, ...faults],
  };
}

function stampOf(path: string): string | undefined {
  const found = findFile(path);
  if (typeof found !== 'object') return undefined;
  const { ino, size, mtimeNs, ctimeNs, ctimeMs } = found;
  // A second change within a tick of the file system's clock leaves no trace.
  return ctimeMs > Date.now() - 1000 ? undefined : [ino, size, mtimeNs, ctimeNs].join(' ');
}

/** A file that cannot be read stands there with the reason, or else the import would take its article for removed. */
function readArticle(folder: string, name: string): Buffer | undefined {
  const found = findFile(join(folder, name));
  const isFile = typeof found === 'string' || found?.isFile();
  const bytes = name.endsWith('.md') && isFile ? readFile(join(folder, name)) : undefined;
  if (bytes === undefined) return undefined;
  return typeof bytes === 'string' ? Buffer.from(unreadableMark + bytes) : bytes;
}

/** A missing logo is a fault, but no reason to refuse the site. */
export function findMissingLogo(file: string, { logo }: Site, media: Map<string, unknown>): ContentFault[] {
  if (logo === undefined || media.has(logo)) return [];
  const line = readSettings(String(readFile(file))).lineOf('/logo');
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
  const bytes = readFile(file) ?? 'is missing: name the folder that holds it';
  if (typeof bytes === 'string') throw new InvalidSiteError([{ file, pointer: '', message: bytes }]);
  try {
    return parseSite(bytes.toString());
  } catch (cause) {
    if (!(cause instanceof InvalidFileError)) throw cause;
    throw new InvalidSiteError(cause.faults.map((fault) => ({ file, ...fault })));
  }
}

/** Programs that fetch a page to show a preview of it, and name themselves, but are not in the package. Phones of the make Cubot are people. */
const previews = [
  '\\bbot\\b',
  ...['Cardyb', 'web:app\\.bsky', 'URL ?Preview', 'Link ?Preview', 'kakaotalk-scrap', 'Matrix-Media-Repo'],
  ...['Pleroma', 'Akkoma', 'Misskey', 'Sharkey', 'Firefish', 'Iceshrimp', 'kbinBot', 'Bookwyrm'],
  ...['Pixelfed', 'PeerTube', 'Hubzilla', 'Mobilizon', 'XING-contenttabreceiver'],
  ...[
    'Mbin',
    'WriteFreely',
    'diaspora',
    'Bridgy',
    'RocketChat',
    'line-poker',
    'NotionEmbedder',
    'RSS Reader',
  ],
];

type Crawler = { pattern: string; tags?: string[] };

/** Names for robots.txt. Apple's and Google's name none that calls: their usual crawlers obey them. */
function aiCrawlers(): string[] {
  const patterns = (crawlers as Crawler[])
    .filter(({ tags = [] }) => tags.includes('ai-crawler'))
    // `[cC]laude[bB]ot\/` for ClaudeBot.
    .map(({ pattern }) =>
      pattern
        .replace(/\\\/$/, '')
        .replace(/\[\w(\w)\]/g, '$1')
        .replaceAll('\\.', '.'),
    );
  const names = patterns.filter((name) => /^[\w .-]+$/.test(name));
  return [...new Set([...names, 'Applebot-Extended', 'Google-Extended'])].sort();
}

/** Without libraries and driven browsers: a person may be behind them, so curl's GET is a view. */
function crawlerPattern(): string {
  const mayBeAPerson = ['http-library', 'browser-automation'];
  const known = (crawlers as Crawler[])
    .filter(({ tags = [] }) => !tags.some((tag) => mayBeAPerson.includes(tag)))
    .map(({ pattern }) => pattern);
  return [...known, ...previews].join('|');
}
