import { isDeepStrictEqual } from 'node:util';
import type { Article } from '../article/article.ts';
import type { ArticleInput } from '../article/article-input.ts';
import type { CleanHtml } from '../article/clean-html.ts';
import { describeErased } from '../article/conflicts.ts';
import { InvalidArticleError } from '../article/fault.ts';
import type { Removed } from '../article/left-out.ts';
import { findMissingFiles } from '../article/missing-files.ts';
import { renderBody } from '../article/render-body.ts';
import { reviseArticle } from '../article/revise-article.ts';
import { fromAttributes, toAttributes } from '../store/item.ts';
import { readShown } from '../store/pictures.ts';
import { planWrites } from '../store/plan-writes.ts';
import { findReplaced, isIdClaimed, type Replaced } from '../store/read-article.ts';
import { isDeleted, type StoredArticle, type Upstream } from '../store/stored-article.ts';
import { commit, type Plan, TakenError } from '../store/transaction.ts';
import { type Hand, wayOf } from '../store/versions.ts';
import type { WriteBackend } from './backend.ts';
import { type FileImport, judgeFile } from './file-against-edit.ts';
import { requirePreconditions } from './request.ts';

export interface Write {
  slug: string;
  input: ArticleInput;
  origin: StoredArticle['origin'];
  /** The caller, as API Gateway names it. */
  who?: string | undefined;
  /** The body, if it has been rendered already. */
  body?: CleanHtml;
  file?: FileImport;
  /** Of what comes with a feed: it replaces nothing that others wrote or removed. */
  upstream?: Upstream;
  /** Headers of the request; their preconditions must hold. */
  headers?: Headers;
  /** Refuse to replace another article. */
  onlyNew?: boolean;
  /** Write nothing but drafts that no reader has ever seen, and take no address of another article. */
  onlyDrafts?: boolean;
}

export interface Saved {
  outcome: 'created' | 'replaced' | 'unchanged';
  stored: StoredArticle;
  /** What the stored text lacks of the one that was sent. */
  removed?: Removed[];
  /** A content file has won against an edit through the API. */
  replacedEdit?: true;
}

/** The clean body of an input. Throws InvalidArticleError, also for pictures of the site that are not there. */
export async function renderInput(
  backend: WriteBackend,
  slug: string,
  input: ArticleInput,
): Promise<CleanHtml> {
  const { baseUrl, typography, media } = backend;
  const place = { baseUrl, slug, title: input.title };
  const body = renderBody(input, { ...place, typography: typography && (input.language ?? typography) });
  const pointer = `/${['markdown', 'html'].find((name) => name in input) ?? 'text'}`;
  const { html } = body;
  const shown = media && (await readShown(backend.store, { html, image: input.image?.url, deployed: media }));
  const missing = findMissingFiles(
    { html, image: input.image, pointer },
    (name) => media === undefined || Object.hasOwn({ ...media, ...shown }, name),
  );
  if (missing.length > 0)
    throw new InvalidArticleError(missing.map(({ pointer, message }) => ({ pointer, message })));
  return body;
}

/**
 * Stores an article in one transaction with all its rows. Naming another article's slug among the aliases renames that article.
 * Writes nothing when nothing differs. Throws InvalidArticleError, TooLargeError, TakenError, PreconditionFailedError, EditedError or
 * OvertakenError.
 */
export async function writeArticle(backend: WriteBackend, write: Write): Promise<Saved> {
  const { slug, input } = write;
  const { html, removed } = write.body ?? (await renderInput(backend, slug, input));
  const now = backend.now();
  const saved = await commit(backend.store, async () => {
    const replaced = await findReplaced(backend.store, slug, input.aliases);
    return decide(backend, { ...write, html, now }, replaced);
  });
  return { ...saved, removed };
}

