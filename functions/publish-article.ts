import { type Context, Hono } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { honoPath, writeRoutes } from './api/routes.ts';
import { readCursor, writeCursor } from './article/addresses.ts';
import { parseArticleInput } from './article/article-input.ts';
import { count, logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';
import { withEncodedPath } from './runtime/request.ts';
import { limitCalls } from './store/connection.ts';
import { type ListedRow, readListingPage } from './store/listing.ts';
import { findArticle } from './store/read-article.ts';
import { openWriteBackend, type WriteBackend } from './write/backend.ts';
import { createArticle } from './write/create-article.ts';
import { describeArticle, describeListed, describeSaved, describeViews } from './write/descriptions.ts';
import { removeArticle } from './write/remove-article.ts';
import { etagOf, readJson, refusalResponse } from './write/request.ts';
import { type Saved, writeArticle } from './write/write-article.ts';

const pageSize = 100;
const { articles, stats } = writeRoutes;
const storedArticle = honoPath(writeRoutes.storedArticle);

/** The signed write API. API Gateway has checked the signature already. */
export function publishArticle(backend: WriteBackend): Hono {
  const app = new Hono();

  app.post(articles, async (c) => {
    const input = parseArticleInput(undefined, await readJson(c.req.raw), backend);
    return answerSaved(c, backend, await createArticle(backend, input), { always: true });
  });

  app.get(articles, (c) => answerPage(c, backend, (rows) => ({ items: rows.map(describeListed) })));
  app.get(stats, (c) => answerPage(c, backend, (rows) => describeViews(backend, rows)));

  app.put(storedArticle, async (c) => {
    const slug = slugOf(c);
    const input = parseArticleInput(slug, await readJson(c.req.raw), backend);
    const { headers } = c.req.raw;
    const saved = await writeArticle(backend, { slug, input, origin: 'api', headers });
    return answerSaved(c, backend, saved, { always: false });
  });

  app.get(storedArticle, async (c) => {
    const found = await findArticle(backend.store, slugOf(c));
    if (!found) return problemResponse('not-found');
    if ('movedTo' in found) return c.redirect(`/articles/${found.movedTo}`, 308);
    return c.json(describeArticle(found, backend.baseUrl), 200, { ETag: etagOf(found) });
  });

  app.delete(storedArticle, async (c) => {
    const { headers } = c.req.raw;
    const removed = await removeArticle(backend, { slug: slugOf(c), origin: 'api', headers });
    return removed ? c.body(null, 204) : problemResponse('not-found');
  });

  app.all(stats, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD' }));
  app.all(articles, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD, POST' }));
  app.all(storedArticle, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD, PUT, DELETE' }));
  app.notFound(() => problemResponse('not-found'));
  app.onError((error, c) => {
    const refusal = refusalResponse(error);
    if (refusal) return refusal;
    logger.error('A write failed', { path: c.req.path, error });
    return failureResponse(error);
  });
  return app;
}

/** One page of the list of all articles, as `describe` shows it, with the address of the next. */
async function answerPage(
  c: Context,
  { store }: WriteBackend,
  describe: (rows: ListedRow[]) => object | Promise<object>,
): Promise<Response> {
  const cursor = c.req.query('cursor');
  const after = readCursor(cursor);
  if (cursor !== undefined && !after) return problemResponse('unreadable-address');
  const { rows, next } = await readListingPage(store, { limit: pageSize, after });
  return c.json({
    ...(await describe(rows)),
    next: next ? `${c.req.path}?cursor=${writeCursor(next)}` : null,
  });
}

function slugOf(c: Context): string {
  return c.req.param('slug') ?? '';
}

/** `always`: with a Location even if nothing was created, because the client does not know the address. */
function answerSaved(
  c: Context,
  { baseUrl }: WriteBackend,
  saved: Saved,
  location: { always: boolean },
): Response {
  const { outcome, stored } = saved;
  count({ publishes: outcome === 'unchanged' ? 0 : 1 });
  const created = outcome === 'created';
  return c.json(describeSaved(saved, baseUrl), created ? 201 : 200, {
    ETag: etagOf(stored),
    ...((created || location.always) && { Location: `/articles/${stored.article.slug}` }),
  });
}

let serve: ReturnType<typeof handle> | undefined;

export function handler(event: LambdaEvent, context: LambdaContext) {
  logInvocation(context, event);
  limitCalls(context);
  serve ??= handle(publishArticle(openWriteBackend()));
  return serve(withEncodedPath(event), context);
}
