import { type ArticleInput, parseArticleInput } from './article-input.ts';
import { type Fault, InvalidArticleError } from './fault.ts';
import { decodeFile, readFrontMatter } from './front-matter.ts';
import { InvalidFileError } from './yaml.ts';

/** Front matter between `---` lines, then Markdown. Throws InvalidFileError with every fault and its line. */
export function parseArticleFile(
  slug: string,
  bytes: Uint8Array,
  options: { dateZone?: string | undefined } = {},
): ArticleInput {
  const { fields, body, lineOf } = readFrontMatter(decodeFile(bytes));
  const misplaced: Fault[] = [];
  // Every stage must show the same date, so no clock can stand in for it.
  if (!('publishedAt' in fields)) misplaced.push({ pointer: '/publishedAt', message: 'is missing' });
  if ('markdown' in fields)
    misplaced.push({ pointer: '/markdown', message: 'stands below the front matter' });
  try {
    const article = parseArticleInput(slug, { ...fields, markdown: body }, options);
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
