import type { Context, Hono } from 'hono';
import type { ViewCountJson } from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import { absoluteUrl } from '../article/site-context.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { articleJson } from '../pages/article-json.ts';
import { renderArticlePage } from '../pages/article-page.tsx';
import { loadJson } from '../runtime/content.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { opensPreview } from '../store/preview-key.ts';
import { findArticle } from '../store/read-article.ts';
import { readRelated } from '../store/related.ts';
import { readShownCount } from '../store/shown-count.ts';
import { isVisible, type StoredArticle } from '../store/stored-article.ts';
import { countAndReadViews, isView, opensPage, readViewsSafely } from './page-views.ts';
import { prefersJson, respondBusy, respondProblem } from './respond.ts';
import { route } from './routing.ts';

type FoundArticle = StoredArticle & { html: string; isPreview: boolean };

/** The detail page as HTML and JSON, and the counting of its views. */
export function articleRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  const crawlers = new RegExp(loadJson<{ pattern: string }>('crawlers.json').pattern, 'i');

  route(app, backend, 'articleJson', {
    GET: async (c) => {
      const slug = slugParameter(c).slice(0, -'.json'.length);
      const found = await findOpen(c, backend, slug, { suffix: '.json', preview: c.req.query('preview') });
      return found instanceof Response ? found : respondJson(c, backend, found);
    },
  });

  route(app, backend, 'article', {
    GET: async (c) => {
      const found = await findOpen(c, backend, slugParameter(c), { preview: c.req.query('preview') });
      if (found instanceof Response) return found;
      c.header('Vary', 'Accept');
      if (prefersJson(c)) return respondJson(c, backend, found);
      const { article, html, isPreview } = found;
      const [views, related] = await Promise.all([
        !isPreview && opensPage(c.req.raw, crawlers)
          ? countAndReadViews(c, backend, article).then((counted) => counted?.views)
          : readViewsSafely(backend, article),
        readRelated(backend.store, found, here(backend)),
      ]);
      const opened = { article, html, views, ...related };
      return c.html(renderArticlePage(opened, backend.context, isPreview ? {} : undefined));
    },
  });

  route(app, backend, 'views', {
    POST: async (c) => {
      const found = await findOpen(c, backend, slugParameter(c), { suffix: '/views' });
      if (found instanceof Response) return found;
      const { article } = found;
      const counted = isView(c.req.raw, crawlers)
        ? await countAndReadViews(c, backend, article)
        : { views: (await readShownCount(backend.store, article.id)).total };
      return counted
        ? c.json<ViewCountJson>({ slug: article.slug, views: counted.views ?? null })
        : respondBusy(c, backend, 'The view could not be counted in time.');
    },
  });
}

function here({ context, now }: FeedBackend) {
  return { language: context.site.language, now: now() };
}

function slugParameter(c: Context): string {
  return c.req.param('slug') ?? '';
}

interface Address {
  /** Of the path, behind the slug. */
  suffix?: string;
  /** The key that was sent to open an article that is not public. */
  preview?: string | undefined;
}

/** The article, if it is visible or opened by its key, or the response to send instead. */
async function findOpen(
  c: Context,
  backend: FeedBackend,
  slug: string,
  { suffix = '', preview: key }: Address,
): Promise<FoundArticle | Response> {
  // No shared cache may answer: every view has to arrive here to be counted.
  c.header('Cache-Control', key === undefined ? 'private, no-cache' : 'no-store');
  if (key !== undefined) c.header('X-Robots-Tag', 'noindex');
  const plain = slug.toLowerCase();
  const found = plain === slug ? await findArticle(backend.store, slug) : { movedTo: plain };
  const url = new URL(c.req.url);
  const redirect = ({ article }: StoredArticle) =>
    c.redirect(absoluteUrl(articlePath(article.slug) + suffix, backend.context) + url.search, 308);
  if (found && 'movedTo' in found) {
    const target = await findOpen(c, backend, found.movedTo, { suffix, preview: key });
    return target instanceof Response ? target : redirect(target);
  }
  // Nobody is to know of an article that was never public.
  if (found?.status === 'gone' && found.tombstone)
    return respondProblem(c, backend, 'gone', { reason: found.reason });
  const now = backend.now();
  if (found && isVisible(found, now)) {
    if (key === undefined) return { ...found, isPreview: false };
    url.searchParams.delete('preview');
    return redirect(found);
  }
  const isPreview = found && key !== undefined && (await opensPreview(backend.store, found, { key, now }));
  return isPreview ? { ...found, isPreview } : respondProblem(c, backend, 'not-found');
}

async function respondJson(c: Context, backend: FeedBackend, found: FoundArticle): Promise<Response> {
  const { article, html } = found;
  const [views, related] = await Promise.all([
    readShownCount(backend.store, article.id).then(({ total }) => total),
    readRelated(backend.store, found, here(backend)),
  ]);
  return c.json(articleJson({ article, html, views, ...related }, backend.context));
}
