import { extname } from 'node:path';
import { decodeFile, readFrontMatter, removalIn } from '../../../functions/article/article-file.ts';
import { parseArticleInput } from '../../../functions/article/article-input.ts';
import {
  type Fault,
  type FileFault,
  InvalidArticleError,
  InvalidFileError,
  TooLargeError,
} from '../../../functions/article/fault.ts';
import { renderBody } from '../../../functions/article/render-body.ts';
import { findFile, readFile } from '../../content-files.ts';
import type { ArticleSource } from './find-sources.ts';
import { readHtmlPage } from './html-page.ts';
import { readJsonFile } from './json-file.ts';
import { findNamedPictures, type NamedPicture } from './named-pictures.ts';

/** The fields that a file asks the write API to store. */
export interface SourceText {
  fields: Record<string, unknown>;
  /** The line of the field at a JSON pointer, or of the nearest one around it. */
  lineOf(pointer: string): number;
  /** Where the body begins, if it is sent as it is written. */
  bodyLine?: number;
  /** What is wrong with the file, beyond its fields. */
  faults?: Fault[];
  /** Of this machine, which the fields name as the site will. */
  pictures?: NamedPicture[];
  /** Why the article is gone: nothing else of the file counts. */
  removed?: string;
}

// A Lambda takes in 6 MB: nothing larger can become an article.
const maxFileBytes = 8_000_000;

/**
 * The fields to send for a file. Throws InvalidFileError with every fault that any site would refuse.
 * `slugs` are those of all files that are sent together.
 */
export function readSource({ file, slug }: ArticleSource, slugs: Set<string>): SourceText {
  const found = findFile(file);
  const isTooLarge = typeof found === 'object' && found.size > maxFileBytes;
  const bytes = isTooLarge ? 'is larger than 8 MB' : (readFile(file) ?? 'is not there');
  if (typeof bytes === 'string') throw new InvalidFileError([{ line: 1, pointer: '', message: bytes }]);
  const written = readSourceText(file, decodeFile(bytes));
  if (written.removed !== undefined) return written;
  const { fields, pictures, faults: pictureFaults } = findNamedPictures(file, written.fields);
  const draft = { ...written, fields, pictures };
  let faults = [...(written.faults ?? []), ...pictureFaults];
  // One fault per field is enough.
  for (const judge of [
    () => fieldFaults(slug, fields),
    () => rivalFaults(fields, slugs),
    () => bodyFaults(fields),
  ]) {
    const known = new Set(faults.map(({ pointer }) => pointer));
    faults = [...faults, ...judge().filter(({ pointer }) => pointer === '' || !known.has(pointer))];
  }
  if (faults.length > 0) throw new InvalidFileError(inLines(faults, draft));
  return draft;
}

/** With their lines, in the order of the file. */
export function inLines(faults: Fault[], { lineOf }: SourceText): FileFault[] {
  return faults
    .map((fault) => ({ line: lineOf(fault.pointer), ...fault }))
    .sort((one, other) => one.line - other.line);
}

/** What any site would refuse. */
export function fieldFaults(slug: string, fields: unknown): Fault[] {
  // The site decides whether a date may lack a zone: it is sent as written.
  return faultsIn(() => parseArticleInput(slug, fields, { dateZone: 'UTC' }));
}

/** The store would take such an alias for a rename of the other file's article. */
function rivalFaults({ aliases }: Record<string, unknown>, slugs: Set<string>): Fault[] {
  const taken = Array.isArray(aliases) ? aliases.find((alias) => slugs.has(alias)) : undefined;
  return taken ? [{ pointer: '/aliases', message: `${taken} is the address of another file` }] : [];
}

/** What any site would refuse. */
export function bodyFaults(fields: Record<string, unknown>): Fault[] {
  const name = ['markdown', 'html', 'text'].find((field) => typeof fields[field] === 'string');
  if (!name) return [];
  const place = { baseUrl: 'https://example.com', slug: 'draft' };
  return faultsIn(() => renderBody({ [name]: fields[name] as string }, place), `/${name}`);
}

/** What an editor can correct; other errors are thrown on. */
export function faultsIn(judge: () => unknown, pointer = ''): Fault[] {
  try {
    judge();
    return [];
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.faults;
    if (error instanceof TooLargeError) return [{ pointer, message: error.message }];
    throw error;
  }
}

function readSourceText(file: string, text: string): SourceText {
  const ending = extname(file);
  if (ending === '.json') return readJsonFile(text);
  if (ending === '.md') return withBody(text, 'markdown');
  return /^---[ \t]*\n/.test(text) ? withBody(text, 'html') : readHtmlPage(text);
}

function withBody(text: string, usualName: 'markdown' | 'html'): SourceText {
  const { fields, body, bodyName: name, lineOf } = readFrontMatter(text, usualName);
  const removed = removalIn(fields, lineOf);
  if (removed !== undefined) return { fields, lineOf, removed };
  if (name in fields)
    return { fields, lineOf, faults: [{ pointer: `/${name}`, message: 'belongs below the front matter' }] };
  return { fields: { ...fields, [name]: body }, lineOf, bodyLine: lineOf(`/${name}`) };
}
