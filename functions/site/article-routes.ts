import type { Context, Hono } from 'hono';
import type { ViewCountJson } from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import { absoluteUrl } from '../article/site-context.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { articleJson } from '../pages/article-json.ts';
import { renderArticlePage } from '../pages/article-page.tsx';
import { loadJson } from '../runtime/content.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { findArticle } from '../store/read-article.ts';
import { readRelated } from '../store/related.ts';
import { readShownCount } from '../store/shown-count.ts';
import { isVisible, type StoredArticle } from '../store/stored-article.ts';
import { countAndReadViews, isView, opensPage, readViewsSafely } from './page-views.ts';
import { prefersJson, respondBusy, respondProblem } from './respond.ts';
import { route } from './routing.ts';

type FoundArticle = StoredArticle & { html: string };

/** The detail page as HTML and JSON, and the counting of its views. */
export function articleRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  const crawlers = new RegExp(loadJson<{ pattern: string }>('crawlers.json').pattern, 'i');

  route(app, backend, 'articleJson', {
    GET: async (c) => {
      const found = await findVisible(c, backend, slugParameter(c).slice(0, -'.json'.length), '.json');
      return found instanceof Response ? found : respondJson(c, backend, found);
    },
  });

  route(app, backend, 'article', {
    GET: async (c) => {
      const found = await findVisible(c, backend, slugParameter(c));
      if (found instanceof Response) return found;
      c.header('Vary', 'Accept');
      if (prefersJson(c)) return respondJson(c, backend, found);
      const { article, html } = found;
      const [views, related] = await Promise.all([
        opensPage(c.req.raw, crawlers)
          ? countAndReadViews(c, backend, article).then((counted) => counted?.views)
          : readViewsSafely(backend, article),
        readRelated(backend.store, found, here(backend)),
      ]);
      return c.html(renderArticlePage({ article, html, views, ...related }, backend.context));
    },
  });

  route(app, backend, 'views', {
    POST: async (c) => {
      const found = await findVisible(c, backend, slugParameter(c), '/views');
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

/** The visible article, or the response to send instead. */
async function findVisible(
  c: Context,
  backend: FeedBackend,
  slug: string,
  suffix = '',
): Promise<FoundArticle | Response> {
  // No shared cache may answer: every view has to arrive here to be counted.
  c.header('Cache-Control', 'private, no-cache');
  const plain = slug.toLowerCase();
  const found = plain === slug ? await findArticle(backend.store, slug) : { movedTo: plain };
  if (found && 'movedTo' in found) {
    const target = await findVisible(c, backend, found.movedTo);
    if (target instanceof Response) return target;
    const { search } = new URL(c.req.url);
    return c.redirect(absoluteUrl(articlePath(target.article.slug) + suffix, backend.context) + search, 308);
  }
  // Nobody is to know of an article that was never public.
  if (found?.status === 'gone' && found.tombstone)
    return respondProblem(c, backend, 'gone', { reason: found.reason });
  return found && isVisible(found, backend.now()) ? found : respondProblem(c, backend, 'not-found');
}

async function respondJson(c: Context, backend: FeedBackend, found: FoundArticle): Promise<Response> {
  const { article, html } = found;
  const [views, related] = await Promise.all([
    readShownCount(backend.store, article.id).then(({ total }) => total),
    readRelated(backend.store, found, here(backend)),
  ]);
  return c.json(articleJson({ article, html, views, ...related }, backend.context));
}
