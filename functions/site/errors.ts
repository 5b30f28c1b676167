import type { Context } from 'hono';
import type { Backend } from '../feed/backend.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { busyResponse, failureResponse, problemResponse, problems } from '../runtime/problem.ts';

const details = {
  'unreadable-address': 'This address is not one of ours: a part of it cannot be read.',
  'not-found': 'There is nothing at this address. It may have been mistyped.',
  'wrong-method': 'This address can be read, but not changed like this.',
  gone: 'This article has been removed.',
} as const;

/** HTML for browsers, which ask for it by name; problem+json (RFC 9457) for everyone else. */
export function problem(
  c: Context,
  backend: Backend,
  kind: keyof typeof details,
  headers: Record<string, string> = {},
): Response {
  return asAskedFor(c, backend, kind, problemResponse(kind, { detail: details[kind] }, headers));
}

/** The same for what is nobody's fault but ours. */
export function failure(c: Context, backend: Backend, error: unknown): Response {
  const answer = failureResponse(error);
  return asAskedFor(c, backend, answer.status === problems.busy.status ? 'busy' : 'failure', answer);
}

/** The same for what may be over in so many seconds. */
export function busy(c: Context, backend: Backend, detail: string, seconds?: number): Response {
  return asAskedFor(c, backend, 'busy', busyResponse(detail, seconds));
}

function asAskedFor(
  c: Context,
  { context }: Backend,
  kind: keyof typeof details | 'busy' | 'failure',
  { status, headers, body }: Response,
): Response {
  headers.set('Vary', 'Accept');
  headers.set('Cache-Control', 'no-cache');
  if (!/\btext\/html\b/.test(c.req.header('accept') ?? '')) return new Response(body, { status, headers });
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(renderErrorPage(kind, context), { status, headers });
}
