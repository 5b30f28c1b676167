import { parseArticleInput } from '../../functions/article/article-input.ts';
import { type Fault, InvalidArticleError } from '../../functions/article/fault.ts';

export const minimal = { title: 'A title', markdown: 'A text.' };

/** The smallest article with these fields. */
export function parse(fields: object, slug = 'a-slug') {
  return parseArticleInput(slug, { ...minimal, ...fields });
}

export function faultsOf(value: unknown, slug = 'a-slug'): Fault[] {
  try {
    parseArticleInput(slug, value);
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.faults;
    throw error;
  }
  return [];
}

/** Of the smallest article with these fields. */
export function faultsWith(fields: object, slug?: string): Fault[] {
  return faultsOf({ ...minimal, ...fields }, slug);
}
