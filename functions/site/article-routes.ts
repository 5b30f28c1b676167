import type { Context, Hono } from 'hono';
import type { ViewCountJson } from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import type { Article } from '../article/article.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { articleJson } from '../pages/article-json.ts';
import { renderArticlePage } from '../pages/article-page.tsx';
import { loadJson } from '../runtime/content.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { readNeighbours } from '../store/cards.ts';
import { findArticle, readVisible } from '../store/read-article.ts';
import { readShownCount } from '../store/shown-count.ts';
import { isVisible, oldSlugs, type StoredArticle } from '../store/stored-article.ts';
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
        readRelated(backend, found),
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
    readRelated(backend, found),
  ]);
  return c.json(articleJson({ article, html, views, ...related }, backend.context));
}

async function readRelated(backend: FeedBackend, stored: StoredArticle) {
  const [neighbours, translations] = await Promise.all([
    readNeighbours(backend.store, newsStream, stored.article, backend.now()),
    readTranslations(backend, stored),
  ]);
  return { ...neighbours, translations };
}

/**
 * The visible articles that this one names as translations and that name it too: one per language, none in its own. Search engines
 * ignore an `hreflang` that is not returned, and nobody can present an article as a translation of somebody else's.
 */
async function readTranslations(
  { store, context, now }: FeedBackend,
  stored: StoredArticle,
): Promise<Article[]> {
  const { article } = stored;
  const named = (article.translations ?? []).map((slug) => ({ slug }));
  const found = await readVisible(store, { articles: named, now: now() }, { ConsistentRead: false });
  const ours = new Set([article.slug, ...oldSlugs(stored)]);
  const languageOf = ({ language = context.site.language }: Article) => language;
  const taken = new Set([languageOf(article)]);
  return found
    .map((stored) => stored.article)
    .filter(({ translations = [] }) => translations.some((slug) => ours.has(slug)))
    .filter((translation) => {
      const isFirst = !taken.has(languageOf(translation));
      taken.add(languageOf(translation));
      return isFirst;
    });
}
