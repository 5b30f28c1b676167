import { isDeepStrictEqual } from 'node:util';
import type { Article } from './article.ts';

/** The fields of a stored article that somebody gave. */
export function givenFields({ article, derived }: { article: Article; derived: string[] }) {
  const { slug: _, bodyHash: __, pictures: ___, guidInRss: ____, ...fields } = article;
  const { summary, updatedAt, ...rest } = fields;
  return {
    ...rest,
    ...(!derived.includes('summary') && { summary }),
    ...(!derived.includes('updatedAt') && { updatedAt }),
  };
}

// The body is compared by its hash. A starting count is taken once, so no article shows it.
const apart = ['slug', 'markdown', 'html', 'text', 'bodyHash', 'views', 'guidInRss'];

/**
 * In what the text of a content file differs from an article, as each was given: names of fields, and `text`. An identity that the file
 * does not name is no difference: the article keeps its own.
 */
export function differences(
  file: { bodyHash: string } & object,
  article: { bodyHash: string } & object,
): string[] {
  const [ours, theirs] = [new Map(Object.entries(file)), new Map(Object.entries(article))];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].filter((name) => !apart.includes(name));
  const differing = names
    .filter((name) => !(['id', 'guid'].includes(name) && ours.get(name) === undefined))
    .filter((name) => !isDeepStrictEqual(normal(ours.get(name)), normal(theirs.get(name))));
  return [...differing.sort(), ...(file.bodyHash === article.bodyHash ? [] : ['text'])];
}

/** Empty lists, `draft: false` and undefined fields say nothing. */
function normal(value: unknown): unknown {
  const isEmpty = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : JSON.parse(JSON.stringify(value));
}

/** Says how an article was edited through the API, and both ways out. `hadFile`: it was imported from a file before. */
export function describeEdit(slug: string, hadFile: boolean, fields: string[]): string {
  const named = new Intl.ListFormat('en').format(fields);
  const when = hadFile ? 'since this file was last imported' : 'and never imported from this file';
  return (
    `${slug} was edited through the API ${when}: ${named} ${fields.length === 1 ? 'differs' : 'differ'}. Nothing is overwritten. ` +
    `npm run newswire -- pull ${slug} writes the article into its file; with --take-files the file wins, and the edit stays a version`
  );
}

export function describeDeletion(slug: string): string {
  return (
    `${slug} was deleted through the API since this file was last imported, and stays deleted. ` +
    'Remove the file; or publish it as a new article with --take-files'
  );
}

export function describeErased(slug: string): string {
  return `${slug} was erased: remove the file, or give it another name`;
}

/** Of a file that says `removed`. */
export function describeRemoval(slug: string): string {
  return (
    `${slug} was edited through the API, and stays. ` +
    `npm run newswire -- pull ${slug} writes the article into this file; with --take-files it is removed, and the edit stays a version`
  );
}

export function describeNewAuthority(stored: string, written: string): string {
  return (
    `is ${written}, but the ids of this site's articles and feeds were made with ${stored}: with another, subscribers lose its feeds. ` +
    `Write ${stored} again; or, if it must change, run again with ALLOW_NEW_AUTHORITY=yes`
  );
}
