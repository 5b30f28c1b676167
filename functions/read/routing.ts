import type { Handler, Hono } from 'hono';
import type { Desk } from './desk.ts';
import { problem } from './errors.ts';

/** What the Lambda adapter gives; nothing when the app is called directly. */
export type Bindings = { Bindings: { event?: { requestContext: { requestId: string } } } };
type Handlers = { GET?: Handler<Bindings>; POST?: Handler<Bindings> };

/** Registers an address with its methods: HEAD as GET, OPTIONS answered, 405 with Allow for all others. */
export function route(app: Hono<Bindings>, desk: Desk, path: string, handlers: Handlers): void {
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
  app.all(path, (c) => problem(c, desk, 'wrong-method', { Allow: allow }));
}
