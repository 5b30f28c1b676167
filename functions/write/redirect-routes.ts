import type { Hono } from 'hono';
import type { RedirectListJson } from '../api/answers.ts';
import { problemResponse } from '../runtime/problem.ts';
import { readRedirectPage } from '../store/redirects.ts';
import type { WriteBackend } from './backend.ts';
import { deleteRedirects, putRedirects } from './redirects.ts';
import { readJson } from './request.ts';

const pageSize = 100;

/** The signed routes of stored redirects. */
export function redirectRoutes(app: Hono, path: string, backend: WriteBackend): void {
  app.get(path, async (c) => {
    const cursor = c.req.query('cursor');
    const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
    if (after !== undefined && !/^\/.{0,1000}$/.test(after)) return problemResponse('unreadable-address');
    const { redirects, next } = await readRedirectPage(backend.store, { limit: pageSize, after });
    const link = next && `${path}?cursor=${Buffer.from(next).toString('base64url')}`;
    return c.json({ redirects, next: link ?? null } satisfies RedirectListJson);
  });

  app.put(path, async (c) => {
    const redirects = await putRedirects(backend, await readJson(c.req.raw));
    return c.json({ redirects });
  });

  app.delete(path, async (c) => {
    await deleteRedirects(backend, await readJson(c.req.raw));
    return c.body(null, 204);
  });

  app.all(path, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD, PUT, DELETE' }));
}
