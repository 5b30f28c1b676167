import { basename, join } from 'node:path';
import {
  decodeFile,
  parseArticleFile,
  type RemovedFile,
  readFrontMatter,
} from '../../functions/article/article-file.ts';
import type { ArticleInput } from '../../functions/article/article-input.ts';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { type ContentFault, findFile, InvalidSiteError, namesIn, readFile } from '../content-files.ts';
import { readMediaFiles } from '../media-files.ts';
import { readOwnStyle } from '../own-style.ts';
import { findMissingLogo, readSite, requireContentFolder } from '../prepared-content.ts';
import { checkRedirects } from '../site-redirects.ts';
import { readStaticFiles } from '../static-files.ts';
import { type BrokenReference, findBrokenReferences } from './broken-references.ts';

export interface Inspection {
  faults: ContentFault[];
  /** What no deployment minds: parts of texts that are left out, links to articles that have no file here. */
  notes: ContentFault[];
  /** What the article files say, by their paths: those that can be read. */
  articles: Map<string, ArticleInput>;
  media: number;
  /** Undefined when site.yaml cannot be read. */
  authority: string | undefined;
}

/** Everything that a deployment would refuse or leave out. Throws InvalidSiteError when there is no content folder. */
export async function inspectContent(contentDir: string): Promise<Inspection> {
  await requireContentFolder(contentDir);
  const media = readMediaFiles(join(contentDir, 'media'));
  const { faults, authority, dateZone } = await inspectSite(contentDir, media.files);
  const folder = join(contentDir, 'articles');
  const files = namesIn(folder).map((name) => join(folder, name));
  const articles = new Map<string, ArticleInput>();
  for (const file of files) {
    const found = readArticle(file, dateZone);
    if (Array.isArray(found)) faults.push(...found);
    else if (!('removed' in found)) articles.set(file, found);
  }
  const references = findBrokenReferences(files, articles, new Set(media.files.keys()));
  const broken = references.filter(({ isNote }) => !isNote);
  faults.push(...broken.map(withLine), ...media.faults);
  const notes = references.filter(({ isNote }) => isNote).map(withLine);
  return { faults, notes, articles, media: media.files.size, authority };
}

async function inspectSite(
  contentDir: string,
  media: Map<string, unknown>,
): Promise<{ faults: ContentFault[]; authority?: string; dateZone?: string }> {
  const file = join(contentDir, 'site.yaml');
  try {
    const site = await readSite(file);
    const own = readStaticFiles(join(contentDir, 'static'));
    const redirects = checkRedirects(contentDir, site, own.files);
    const style = await readOwnStyle(join(contentDir, 'style.css'));
    const logo = findMissingLogo(file, site, media);
    const faults = [...logo, ...redirects.faults, ...style.faults, ...own.faults];
    const { authority } = site;
    return { faults, authority, ...(site.datesWithoutZone === 'site' && { dateZone: site.timeZone }) };
  } catch (error) {
    if (!(error instanceof InvalidSiteError)) throw error;
    return { faults: [...error.faults] };
  }
}

function readArticle(
  file: string,
  dateZone: string | undefined,
): ArticleInput | RemovedFile | ContentFault[] {
  const found = findFile(file);
  const isArticle = file.endsWith('.md') && (typeof found === 'string' || found?.isFile());
  const bytes = isArticle ? readFile(file) : 'is not read: articles are .md files';
  // It was there a moment ago, when the folder was listed.
  if (bytes === undefined) return [];
  if (typeof bytes === 'string') return [{ file, pointer: '', message: bytes }];
  try {
    return parseArticleFile(basename(file, '.md'), bytes, { dateZone });
  } catch (error) {
    if (!(error instanceof InvalidFileError)) throw error;
    return error.faults.map((fault) => ({ file, ...fault }));
  }
}

function withLine({ written, line, isNote, ...fault }: BrokenReference): ContentFault {
  const bytes = readFile(fault.file);
  if (typeof bytes !== 'object') return fault;
  const { body, bodyName, lineOf } = readFrontMatter(decodeFile(bytes));
  if (line !== undefined) return { ...fault, line: lineOf(`/${bodyName}`) + line - 1 };
  if (isNote && written === undefined) return fault;
  if (written === undefined) return { ...fault, line: lineOf(fault.pointer) };
  const above = body.slice(0, Math.max(0, body.indexOf(written))).split('\n').length - 1;
  return { ...fault, line: lineOf(`/${bodyName}`) + above };
}
