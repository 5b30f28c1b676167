import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { ViewCountJson } from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import type { Article } from '../article/article.ts';
import { dayOf } from '../article/calendar.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { articleJson } from '../pages/article-json.ts';
import { renderArticlePage } from '../pages/article-page.tsx';
import { loadJson } from '../runtime/content.ts';
import { count, logger } from '../runtime/log.ts';
import { readNeighbours } from '../store/cards.ts';
import { countView } from '../store/count-view.ts';
import { readCount, readViews } from '../store/counter.ts';
import { findArticle } from '../store/read-article.ts';
import { isVisible, type StoredArticle } from '../store/stored-article.ts';
import { busy, problem } from './errors.ts';
import { isView } from './is-view.ts';
import { prefersJson } from './negotiation.ts';
import { noteRead } from './note-read.ts';
import { type Bindings, route } from './routing.ts';
import { readTranslations } from './translations.ts';

/** The detail page as HTML and JSON, and the count of its views. */
export function articleRoutes(app: Hono<Bindings>, backend: Backend): void {
  const crawlers = new RegExp(loadJson<{ pattern: string }>('crawlers.json').pattern, 'i');

  route(app, backend, 'articleJson', {
    GET: async (c) => {
      const found = await findVisible(c, backend, slugOf(c).slice(0, -'.json'.length), '.json');
      return found instanceof Response ? found : answerJson(c, backend, found);
    },
  });

  route(app, backend, 'article', {
    GET: async (c) => {
      const found = await findVisible(c, backend, slugOf(c));
      if (found instanceof Response) return found;
      c.header('Vary', 'Accept');
      if (prefersJson(c)) return answerJson(c, backend, found);
      const counts = isView(c.req.raw, crawlers);
      const [views, beside] = await Promise.all([
        counts
          ? countAndRead(c, backend, found).then((counted) => counted?.views)
          : readQuietly(backend, found),
        readBeside(backend, found.article),
      ]);
      const { article, html } = found;
      return c.html(renderArticlePage({ article, html, views, ...beside }, backend.context));
    },
  });

  route(app, backend, 'views', {
    POST: async (c) => {
      const found = await findVisible(c, backend, slugOf(c), '/views');
      if (found instanceof Response) return found;
      const counted = isView(c.req.raw, crawlers)
        ? await countAndRead(c, backend, found)
        : { views: await readViews(backend.store, found.article.id) };
      return counted
        ? c.json<ViewCountJson>({ slug: found.article.slug, views: counted.views ?? null })
        : busy(c, backend, 'The view could not be counted in time.');
    },
  });
}

function slugOf(c: Context): string {
  return c.req.param('slug') ?? '';
}

type Found = StoredArticle & { html: string };

/** The article if readers may see it, or the answer that they get instead. */
async function findVisible(
  c: Context,
  backend: Backend,
  slug: string,
  suffix = '',
): Promise<Found | Response> {
  // Never cached by anyone between: each opening has to arrive here to be counted.
  c.header('Cache-Control', 'private, no-cache');
  const found = await findArticle(backend.store, slug);
  if (found && 'movedTo' in found) {
    const target = await findVisible(c, backend, found.movedTo);
    return target instanceof Response
      ? target
      : c.redirect(absoluteUrl(articlePath(target.article.slug) + suffix, backend.context), 308);
  }
  if (found?.status === 'gone') return problem(c, backend, 'gone');
  return found && isVisible(found, backend.now()) ? found : problem(c, backend, 'not-found');
}

async function answerJson(c: Context, backend: Backend, { article, html }: Found): Promise<Response> {
  const [views, beside] = await Promise.all([
    readViews(backend.store, article.id),
    readBeside(backend, article),
  ]);
  return c.json(articleJson({ article, html, views, ...beside }, backend.context));
}

async function readBeside(backend: Backend, article: Article) {
  const [neighbours, translations] = await Promise.all([
    readNeighbours(backend.store, newsStream, article, backend.now()),
    readTranslations(backend, article),
  ]);
  return { ...neighbours, translations };
}

/**
 * Undefined when the view could not be counted; without a number when only that could not be read, as whoever was asked to come again
 * would be counted twice. Never fails: the page is worth more than its number.
 */
async function countAndRead(
  c: Context<Bindings>,
  backend: Backend,
  { article }: Found,
): Promise<{ views: number | undefined } | undefined> {
  const token = c.env?.event?.requestContext.requestId ?? randomUUID();
  // The days of most read are the site's, as the months of its archive are.
  const day = dayOf(backend.now(), backend.context.site.timeZone);
  try {
    await countView(backend.store, { id: article.id, token, day });
    count({ views: 1 });
  } catch (error) {
    count({ viewsMissed: 1 });
    logger.error('A view was not counted', { slug: article.slug, error: error as Error });
    return undefined;
  }
  const views = await readQuietly(backend, { article }, async () => {
    const found = await readCount(backend.store, article.id);
    await noteRead(backend, article, day, found);
    return found.total;
  });
  return { views };
}

async function readQuietly(
  backend: Backend,
  { article }: Pick<Found, 'article'>,
  read = () => readViews(backend.store, article.id),
): Promise<number | undefined> {
  try {
    return await read();
  } catch (error) {
    logger.error('The views could not be read', { slug: article.slug, error: error as Error });
    return undefined;
  }
}
