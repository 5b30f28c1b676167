import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithIAMAuthorizer,
  Context as LambdaContext,
} from 'aws-lambda';
import { type Context, Hono } from 'hono';
import { honoPath, writeRoutes } from './api/routes.ts';
import { readCursor, writeCursor } from './article/addresses.ts';
import { parseArticleInput, parseRemoval } from './article/article-input.ts';
import { InvalidArticleError } from './article/fault.ts';
import { loadOwnCss } from './runtime/content.ts';
import { answerEvent } from './runtime/lambda.ts';
import { count, logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';
import { limitCalls } from './store/connection.ts';
import { type ListedRow, readListingPage } from './store/listing.ts';
import { findArticle, readMetas } from './store/read-article.ts';
import { readVersions, readWritten } from './store/versions.ts';
import { openWriteBackend, type WriteBackend } from './write/backend.ts';
import { createArticle } from './write/create-article.ts';
import {
  describeArticle,
  describeFormer,
  describeListed,
  describeSaved,
  describeVersion,
  describeViews,
} from './write/descriptions.ts';
import { deskRoutes } from './write/desk-routes.ts';
import { eraseArticle } from './write/erase-article.ts';
import { previewRoutes } from './write/preview-article.ts';
import { removeArticle } from './write/remove-article.ts';
import { etagOf, readJson, refusalResponse, requireText } from './write/request.ts';
import { restoreArticle } from './write/restore-article.ts';
import { type Saved, writeArticle } from './write/write-article.ts';

const pageSize = 100;
const { articles, stats } = writeRoutes;
const storedArticle = honoPath(writeRoutes.storedArticle);
const erase = honoPath(writeRoutes.erase);
const versions = honoPath(writeRoutes.versions);
const restore = honoPath(writeRoutes.restore);
const oneVersion = honoPath(writeRoutes.version);

/** The signed write API. API Gateway has checked the signature already. */
export function publishArticle(backend: WriteBackend): Hono {
  const app = new Hono();

  app.post(articles, async (c) => {
    const input = parseArticleInput(undefined, await readJson(c.req.raw), backend);
    return answerSaved(c, backend, await createArticle(backend, input, callerOf(c)), { always: true });
  });

  app.get(articles, (c) => answerPage(c, backend, (rows) => ({ items: rows.map(describeListed) })));
  app.get(stats, (c) => answerPage(c, backend, (rows) => describeViews(backend, rows)));

  app.put(storedArticle, async (c) => {
    const slug = slugOf(c);
    const input = parseArticleInput(slug, await readJson(c.req.raw), backend);
    const { headers } = c.req.raw;
    const saved = await writeArticle(backend, { slug, input, headers, ...callerOf(c) });
    return answerSaved(c, backend, saved, { always: false });
  });

  app.get(storedArticle, async (c) => {
    const found = await findArticle(backend.store, slugOf(c));
    if (!found) return problemResponse('not-found');
    if ('movedTo' in found) return c.redirect(`/articles/${found.movedTo}`, 308);
    requireText(found);
    const body = found.versionChunks && (await readWritten(backend.store, found.article.slug, found.version));
    const described = describeArticle(found, body || { html: found.html }, backend.baseUrl);
    return c.json(described, 200, { ETag: etagOf(found) });
  });

  app.get(versions, async (c) => {
    const former = await answerFormer(c, backend, '/versions');
    return former instanceof Response ? former : c.json({ items: former.map(describeVersion) });
  });

  app.get(oneVersion, async (c) => {
    const n = c.req.param('n') ?? '';
    const former = await answerFormer(c, backend, `/versions/${n}`);
    if (former instanceof Response) return former;
    const version = former.find((one) => String(one.n) === n);
    const body = version && (await readWritten(backend.store, version.article.slug, version.n));
    return body ? c.json(describeFormer(version, body)) : problemResponse('not-found');
  });

  app.delete(storedArticle, async (c) => {
    const { headers } = c.req.raw;
    const { reason } = headers.has('content-type') ? parseRemoval(await readJson(c.req.raw)) : {};
    const removed = await removeArticle(backend, { slug: slugOf(c), reason, headers, ...callerOf(c) });
    return removed ? c.body(null, 204) : problemResponse('not-found');
  });

  app.post(restore, async (c) => {
    const asked = Object(await readJson(c.req.raw)) as { version?: unknown };
    const n = asked.version;
    if (n !== undefined && !Number.isInteger(n))
      throw new InvalidArticleError([{ pointer: '/version', message: 'must be the number of a version' }]);
    const saved = await restoreArticle(backend, {
      slug: slugOf(c),
      n: n as number | undefined,
      headers: c.req.raw.headers,
      ...callerOf(c),
    });
    return saved ? answerSaved(c, backend, saved, { always: true }) : problemResponse('not-found');
  });

  app.post(erase, async (c) =>
    (await eraseArticle(backend, slugOf(c))) ? c.body(null, 204) : problemResponse('not-found'),
  );

  previewRoutes(app, writeRoutes, backend);
  deskRoutes(app, writeRoutes, backend);

  for (const path of [restore, erase])
    app.all(path, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
  for (const path of [stats, versions, oneVersion])
    app.all(path, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD' }));
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

/** The former texts of the article, or the answer that there are none at this address. */
async function answerFormer(c: Context, { store, now }: WriteBackend, path: string) {
  const found = (await readMetas(store, [slugOf(c)])).get(slugOf(c));
  if (!found) return problemResponse('not-found');
  if ('movedTo' in found) return c.redirect(`/articles/${found.movedTo}${path}`, 308);
  requireText(found);
  return readVersions(store, found, now());
}

/** Who signed the request, as API Gateway found out. */
function callerOf(c: Context) {
  const { event } = (c.env ?? {}) as { event?: APIGatewayProxyEventV2WithIAMAuthorizer };
  return { origin: 'api', who: event?.requestContext.authorizer?.iam.userArn } as const;
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

let app: Hono | undefined;

export function handler(event: APIGatewayProxyEventV2, context: LambdaContext) {
  logInvocation(context, event);
  limitCalls(context);
  app ??= publishArticle({ ...openWriteBackend(), ownCss: loadOwnCss() });
  return answerEvent(app, event);
}
