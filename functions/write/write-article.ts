import type { ArticleInput } from '../article/article-input.ts';
import { renderBody } from '../article/render-body.ts';
import { reviseArticle } from '../article/revise-article.ts';
import type { Store } from '../store/connection.ts';
import { type Save, type Saved, saveArticle } from '../store/save-article.ts';
import type { StoredArticle } from '../store/stored-article.ts';

/** Where articles are written to. */
export interface WriteBackend {
  store: Store;
  /** The owner's domain in every new article's id. */
  authority: string;
  /** The site's origin, without a slash at the end: links to it are kept root-relative. */
  baseUrl: string;
  /** IANA: the days in addresses made here are this zone's. */
  timeZone: string;
  /** The zone of dates that are written without one; absent, such dates are refused. */
  dateZone?: string | undefined;
  /** ISO 8601 in UTC with milliseconds. */
  now: () => string;
}

export interface Write {
  slug: string;
  input: ArticleInput;
  origin: StoredArticle['origin'];
  fileHash?: string;
  guard?: Save['guard'];
}

/** Renders and stores an article; throws InvalidArticleError, TooLargeError, TakenError and what the guard throws. */
export async function writeArticle(
  backend: WriteBackend,
  { slug, input, origin, fileHash, guard }: Write,
): Promise<Saved> {
  const html = renderBody(input, { baseUrl: backend.baseUrl, slug });
  const now = backend.now();
  return saveArticle(backend.store, {
    ...{ slug, aliases: input.aliases, html, views: input.views, origin, fileHash, now, guard },
    derived: (['summary', 'updatedAt'] as const).filter((field) => input[field] === undefined),
    revise: (current, generation) =>
      reviseArticle({
        slug,
        input,
        html,
        current: current?.article,
        wasVisible: current?.tombstone !== undefined,
        authority: backend.authority,
        generation,
        now,
      }),
  });
}
