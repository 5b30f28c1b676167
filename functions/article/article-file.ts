import { type ArticleInput, parseArticleInput } from './article-input.ts';
import { type Fault, InvalidArticleError } from './fault.ts';
import { InvalidFileError, parseYaml } from './yaml.ts';

/** Front matter between `---` lines, then Markdown. Throws InvalidFileError with every fault and its line. */
export function parseArticleFile(slug: string, bytes: Uint8Array): ArticleInput {
  const text = decode(bytes).replace(/\r\n?/g, '\n');
  const match = /^---[ \t]*\n(.*?)(?<=\n)---[ \t]*(?:\n|$)/s.exec(text);
  if (!match) throw wholeFile('must begin with front matter: fields between two lines of ---');
  const { value, lineOf } = parseYaml(match[1] ?? '', 2);
  const fields = value as Record<string, unknown>;
  const misplaced: Fault[] = [];
  // Every stage must show the same date, so no clock can stand in for it.
  if (!('publishedAt' in fields)) misplaced.push({ pointer: '/publishedAt', message: 'is missing' });
  if ('markdown' in fields)
    misplaced.push({ pointer: '/markdown', message: 'stands below the front matter' });
  try {
    const article = parseArticleInput(slug, { ...fields, markdown: text.slice(match[0].length) });
    if (misplaced.length > 0) throw new InvalidArticleError(misplaced);
    return article;
  } catch (cause) {
    if (!(cause instanceof InvalidArticleError)) throw cause;
    throw new InvalidFileError(
      [...new Set([...cause.faults, ...misplaced])].map((fault) => ({
        line: lineOf(fault.pointer),
        ...fault,
      })),
    );
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wholeFile('is not UTF-8 text');
  }
}

function wholeFile(message: string): InvalidFileError {
  return new InvalidFileError([{ line: 1, pointer: '', message }]);
}
