import type { Context, Handler, Hono } from 'hono';
import { honoPath, parameterPatterns, routes } from '../api/routes.ts';
import { labelName, newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { problem } from './errors.ts';

/** What the Lambda adapter gives; nothing when the app is called directly. */
export type Bindings = { Bindings: { event?: { requestContext: { requestId: string } } } };
type Handlers = { GET?: Handler<Bindings>; POST?: Handler<Bindings> };

/** Registers what an address answers: HEAD as GET, OPTIONS answered, 405 with Allow for all others. */
export function route(
  app: Hono<Bindings>,
  backend: Backend,
  name: keyof typeof routes,
  handlers: Handlers,
): void {
  const path = honoPath(routes[name], parameterPatterns);
  const allow = [
    ...(handlers.GET ? ['GET', 'HEAD'] : []),
    ...(handlers.POST ? ['POST'] : []),
    'OPTIONS',
  ].join(', ');
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
  app.all(path, (c) => problem(c, backend, 'wrong-method', { Allow: allow }));
}

/** The stream that an address is of; undefined when it names it otherwise than we do. */
export function streamOf(c: Context): string | undefined {
  const { kind, name } = c.req.param();
  if (kind === undefined || name === undefined) return newsStream;
  return labelName(name) === name ? `${kind}/${name}` : undefined;
}