async function decide(
  backend: WriteBackend,
  write: Write & { html: string; now: string },
  { current, yielding }: Replaced,
): Promise<{ plan: Plan | undefined; result: Saved }> {
  const { input, origin, html, now, file } = write;
  if (write.onlyDrafts) requireUnseen(write.slug, { current, yielding });
  // What replaces a deleted article is a new one, with its own id and the time of its own first storing.
  const kept = isDeleted(current) ? undefined : current;
  // A file that was left, or corrected, must not bring back what was erased.
  if (origin === 'content' && current?.erasedAt)
    throw new TakenError(
      current.article.slug === write.slug ? '/slug' : '/aliases',
      describeErased(current.article.slug),
    );
  if (write.upstream && !write.onlyNew && current && (current.origin !== 'pull' || current.status === 'gone'))
    return { plan: undefined, result: { outcome: 'unchanged', stored: current } };
  const verdict = file && judgeFile(current, file, write);
  if (current && verdict === 'nothing')
    return { plan: undefined, result: { outcome: 'unchanged', stored: current } };
  const { article, generation } = await reviseUnderFreeId(backend, write, current);
  const image = article.image?.url;
  article.pictures = await readShown(backend.store, { html, image, deployed: backend.media });
  const isUnchanged = kept !== undefined && isSame(kept, article, write);
  if (write.headers) requirePreconditions(write.headers, current, isUnchanged);
  if (write.onlyNew && current && !isUnchanged)
    throw new TakenError('/slug', 'is the address of another article');
  if (isUnchanged) return { plan: undefined, result: { outcome: 'unchanged', stored: kept } };

  const { plan, stored } = await planWrites(backend.store, {
    current,
    yielding,
    next: {
      article,
      status: statusOf(article),
      origin,
      // Of a deleted or erased article too: the file that was left must not replace what is put at its address.
      fileHash: file?.hash ?? current?.fileHash,
      upstream: write.upstream ?? current?.upstream,
      firstStoredAt: kept?.firstStoredAt ?? now,
      generation,
      derived: (['summary', 'updatedAt'] as const).filter((field) => input[field] === undefined),
      startingViews: input.views,
    },
    html,
    body: input,
    hand: handOf(write),
    now,
  });
  const outcome = kept ? 'replaced' : 'created';
  return { plan, result: { outcome, stored, ...(verdict === 'replace' && { replacedEdit: true }) } };
}

/** Throws TakenError unless what is replaced is a draft at this address that no reader has ever seen. */
function requireUnseen(slug: string, { current, yielding }: Replaced): void {
  if (yielding.length > 0 || (current && current.article.slug !== slug))
    throw new TakenError('/aliases', 'name an address of another article, which only an editor may take');
  if (current && (current.status !== 'draft' || current.tombstone))
    throw new TakenError(
      '/slug',
      'is that of an article which readers know or will: ask an editor to change it',
    );
}

/** The article under an id that is free. If a derived id is taken, the next one is tried; throws TakenError if a given one is. */
async function reviseUnderFreeId(
  { store, authority }: WriteBackend,
  { slug, input, html, now }: Write & { html: string; now: string },
  current: StoredArticle | undefined,
): Promise<{ article: Article; generation: number }> {
  const kept = isDeleted(current) ? undefined : current;
  let generation = (current?.generation ?? 0) + (current && !kept ? 1 : 0);
  for (let former: string | undefined; ; generation++) {
    const article = reviseArticle({
      slug,
      input,
      html,
      current: kept?.article,
      wasVisible: kept?.tombstone !== undefined,
      authority,
      generation,
      now,
    });
    if (article.id === former) throw new TakenError('/id', 'belongs to another article');
    if (article.id === current?.article.id || !(await isIdClaimed(store, article.id)))
      return { article, generation };
    former = article.id;
  }
}

/** An import has no caller: it runs with a deployment. For what comes with a feed `who` is its source. */
export function handOf({ origin, who }: Pick<Write, 'origin' | 'who'>): Hand {
  return { who: origin === 'content' ? 'import' : who, way: wayOf(origin) };
}

export function statusOf({ draft }: Article): 'draft' | 'published' {
  return draft ? 'draft' : 'published';
}

function isSame(stored: StoredArticle, article: Article, { file, input: { views } }: Write): boolean {
  // Undefined fields are not stored.
  const normal = fromAttributes(toAttributes(article));
  return (
    stored.status === statusOf(article) &&
    (file === undefined || file.hash === stored.fileHash) &&
    (views === undefined || stored.startingViews !== undefined) &&
    isDeepStrictEqual(normal, stored.article)
  );
}
