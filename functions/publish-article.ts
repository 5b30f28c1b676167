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
import { editorName } from './store/editor-name.ts';
import { type ListedRow, readListingPage } from './store/listing.ts';
import { findArticle } from './store/read-article.ts';
import { readWritten } from './store/versions.ts';
import { openWriteBackend, type WriteBackend } from './write/backend.ts';
import { createArticle } from './write/create-article.ts';
import { describeArticle, describeListed, describeSaved, describeViews } from './write/descriptions.ts';
import { deskRoutes } from './write/desk-routes.ts';
import { previewRoutes } from './write/preview-article.ts';
import { removeArticle } from './write/remove-article.ts';
import { etagOf, readJson, refusalResponse, requireText } from './write/request.ts';
import { restoreArticle } from './write/restore-article.ts';
import { versionRoutes } from './write/version-routes.ts';
import { type Saved, writeArticle } from './write/write-article.ts';

const pageSize = 100;
const { articles, drafts, stats } = writeRoutes;
const storedArticle = honoPath(writeRoutes.storedArticle);
const draft = honoPath(writeRoutes.draft);
const restore = honoPath(writeRoutes.restore);

/** The signed write API. API Gateway has checked the signature already. */
export function publishArticle(backend: WriteBackend): Hono {
  const app = new Hono();

  app.post(articles, async (c) => {
    const input = parseArticleInput(undefined, await readJson(c.req.raw), backend);
    return answerSaved(c, backend, await createArticle(backend, input, await callerOf(c)), { always: true });
  });

  app.post(drafts, async (c) => {
    const input = parseArticleInput(undefined, asDraft(await readJson(c.req.raw)), backend);
    const by = { ...(await callerOf(c)), onlyDrafts: true };
    return answerSaved(c, backend, await createArticle(backend, input, by), { always: true });
  });

  app.put(draft, async (c) => {
    const slug = slugOf(c);
    const input = parseArticleInput(slug, asDraft(await readJson(c.req.raw)), backend);
    const { headers } = c.req.raw;
    const saved = await writeArticle(backend, {
      slug,
      input,
      headers,
      ...(await callerOf(c)),
      onlyDrafts: true,
    });
    return answerSaved(c, backend, saved, { always: false });
  });

  app.get(articles, (c) => answerPage(c, backend, (rows) => ({ items: rows.map(describeListed) })));
  app.get(stats, (c) => answerPage(c, backend, (rows) => describeViews(backend, rows)));

  app.put(storedArticle, async (c) => {
    const slug = slugOf(c);
    const input = parseArticleInput(slug, await readJson(c.req.raw), backend);
    const { headers } = c.req.raw;
    const saved = await writeArticle(backend, { slug, input, headers, ...(await callerOf(c)) });
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

  app.delete(storedArticle, async (c) => {
    const { headers } = c.req.raw;
    const { reason } = headers.has('content-type') ? parseRemoval(await readJson(c.req.raw)) : {};
    const removed = await removeArticle(backend, {
      slug: slugOf(c),
      reason,
      headers,
      ...(await callerOf(c)),
    });
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
      ...(await callerOf(c)),
    });
    return saved ? answerSaved(c, backend, saved, { always: true }) : problemResponse('not-found');
  });

  previewRoutes(app, writeRoutes, backend);
  versionRoutes(app, writeRoutes, backend);
  deskRoutes(app, writeRoutes, backend);

  app.all(restore, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
  app.all(stats, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD' }));
  app.all(articles, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD, POST' }));
  app.all(drafts, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
  app.all(draft, () => problemResponse('wrong-method', {}, { Allow: 'PUT' }));
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

/** Who signed the request, as API Gateway found out. */
async function callerOf(c: Context) {
  const { event } = (c.env ?? {}) as { event?: APIGatewayProxyEventV2WithIAMAuthorizer };
  const { userArn, cognitoIdentity } = event?.requestContext.authorizer?.iam ?? {};
  const name = await editorName(cognitoIdentity, (error) =>
    logger.error('An editor is known by id alone', { error }),
  );
  return { origin: 'api', who: name ?? userArn } as const;
}

/** What is no object is left to the rules of an article. */
function asDraft(body: unknown): unknown {
  return body instanceof Object && !Array.isArray(body) ? { ...body, draft: true } : body;
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
