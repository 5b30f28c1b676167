import { extname } from 'node:path';
import { readFrontMatter } from '../../../functions/article/article-file.ts';
import type { Fault } from '../../../functions/article/fault.ts';
import { readHtmlPage } from './html-page.ts';
import { readJsonFile } from './json-file.ts';

/** What a file asks the write API to store, as it was written. */
export interface ArticleText {
  fields: Record<string, unknown>;
  /** Of the field that the JSON pointer names, or of the nearest one around it. */
  lineOf(pointer: string): number;
  /** What is wrong with the file, beyond its fields. */
  faults?: Fault[];
}

/** By the ending of the file's name. Throws InvalidFileError. */
export function readArticleText(file: string, text: string): ArticleText {
  const ending = extname(file);
  if (ending === '.json') return readJsonFile(text);
  if (ending === '.md') return withBody(text, 'markdown');
  return /^---[ \t]*\n/.test(text) ? withBody(text, 'html') : readHtmlPage(text);
}

function withBody(text: string, name: 'markdown' | 'html'): ArticleText {
  const { fields, body, lineOf } = readFrontMatter(text, name);
  if (name in fields)
    return { fields, lineOf, faults: [{ pointer: `/${name}`, message: 'belongs below the front matter' }] };
  return { fields: { ...fields, [name]: body }, lineOf };
}
