import { isDeepStrictEqual } from 'node:util';
import { bodyHashOf } from '../article/article.ts';
import { renderBody } from '../article/render-body.ts';
import { fromAttributes, toAttributes } from '../store/item.ts';
import { readShown } from '../store/pictures.ts';
import { planWrites } from '../store/plan-writes.ts';
import { readMetas } from '../store/read-article.ts';
import { commit } from '../store/transaction.ts';
import { readVersions, readWritten } from '../store/versions.ts';
import type { WriteBackend } from './backend.ts';
import { requirePreconditions, requireText } from './request.ts';
import { handOf, type Saved, statusOf } from './write-article.ts';

interface Restoring {
  slug: string;
  /** The number of a former text; without it the newest. */
  n: number | undefined;
  who?: string | undefined;
  /** Headers of the request; their preconditions must hold. */
  headers: Headers;
}

/**
 * Puts a former text back, in one transaction, under the id, the count and the addresses that the article has. A deleted article is
 * there again. Undefined if there is no such text; nothing is written when it stands there already. Throws ErasedError, PreconditionFailedError, TakenError or TooLargeError.
 */
export async function restoreArticle(
  backend: WriteBackend,
  { slug, n, who, headers }: Restoring,
): Promise<Saved | undefined> {
  const { store, baseUrl } = backend;
  const now = backend.now();
  return commit<Saved | undefined>(store, async () => {
    const nothing = { plan: undefined, result: undefined };
    const current = (await readMetas(store, [slug])).get(slug);
    if (!current || 'movedTo' in current) return nothing;
    requireText(current);
    requirePreconditions(headers, current, false);
    const former = await readVersions(store, current, now);
    const version = n === undefined ? former[0] : former.find((one) => one.n === n);
    const body = version && (await readWritten(store, version.article.slug, version.n));
    if (!body) return nothing;
    const { id, guid, guidInRss, aliases, bodyHash } = current.article;
    const { title, language } = version.article;
    const typography = backend.typography && (language ?? backend.typography);
    const { html } = renderBody(body, { baseUrl, slug, title, typography });
    const image = version.article.image?.url;
    const pictures = await readShown(store, { html, image, deployed: backend.media });
    const identity = { id, guid: guid ?? version.article.guid, guidInRss, slug, aliases };
    const article = { ...version.article, ...identity, pictures, bodyHash: bodyHashOf(html) };
    const same = fromAttributes(toAttributes({ ...article, updatedAt: current.article.updatedAt }));
    if (current.status === statusOf(article) && isDeepStrictEqual(same, current.article))
      return { plan: undefined, result: { outcome: 'unchanged', stored: current } };
    // Readers who have seen another text since are told that this one is new.
    const isNews = current.status !== 'gone' && article.bodyHash !== bodyHash;
    if (isNews && version.derived.includes('updatedAt') && now > article.publishedAt) article.updatedAt = now;
    const next = {
      ...current,
      article,
      status: statusOf(article),
      origin: 'api' as const,
      reason: undefined,
    };
    const hand = handOf({ origin: 'api', who });
    const { derived } = version;
    const { plan, stored } = await planWrites(store, {
      current,
      next: { ...next, derived },
      html,
      body,
      hand,
      now,
    });
    return { plan, result: { outcome: current.status === 'gone' ? 'created' : 'replaced', stored } };
  });
}
