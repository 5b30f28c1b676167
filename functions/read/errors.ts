import type { Context } from 'hono';
import { renderErrorPage } from '../publish/error-page.tsx';
import { problemResponse } from '../runtime/problem.ts';
import type { Desk } from './desk.ts';

const problems = {
  400: ['Bad Request', 'This address is not one of ours: a part of it cannot be read.'],
  404: ['Not Found', 'There is nothing at this address. It may have been mistyped.'],
  405: ['Method Not Allowed', 'This address can be read, but not changed like this.'],
  410: ['Gone', 'This article has been removed.'],
} as const;

/** HTML for browsers, which ask for it by name; problem+json (RFC 9457) for everyone else. */
export function problem(
  c: Context,
  { context }: Desk,
  status: keyof typeof problems,
  headers: Record<string, string> = {},
): Response {
  const [title, detail] = problems[status];
  const common = { ...headers, Vary: 'Accept', 'Cache-Control': 'no-cache' };
  if (!/\btext\/html\b/.test(c.req.header('accept') ?? ''))
    return problemResponse({ status, title, detail }, common);
  const page = renderErrorPage(title, detail, context);
  return new Response(page, { status, headers: { ...common, 'Content-Type': 'text/html; charset=utf-8' } });
}
