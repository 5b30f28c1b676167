import type { Context, Handler, Hono } from 'hono';
import { honoPath, parameterPatterns, routes } from '../api/routes.ts';
import { labelName, newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { respondProblem } from './respond.ts';

/** What the Lambda adapter passes; nothing when a test calls the app directly. */
export type Bindings = { Bindings: { event?: { requestContext: { requestId: string } } } };
type Handlers = { GET?: Handler<Bindings>; POST?: Handler<Bindings> };
type RouteName = keyof typeof routes;

/** Registers the handlers of a route, with OPTIONS, and 405 with Allow for every other method. HEAD is served by GET. */
export function route(app: Hono<Bindings>, backend: Backend, name: RouteName, handlers: Handlers): void {
  const path = honoPath(routes[name], parameterPatterns);
  const methods = [...(handlers.GET ? ['GET', 'HEAD'] : []), ...(handlers.POST ? ['POST'] : []), 'OPTIONS'];
  const allow = methods.join(', ');
  for (const [method, handler] of Object.entries(handlers)) app.on(method, path, handler);
  app.options(path, () => {
    const headers = {
      Allow: allow,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'Content-Type, If-None-Match, If-Modified-Since',
      'Access-Control-Max-Age': '86400',
    };
    return new Response(null, { status: 204, headers });
  });
  app.all(path, (c) => respondProblem(c, backend, 'wrong-method', { Allow: allow }));
}

/** The same for a GET route of one stream; 404 if the address does not spell its name as we do. */
export function streamRoute(
  app: Hono<Bindings>,
  backend: Backend,
  name: RouteName,
  respond: (c: Context<Bindings>, stream: string) => Promise<Response>,
): void {
  route(app, backend, name, {
    GET: (c) => {
      const stream = streamOf(c);
      return stream === undefined ? respondProblem(c, backend, 'not-found') : respond(c, stream);
    },
  });
}

function streamOf(c: Context): string | undefined {
  const { kind, name } = c.req.param();
  if (kind === undefined || name === undefined) return newsStream;
  return labelName(name) === name ? `${kind}/${name}` : undefined;
}
