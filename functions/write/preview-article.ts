import type { Hono } from 'hono';
import type { PreviewJson, PreviewLinkJson } from '../api/answers.ts';
import { honoPath, type writeRoutes } from '../api/routes.ts';
import { articlePath } from '../article/addresses.ts';
import { parseArticleInput } from '../article/article-input.ts';
import { dayOf } from '../article/calendar.ts';
import { InvalidArticleError } from '../article/fault.ts';
import { reviseArticle } from '../article/revise-article.ts';
import type { Site } from '../article/site.ts';
import { slugOfTitle } from '../article/slug-of-title.ts';
import { renderArticlePage } from '../pages/article-page.tsx';
import { problemResponse } from '../runtime/problem.ts';
import { readShown } from '../store/pictures.ts';
import { isHidden, planPreviewKey } from '../store/preview-key.ts';
import { readMetas } from '../store/read-article.ts';
import { readRelated } from '../store/related.ts';
import { readShownCount } from '../store/shown-count.ts';
import { isDeleted, type Moved, type StoredArticle } from '../store/stored-article.ts';
import { commit } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { readJson } from './request.ts';
import { renderInput } from './write-article.ts';

/** The signed routes that show what readers do not see yet. */
export function previewRoutes(app: Hono, paths: typeof writeRoutes, backend: WriteBackend): void {
  app.post(paths.preview, async (c) => {
    const { site } = backend;
    return site
      ? c.json(await previewArticle(backend, site, await readJson(c.req.raw)))
      : problemResponse('not-found');
  });
  const link = honoPath(paths.previewLink);
  app.post(link, async (c) => {
    const asked = c.req.raw.headers.has('content-type') ? await readJson(c.req.raw) : {};
    const { renew = false } = Object(asked) as { renew?: boolean };
    if (typeof renew !== 'boolean')
      throw new InvalidArticleError([{ pointer: '/renew', message: 'must be true or false' }]);
    const { stored, key } = await givePreviewKey(backend, c.req.param('slug') ?? '', renew);
    if (!stored) return problemResponse('not-found');
    if ('movedTo' in stored) return c.redirect(`/articles/${stored.movedTo}/preview`, 308);
    if (stored.status === 'gone')
      return problemResponse('gone', { detail: 'The article was removed: nothing of it is shown.' });
    if (!key) return problemResponse('public', { detail: 'Everybody can read the article at its address.' });
    const url = `${backend.baseUrl}${articlePath(stored.article.slug)}?preview=${key}`;
    return c.json({ url } satisfies PreviewLinkJson);
  });
  app.all(link, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
  app.all(paths.preview, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
}

/**
 * The page that readers would see if the article were stored like this, with what the cleaning left out. Nothing is stored or counted, and
 * whether an address is free is not asked. Without a `slug` it is a new article. Throws as writeArticle does, but no TakenError.
 */
async function previewArticle(backend: WriteBackend, site: Site, value: unknown): Promise<PreviewJson> {
  const { store, baseUrl, authority, media = {}, ownCss } = backend;
  const { slug: given, ...fields } = Object(value) as { slug?: string };
  const input = parseArticleInput(given, fields, backend);
  const now = backend.now();
  const slug = given ?? slugOfTitle(input.title, dayOf(input.publishedAt ?? now, site.timeZone));
  const { html, removed } = await renderInput(backend, slug, input);
  const found = given === undefined ? undefined : (await readMetas(store, [given])).get(given);
  const stored = found && !('movedTo' in found) && !isDeleted(found) ? found : undefined;
  const article = reviseArticle({
    ...{ slug, input, html, authority, now },
    current: stored?.article,
    wasVisible: stored?.tombstone !== undefined,
    generation: 0,
  });
  article.pictures = await readShown(store, { html, image: article.image?.url, deployed: backend.media });
  const [{ total }, related] = await Promise.all([
    readShownCount(store, article.id),
    readRelated(store, { article }, { language: site.language, now }),
  ]);
  const views = stored ? total : (input.views ?? 0);
  const context = { site, baseUrl, media, ...(ownCss !== undefined && { ownCss }) };
  const page = renderArticlePage({ article, html, views, ...related }, context, { base: `${baseUrl}/` });
  return { html: page, removed };
}

/** The article at the address, and its key if it is hidden. */
function givePreviewKey({ store, now: clock }: WriteBackend, slug: string, renew: boolean) {
  const now = clock();
  return commit<{ stored?: StoredArticle | Moved | undefined; key?: string }>(store, async () => {
    const stored = (await readMetas(store, [slug])).get(slug);
    if (!stored || 'movedTo' in stored || !isHidden(stored, now))
      return { plan: undefined, result: { stored } };
    const { plan, key } = await planPreviewKey(store, stored, { renew, now });
    return { plan, result: { stored, key } };
  });
}
