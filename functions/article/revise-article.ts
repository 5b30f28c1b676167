import { type Article, bodyHashOf, subscriberId } from './article.ts';
import type { ArticleInput } from './article-input.ts';
import { plainText } from './body-html.ts';
import { type Fault, InvalidArticleError } from './fault.ts';
import { beginning } from './text.ts';

interface Revision {
  slug: string;
  input: ArticleInput;
  /** The clean HTML of the input's body. */
  html: string;
  /** The article as stored, if it is. */
  current: Article | undefined;
  /** Whether readers have seen it before, though it may be a draft again. */
  wasVisible: boolean;
  authority: string;
  /** How many ids like the one to be minted are taken, so that a new one is new. */
  generation: number;
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

/** The article that `input` makes of the stored one. Throws InvalidArticleError when the input gives it another identity. */
export function reviseArticle(revision: Revision): Article {
  const { slug, input, html, current } = revision;
  const { title, language, source, authors, category, tags, image, aliases, translations, draft } = input;
  requireSameIdentity(revision);
  const publishedAt = publicationTime(revision);
  const article: Omit<Article, 'updatedAt'> = {
    id: input.id ?? current?.id ?? mintId(revision, publishedAt),
    slug,
    draft,
    title,
    summary: input.summary ?? beginning(plainText(html), 200),
    publishedAt,
    ...{ language, source, authors, category, tags, image, guid: input.guid ?? current?.guid },
    ...{ aliases, translations },
    bodyHash: bodyHashOf(html),
  };
  // A given time can still lie before a publication that the desk dates itself.
  const updatedAt = input.updatedAt ? latest(input.updatedAt, publishedAt) : updateTime(article, revision);
  return { ...article, updatedAt };
}

// A reader shows an article that comes under another id once more.
function requireSameIdentity({ input, current, wasVisible, now }: Revision): void {
  if (!current) return;
  const known = subscriberId(current);
  const isKnown = wasVisible || (!current.draft && current.publishedAt <= now);
  const faults: Fault[] = [];
  if (input.id && input.id !== current.id)
    faults.push({ pointer: '/id', message: `cannot change: it is ${current.id}` });
  if (isKnown && input.guid && subscriberId({ id: current.id, guid: input.guid }) !== known)
    faults.push({ pointer: '/guid', message: `cannot change: subscribers know the article by ${known}` });
  if (faults.length > 0) throw new InvalidArticleError(faults);
}

// An edit keeps the date; a draft that is published for the first time, and without one, gets that moment.
function publicationTime({ input, current, wasVisible, now }: Revision): string {
  if (input.publishedAt) return input.publishedAt;
  return current && (input.draft || !current.draft || wasVisible) ? current.publishedAt : now;
}

// Readers saw nothing of an article before its publication, so edits until then are no updates.
function updateTime(article: Omit<Article, 'updatedAt'>, { current, wasVisible, now }: Revision): string {
  if (!current || (!wasVisible && (current.draft || current.publishedAt > now))) return article.publishedAt;
  if (significant(article) !== significant(current)) return latest(now, article.publishedAt);
  const untouched = current.updatedAt === current.publishedAt;
  return untouched ? article.publishedAt : latest(current.updatedAt, article.publishedAt);
}

function significant({ title, summary, bodyHash, image }: Omit<Article, 'updatedAt'>): string {
  const fields = image && [image.url, image.alt, image.width, image.height, image.type, image.length];
  return JSON.stringify([title, summary, bodyHash, fields]);
}

function latest(...times: string[]): string {
  return times.reduce((a, b) => (a > b ? a : b));
}

// RFC 4151: minted once and stored, so it outlives a new title, slug, host or category.
function mintId({ authority, slug, generation }: Revision, publishedAt: string): string {
  const again = generation > 0 ? `/${generation + 1}` : '';
  return `tag:${authority},${publishedAt.slice(0, 10)}:${slug}${again}`;
}
