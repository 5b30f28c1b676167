import { type Article, bodyHashOf, isEntryId, rssGuid } from './article.ts';
import type { ArticleInput } from './article-input.ts';
import { summaryText } from './body-html.ts';
import { correctedAt } from './corrections.ts';
import { type Fault, InvalidArticleError } from './fault.ts';
import { truncate } from './text.ts';

interface Revision {
  slug: string;
  input: ArticleInput;
  /** The clean HTML of the input's body. */
  html: string;
  /** The stored article, if there is one. */
  current: Article | undefined;
  /** Whether readers have ever seen it, even if it is a draft again. */
  wasVisible: boolean;
  authority: string;
  /** How many earlier articles took the id that would be minted. */
  generation: number;
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

/** The article after an edit. Throws InvalidArticleError if the edit changes its identity. */
export function reviseArticle(revision: Revision): Article {
  const { slug, input, html, current } = revision;
  const { markdown: _, html: __, text: ___, views: ____, ...fields } = input;
  assertSameIdentity(revision);
  const publishedAt = publicationTime(revision);
  assertPast(input, revision.now);
  const article: Omit<Article, 'updatedAt'> = {
    ...fields,
    id: input.id ?? current?.id ?? mintId(revision, publishedAt),
    slug,
    summary: input.summary ?? truncate(summaryText(html), 200),
    publishedAt,
    guid: input.guid ?? current?.guid,
    guidInRss: showsGuidInRss(revision),
    bodyHash: bodyHashOf(html),
  };
  // A given time can still be earlier than a publication date that is filled in here.
  // What came with a correction was changed then, whenever this stage learns of it.
  const corrected = correctedAt(article) ?? publishedAt;
  const updatedAt = input.updatedAt
    ? latest(input.updatedAt, publishedAt)
    : latest(updateTime(article, revision), corrected);
  return { ...article, updatedAt };
}

// Feed readers show an article with a new id a second time.
function assertSameIdentity(revision: Revision): void {
  const { input, current } = revision;
  if (!current) return;
  const faults: Fault[] = [];
  if (input.id && input.id !== current.id)
    faults.push({ pointer: '/id', message: `cannot change: it is ${current.id}` });
  const known = rssGuid(current);
  if (isKnown(revision) && input.guid && rssGuid({ ...current, guid: input.guid }) !== known)
    faults.push({ pointer: '/guid', message: `cannot change: subscribers know the article by ${known}` });
  if (faults.length > 0) throw new InvalidArticleError(faults);
}

function isKnown({ current, wasVisible, now }: Revision): boolean {
  return current !== undefined && (wasVisible || (!current.draft && current.publishedAt <= now));
}

// Two sources may give the same guid to two articles. What readers know stays as they know it.
function showsGuidInRss(revision: Revision): true | undefined {
  const { input, current } = revision;
  if (isKnown(revision)) return current?.guidInRss;
  const guid = input.guid ?? current?.guid;
  return guid !== undefined && !isEntryId(guid) && !input.source ? true : undefined;
}

function assertPast({ corrections = [] }: ArticleInput, now: string): void {
  const faults = corrections.flatMap(({ at }, index) =>
    at > now ? [{ pointer: `/corrections/${index}/at`, message: 'is in the future' }] : [],
  );
  if (faults.length > 0) throw new InvalidArticleError(faults);
}

// An edit keeps the date. A draft published for the first time is dated now, unless a date is given.
function publicationTime({ input, current, wasVisible, now }: Revision): string {
  if (input.publishedAt) return input.publishedAt;
  return current && (input.draft || !current.draft || wasVisible) ? current.publishedAt : now;
}

// Edits before the publication are no updates: nobody has read the earlier text.
function updateTime(article: Omit<Article, 'updatedAt'>, { current, wasVisible, now }: Revision): string {
  if (!current || (!wasVisible && (current.draft || current.publishedAt > now))) return article.publishedAt;
  if (significant(article) !== significant(current)) return latest(now, article.publishedAt);
  const untouched = current.updatedAt === current.publishedAt;
  return untouched ? article.publishedAt : latest(current.updatedAt, article.publishedAt);
}

function significant(article: Omit<Article, 'updatedAt'>): string {
  const { title, summary, bodyHash, image, corrections = [] } = article;
  const picture = image && [image.url, image.alt, image.width, image.height, image.type, image.length];
  const said = image && [image.caption, image.credit];
  return JSON.stringify([
    title,
    summary,
    bodyHash,
    picture,
    said,
    corrections.map(({ at, text }) => [at, text]),
  ]);
}

function latest(...times: string[]): string {
  return times.reduce((a, b) => (a > b ? a : b));
}

// RFC 4151. Minted once and stored, so it survives a new title, slug, host or category.
function mintId({ authority, slug, generation }: Revision, publishedAt: string): string {
  const again = generation > 0 ? `/${generation + 1}` : '';
  return `tag:${authority},${publishedAt.slice(0, 10)}:${slug}${again}`;
}
