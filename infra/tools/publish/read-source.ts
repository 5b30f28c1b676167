import { readFile, stat } from 'node:fs/promises';
import { decodeFile } from '../../../functions/article/article-file.ts';
import { parseArticleInput } from '../../../functions/article/article-input.ts';
import {
  type Fault,
  type FileFault,
  InvalidArticleError,
  InvalidFileError,
  TooLargeError,
} from '../../../functions/article/fault.ts';
import { renderBody } from '../../../functions/article/render-body.ts';
import { type ArticleText, readArticleText } from './article-text.ts';
import type { ArticleSource } from './find-sources.ts';

// Above the 6 MB that a Lambda takes in: nothing larger can become an article.
const maxFileBytes = 8_000_000;

/**
 * The fields to send for a file. Throws InvalidFileError with everything in it that no site would take.
 * `slugs` are those of all files that are sent together.
 */
export async function readSource({ file, slug }: ArticleSource, slugs: Set<string>): Promise<ArticleText> {
  const { size } = await stat(file);
  if (size > maxFileBytes)
    throw new InvalidFileError([{ line: 1, pointer: '', message: 'is larger than 8 MB' }]);
  const draft = readArticleText(file, decodeFile(await readFile(file)));
  const { fields } = draft;
  let faults = draft.faults ?? [];
  // Of a field that is refused already, no more is said.
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

/** In the order in which they stand in the file. */
export function inLines(faults: Fault[], { lineOf }: ArticleText): FileFault[] {
  return faults
    .map((fault) => ({ line: lineOf(fault.pointer), ...fault }))
    .sort((one, other) => one.line - other.line);
}

function fieldFaults(slug: string, fields: unknown): Fault[] {
  // Whether a date may stand without a zone is the site's to say: it is sent as it was written.
  return faultsIn(() => parseArticleInput(slug, fields, { dateZone: 'UTC' }));
}

/** The store would take the alias for a rename of that file's article. */
function rivalFaults({ aliases }: Record<string, unknown>, slugs: Set<string>): Fault[] {
  const taken = Array.isArray(aliases) ? aliases.find((alias) => slugs.has(alias)) : undefined;
  return taken ? [{ pointer: '/aliases', message: `${taken} is the address of another file` }] : [];
}

function bodyFaults(fields: Record<string, unknown>): Fault[] {
  const name = ['markdown', 'html', 'text'].find((field) => typeof fields[field] === 'string');
  if (!name) return [];
  const place = { baseUrl: 'https://example.com', slug: 'draft' };
  return faultsIn(() => renderBody({ [name]: fields[name] as string }, place), `/${name}`);
}

/** What an editor can mend of what `judge` refuses; anything else is thrown on. */
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
