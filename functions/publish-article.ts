import { Hono } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { type ArticleInput, parseArticleInput } from './article/article-input.ts';
import { matchesEtag } from './runtime/conditional.ts';
import { count, logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';
import { findArticle } from './store/read-article.ts';
import { removeArticle } from './store/remove-article.ts';
import type { StoredArticle } from './store/stored-article.ts';
import { openWriteDesk } from './write/open-write-desk.ts';
import { PreconditionFailedError, refusalResponse } from './write/refusals.ts';
import { type WriteDesk, writeArticle } from './write/write-article.ts';

/** The signed write API; API Gateway has verified the signature before. */
export function publishArticle(desk: WriteDesk): Hono {
  const app = new Hono();

  app.put('/articles/:slug', async (c) => {
    const { slug } = c.req.param();
    const type = c.req.header('content-type') ?? '';
    if (!/^application\/([\w.-]+\+)?json\b/.test(type))
      return problemResponse({
        status: 415,
        title: 'Unsupported Media Type',
        detail: 'Send application/json.',
      });
    const input: ArticleInput = parseArticleInput(slug, await c.req.json());
    const guard = (current: StoredArticle | undefined) => checkPreconditions(c.req.raw.headers, current);
    const { outcome, stored } = await writeArticle(desk, { slug, input, origin: 'api', guard });
    count({ publishes: outcome === 'unchanged' ? 0 : 1 });
    const headers = { ETag: etagOf(stored), ...(outcome === 'created' && { Location: `/articles/${slug}` }) };
    return c.json({ outcome, ...describe(stored) }, outcome === 'created' ? 201 : 200, headers);
  });

  app.get('/articles/:slug', async (c) => {
    const found = await findArticle(desk.store, c.req.param('slug'));
    if (!found || 'movedTo' in found) return problemResponse({ status: 404, title: 'Not Found' });
    const { html, ...stored } = found;
    return c.json({ ...describe(stored), html }, 200, { ETag: etagOf(stored) });
  });

  app.delete('/articles/:slug', async (c) => {
    const allow = (current: StoredArticle) => {
      checkPreconditions(c.req.raw.headers, current);
      return true;
    };
    const removal = { slug: c.req.param('slug'), origin: 'api' as const, now: desk.now(), allow };
    return (await removeArticle(desk.store, removal))
      ? c.body(null, 204)
      : problemResponse({ status: 404, title: 'Not Found' });
  });

  app.all('/articles/:slug', () =>
    problemResponse({ status: 405, title: 'Method Not Allowed' }, { Allow: 'GET, HEAD, PUT, DELETE' }),
  );
  app.notFound(() => problemResponse({ status: 404, title: 'Not Found' }));
  app.onError((error, c) => {
    const refusal = refusalResponse(error);
    if (refusal) return refusal;
    logger.error('A write failed', { path: c.req.path, error });
    return failureResponse(error);
  });
  return app;
}

function checkPreconditions(headers: Headers, current: StoredArticle | undefined): void {
  const match = headers.get('if-match');
  const exists = current !== undefined && current.status !== 'gone';
  if (match !== null && !(exists && matchesEtag(match, etagOf(current)))) throw new PreconditionFailedError();
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== null && exists && matchesEtag(noneMatch, etagOf(current)))
    throw new PreconditionFailedError();
}

function etagOf({ version }: StoredArticle): string {
  return `"${version}"`;
}

function describe({ article, status, version, origin }: StoredArticle) {
  return { ...article, status, version, origin };
}

let serve: ReturnType<typeof handle> | undefined;

export function handler(event: LambdaEvent, context: LambdaContext) {
  logInvocation(context, event);
  serve ??= handle(publishArticle(openWriteDesk()));
  return serve(event, context);
}
