import type { Context, Handler, Hono } from 'hono';
import { honoPath, ignoreQueries, parameterPatterns, queryParameters, routes } from '../api/routes.ts';
import { correctionsStream } from '../article/corrections.ts';
import { labelName, newsStream } from '../article/stream-name.ts';
import type { FeedBackend } from '../feed/backend.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { respondProblem } from './respond.ts';

type Handlers = { GET?: Handler<Bindings>; POST?: Handler<Bindings> };
type RouteName = keyof typeof routes;

/**
 * Registers the handlers of a route, with OPTIONS, and 405 with Allow for every other method. HEAD is served by GET. An address that
 * takes no other query redirects to itself without it.
 */
export function route(app: Hono<Bindings>, backend: FeedBackend, name: RouteName, handlers: Handlers): void {
  const path = honoPath(routes[name], parameterPatterns);
  const methods = [...(handlers.GET ? ['GET', 'HEAD'] : []), ...(handlers.POST ? ['POST'] : []), 'OPTIONS'];
  const allow = methods.join(', ');
  for (const [method, handler] of Object.entries(handlers))
    app.on(method, path, (c, next) => redirectToPlain(c, backend, name) ?? handler(c, next));
  app.options(path, () => {
    const headers = {
      Allow: allow,
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'Content-Type, If-None-Match, If-Modified-Since',
      'Access-Control-Max-Age': '86400',
    };
    return new Response(null, { status: 204, headers });
  });
  app.all(path, (c) => respondProblem(c, backend, 'wrong-method', { headers: { Allow: allow } }));
}

/** 308 to the address without what it does not take of the query; of a parameter that is given twice, the first is kept. */
function redirectToPlain(c: Context, { context }: FeedBackend, name: RouteName): Response | undefined {
  if (ignoreQueries.includes(name)) return undefined;
  const { pathname, searchParams } = new URL(c.req.url);
  const kept = (queryParameters[name] ?? []).flatMap((parameter): [string, string][] => {
    const value = searchParams.get(parameter);
    return value === null ? [] : [[parameter, value]];
  });
  if (kept.length === searchParams.size) return undefined;
  const query = kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`;
  return redirectTo(c, context.baseUrl + pathname + query);
}

/** 308 which no cache keeps as the answer to this address. */
export function redirectTo(c: Context, url: string): Response {
  c.header('Cache-Control', 'no-cache');
  return c.redirect(url, 308);
}

/** The same for a GET route of one stream; 404 if the address does not spell its name as we do. */
export function streamRoute(
  app: Hono<Bindings>,
  backend: FeedBackend,
  name: RouteName,
  respond: (c: Context<Bindings>, stream: string) => Promise<Response>,
): void {
  route(app, backend, name, {
    GET: (c) => {
      const stream = name.startsWith(correctionsStream) ? correctionsStream : streamOf(c);
      return stream === undefined ? respondProblem(c, backend, 'not-found') : respond(c, stream);
    },
  });
}

function streamOf(c: Context): string | undefined {
  const { kind, name } = c.req.param();
  if (kind === undefined || name === undefined) return newsStream;
  return labelName(name) === name ? `${kind}/${name}` : undefined;
}
