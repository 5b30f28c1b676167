import { decodeFile, readFrontMatter } from '../article/article-file.ts';
import { type FileFault, InvalidArticleError, InvalidFileError, TooLargeError } from '../article/fault.ts';
import type { Removed } from '../article/left-out.ts';
import { TakenError } from '../store/transaction.ts';
import { EditedError } from './file-against-edit.ts';

/** The faults that an editor can mend. Throws any other error again. */
export function faultsOf(error: unknown, bytes: Uint8Array): FileFault[] {
  if (error instanceof InvalidFileError) return error.faults;
  if (error instanceof InvalidArticleError) {
    const { lineOf } = readFrontMatter(decodeFile(bytes));
    return error.faults.map((fault) => ({ line: lineOf(fault.pointer), ...fault }));
  }
  if (error instanceof TakenError) return [{ line: 1, pointer: error.pointer, message: error.message }];
  if (error instanceof TooLargeError || error instanceof EditedError)
    return [{ line: 1, pointer: '', message: error.message }];
  throw error;
}

/** With the lines of the whole file. */
export function inFile(bytes: Uint8Array, removed: Removed[]): Removed[] {
  const { bodyName, lineOf } = readFrontMatter(decodeFile(bytes));
  const above = lineOf(`/${bodyName}`) - 1;
  return removed.map(({ line, ...rest }) => ({ ...rest, ...(line !== undefined && { line: line + above }) }));
}
