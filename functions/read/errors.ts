import type { Context } from 'hono';
import { renderErrorPage } from '../publish/error-page.tsx';
import { problemResponse, problems } from '../runtime/problem.ts';
import type { Desk } from './desk.ts';

const details = {
  'unreadable-address': 'This address is not one of ours: a part of it cannot be read.',
  'not-found': 'There is nothing at this address. It may have been mistyped.',
  'wrong-method': 'This address can be read, but not changed like this.',
  gone: 'This article has been removed.',
} as const;

/** HTML for browsers, which ask for it by name; problem+json (RFC 9457) for everyone else. */
export function problem(
  c: Context,
  { context }: Desk,
  kind: keyof typeof details,
  headers: Record<string, string> = {},
): Response {
  const { status } = problems[kind];
  const common = { ...headers, Vary: 'Accept', 'Cache-Control': 'no-cache' };
  if (!/\btext\/html\b/.test(c.req.header('accept') ?? ''))
    return problemResponse(kind, { detail: details[kind] }, common);
  const page = renderErrorPage(kind, context);
  return new Response(page, { status, headers: { ...common, 'Content-Type': 'text/html; charset=utf-8' } });
}
