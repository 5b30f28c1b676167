import { bodyHashOf } from '../article/article.ts';
import type { ArticleInput } from '../article/article-input.ts';
import { describeDeletion, describeEdit, differences, givenFields } from '../article/conflicts.ts';
import { isDeleted, type StoredArticle } from '../store/stored-article.ts';

/** A content file on its way into the store. */
export interface FileImport {
  /** Of its bytes. */
  hash: string;
  /** What the list of all articles said of a slug's version before the import. */
  versionBefore: (slug: string) => number | undefined;
  /** Let the file win against an edit through the API. */
  takes: boolean;
}

/** The article was edited or deleted through the API since the file was last imported. The message names the ways out. */
export class EditedError extends Error {
  override name = 'EditedError';
}

/** Another import has stored the article since this one began. */
export class OvertakenError extends Error {
  override name = 'OvertakenError';
}

/**
 * What a changed file may do with the article at its address: `write` it, `replace` an edit, or nothing, because it is stored already.
 * Throws EditedError where the file must not win, and OvertakenError.
 */
export function judgeFile(
  current: StoredArticle | undefined,
  file: FileImport,
  { input, html }: { input: ArticleInput; html: string },
): 'write' | 'replace' | 'nothing' {
  if (!current) return 'write';
  const { slug } = current.article;
  const cameBack = current.status === 'gone' && current.origin === 'content';
  if (current.fileHash === file.hash && !cameBack) return 'nothing';
  if (current.origin === 'content') {
    if (current.version !== file.versionBefore(slug)) throw new OvertakenError();
    return 'write';
  }
  const hadFile = current.fileHash !== undefined;
  // What was deleted before it had a file is not this file's article.
  if (isDeleted(current) && !hadFile) return 'write';
  const { bodyHash } = current.article;
  const ours = { ...input, bodyHash: bodyHashOf(html) };
  const fields = differences(ours, { ...givenFields(current), bodyHash });
  if (!isDeleted(current) && fields.length === 0) return 'write';
  if (file.takes) return 'replace';
  throw new EditedError(isDeleted(current) ? describeDeletion(slug) : describeEdit(slug, hadFile, fields));
}
