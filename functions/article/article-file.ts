import { type ArticleInput, parseArticleInput } from './article-input.ts';
import { type Fault, faultsOf, InvalidArticleError, InvalidFileError } from './fault.ts';
import { removalReason, writtenTime } from './fields.ts';
import { parseYaml } from './yaml.ts';

/** Begins prepared content of a file that could not be read; the reason follows. */
export const unreadableMark = '\0unreadable: ';

/** A file that keeps an article's address and says why it is gone; '' where nobody said. */
export interface RemovedFile {
  removed: string;
  /** What a stage that never had the article is to keep of it: a file that names its `id`. */
  former?: FormerArticle | undefined;
}

/** What is known of a removed article. */
export interface FormerArticle {
  input: ArticleInput;
  /** When readers saw it last, ISO 8601 in UTC with milliseconds; absent if they never did. */
  leftAt?: string | undefined;
}

/** Throws InvalidFileError with every fault of a content file, each with its line. Where it says `removed`, nothing else of it can be faulty. */
export function parseArticleFile(
  slug: string,
  bytes: Uint8Array,
  options: { dateZone?: string | undefined } = {},
): ArticleInput | RemovedFile {
  const { fields, body, bodyName, lineOf } = readFrontMatter(decodeFile(bytes));
  const removed = removalIn(fields, lineOf);
  if (removed !== undefined) return { removed, former: formerIn(slug, fields, options) };
  const misplaced: Fault[] = [];
  // Every stage must show the same date, so the clock cannot fill it in.
  if (!('publishedAt' in fields)) misplaced.push({ pointer: '/publishedAt', message: 'is missing' });
  if (bodyName in fields)
    misplaced.push({ pointer: `/${bodyName}`, message: 'belongs below the front matter' });
  try {
    const article = parseArticleInput(slug, { ...fields, [bodyName]: body }, options);
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

/** Why the article of these fields is gone, if they say that it is. Throws InvalidFileError. */
export function removalIn(
  fields: Record<string, unknown>,
  lineOf: (pointer: string) => number,
): string | undefined {
  if (!('removed' in fields)) return undefined;
  if (fields.removed === true) return '';
  const { data, error } = removalReason.safeParse(fields.removed);
  if (data !== undefined) return data;
  throw new InvalidFileError(
    faultsOf(error).map(({ message }) => ({ line: lineOf('/removed'), pointer: '/removed', message })),
  );
}

/** Undefined where the fields are not enough. */
function formerIn(
  slug: string,
  { removed: _, removedAt, ...fields }: Record<string, unknown>,
  options: { dateZone?: string | undefined },
): FormerArticle | undefined {
  if (!('id' in fields && 'publishedAt' in fields)) return undefined;
  try {
    const input = parseArticleInput(slug, { ...fields, text: '' }, options);
    return { input, leftAt: writtenTime(options.dateZone).optional().safeParse(removedAt).data };
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return undefined;
    throw cause;
  }
}

type BodyName = 'markdown' | 'html' | 'text';

/**
 * The fields between two `---` lines, the body below them, the field that it is, unless the file names another `format`, and the line that
 * a JSON pointer stands on. Throws InvalidFileError.
 */
export function readFrontMatter(text: string, usualName: BodyName = 'markdown') {
  const match = /^---[ \t]*\n(.*?)(?<=\n)---[ \t]*(?:\n|$)/s.exec(text);
  if (!match) throw wholeFile('must begin with front matter: fields between two lines of ---');
  const { value, lineOf } = parseYaml(match[1] ?? '', 2);
  const { format = usualName, ...fields } = value as Record<string, unknown>;
  const bodyName = (['markdown', 'html', 'text'] as const).find((name) => name === format);
  if (!bodyName)
    throw new InvalidFileError([
      { line: lineOf('/format'), pointer: '/format', message: 'must be markdown, html or text' },
    ]);
  const lineOfBody = match[0].split('\n').length;
  return {
    fields,
    bodyName,
    body: text.slice(match[0].length),
    lineOf: (pointer: string) =>
      pointer === `/${bodyName}` && !(bodyName in fields) ? lineOfBody : lineOf(pointer),
  };
}

/** The text of a file, with line ends as \n. Throws InvalidFileError unless it could be read and is UTF-8. */
export function decodeFile(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    throw wholeFile('is not UTF-8 text');
  }
  if (text.startsWith(unreadableMark)) throw wholeFile(text.slice(unreadableMark.length));
  return text;
}

function wholeFile(message: string): InvalidFileError {
  return new InvalidFileError([{ line: 1, pointer: '', message }]);
}
