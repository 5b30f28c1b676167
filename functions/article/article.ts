import { createHash } from 'node:crypto';
import type { ArticleInput } from './article-input.ts';
import type { Picture } from './picture.ts';

/** Who first published the text. */
export type Source = NonNullable<ArticleInput['source']>;
export type Image = NonNullable<ArticleInput['image']>;

/** An article without its body. Times are ISO 8601 in UTC with milliseconds, so that they sort as text. */
export interface Article extends Omit<ArticleInput, 'markdown' | 'html' | 'text' | 'views'> {
  id: string;
  slug: string;
  summary: string;
  publishedAt: string;
  updatedAt: string;
  /** Those of the site's own that it shows, by what follows /media/ in their addresses there. */
  pictures?: Record<string, Picture> | undefined;
  /** SHA-256 of the clean HTML. */
  bodyHash: string;
  /** RSS shows its guid though that is no IRI: subscribers know it from the site that it moved in from. */
  guidInRss?: true | undefined;
}

/** An article's short form in a stream. */
export interface Card
  extends Pick<Article, 'id' | 'slug' | 'title' | 'summary' | 'publishedAt' | 'updatedAt'>,
    Pick<Article, 'language' | 'category' | 'tags' | 'image' | 'pictures'> {
  source?: Pick<Source, 'name' | 'url'> | undefined;
  /** Whether the article tells its original, which would not fit. */
  hasOriginal?: true | undefined;
  /** In the stream of corrections, where `publishedAt` is the time of the last one and `summary` its text. */
  firstPublishedAt?: string | undefined;
  /** The article's version, which grows with every change. */
  version: number;
}

export const maxSlugLength = 100;
export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function isSlug(text: string): boolean {
  return text.length <= maxSlugLength && slugPattern.test(text);
}

/** Whether feeds can use the text as an id: RFC 4287 §4.2.6 asks for an absolute IRI. */
export function isIri(text: string): boolean {
  // URL accepts these characters, RFC 3987 §2.2 does not.
  return URL.canParse(text) && !/[\s<>"{}|\\^`]/u.test(text);
}

// What validators of Atom take for one: RFC 4151, RFC 8141, an address with a host, RFC 4452.
const entryId =
  /^(tag:[\w.%+-]+(@[\w.-]+)?,\d{4}(-\d\d){0,2}:.*|urn:(?!urn:)[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:.+|https?:\/\/[^/].*|info:[^/]+\/.+)$/i;

export function isEntryId(text: string): boolean {
  return isIri(text) && entryId.test(text);
}

/** The id under which feeds show the article: its guid if every format can hold it, else its own id. */
export function subscriberId({ id, guid }: Pick<Article, 'id' | 'guid'>): string {
  return guid !== undefined && isEntryId(guid) ? guid : id;
}

/** What RSS shows as its guid, which may be any text. */
export function rssGuid(article: Pick<Article, 'id' | 'guid' | 'guidInRss'>): string {
  return article.guidInRss && article.guid !== undefined ? article.guid : subscriberId(article);
}

export function bodyHashOf(cleanHtml: string): string {
  return createHash('sha256').update(cleanHtml).digest('hex');
}
