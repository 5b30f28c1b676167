import { parseArticleInput } from '../../../functions/article/article-input.ts';
import { InvalidArticleError } from '../../../functions/article/fault.ts';
import { truncate } from '../../../functions/article/text.ts';
import { plainText, repaired } from '../../../functions/pull/feed-html.ts';
import { distinct, lineOf, oneLine } from '../../../functions/pull/feed-item.ts';
import { labelsOf } from './labels.ts';
import type { OldArticle } from './old-site.ts';

/** What an old system says of an article: the fields of a write request, of any length. */
export interface ToldFields {
  /** May hold tags and references of HTML. */
  title?: string | undefined;
  summary?: string | undefined;
  html?: string | undefined;
  markdown?: string | undefined;
  text?: string | undefined;
  /** ISO 8601 in UTC with milliseconds. */
  publishedAt?: string | undefined;
  updatedAt?: string | undefined;
  authors?: string[] | undefined;
  /** The first one becomes the category, the others tags. */
  categories?: string[] | undefined;
  tags?: string[] | undefined;
  image?: { url: string; alt?: string | undefined; caption?: string | undefined } | undefined;
  [field: string]: unknown;
}

const required = ['', 'title', 'html', 'markdown', 'text'];

/** The fields as the site takes them, and a line for each thing that is not as it was told. What no cut mends stays as it is, for the site to judge. */
export function fitFields(told: ToldFields): Pick<OldArticle, 'fields' | 'notes'> {
  const notes: string[] = [];
  const {
    title,
    summary,
    publishedAt,
    updatedAt,
    authors = [],
    categories = [],
    tags = [],
    image,
    ...rest
  } = told;
  const body = Object.fromEntries(
    (['html', 'markdown', 'text'] as const).flatMap((name) =>
      typeof told[name] === 'string' ? [[name, repaired(told[name])]] : [],
    ),
  );
  const labels = labelsOf(categories, tags);
  const fields = {
    ...rest,
    ...body,
    title: fitTitle(title, body, notes),
    summary: fitLine(summary, 1000),
    publishedAt,
    // One that is no later is no edit, or was made before the day it is dated.
    updatedAt: publishedAt && updatedAt && updatedAt <= publishedAt ? undefined : updatedAt,
    authors: distinct(authors.map((name) => fitLine(name, 100))).slice(0, 20),
    image: image && { ...image, alt: fitLine(image.alt, 500), caption: fitLine(image.caption, 500) },
    category: labels.category,
    tags: labels.tags,
  };
  return { fields: withoutFaulty(fields, notes), notes: [...labels.notes, ...notes] };
}

/** An empty one gives way to the first words of the text. */
function fitTitle(written: string | undefined, body: Record<string, string>, notes: string[]): string {
  const title = lineOf(written);
  if (title !== undefined) {
    const fit = truncate(title, 300);
    if (fit !== title) notes.push('the title is cut after 300 characters');
    return fit;
  }
  notes.push('it has no title: its first words are one');
  const [text = ''] = Object.values(body);
  return truncate(oneLine(plainText(text.slice(0, 20_000))) ?? 'Untitled', 80);
}

function fitLine(written: string | undefined, most: number): string | undefined {
  const line = lineOf(written);
  return line && truncate(line, most);
}

/** Optional fields that no article may have so are left out. */
function withoutFaulty(fields: OldArticle['fields'], notes: string[]): OldArticle['fields'] {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  try {
    parseArticleInput(undefined, {
      ...given,
      ...(fields.image !== undefined && { image: judged(fields.image) }),
    });
  } catch (error) {
    if (!(error instanceof InvalidArticleError)) throw error;
    for (const { pointer, message } of error.faults) {
      const [, name = ''] = pointer.split('/');
      if (required.includes(name) || !(name in given)) continue;
      notes.push(`${name} is left out: ${pointer.slice(1)} ${message}`);
      delete given[name];
    }
  }
  return { ...given, title: fields.title };
}

/** A picture of this machine has an address as soon as it is on the site. */
function judged(image: unknown): unknown {
  const { url } = Object(image) as { url?: unknown };
  return typeof url === 'string' && url.startsWith('file:')
    ? { ...Object(image), url: '/media/picture.png' }
    : image;
}
