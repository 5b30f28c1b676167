import type { Hono } from 'hono';
import type { ImportJson, RedirectListJson } from '../api/answers.ts';
import type { writeRoutes } from '../api/routes.ts';
import { problemResponse } from '../runtime/problem.ts';
import { findImport } from '../store/import-state.ts';
import { readRedirectPage } from '../store/redirects.ts';
import type { WriteBackend } from './backend.ts';
import { describeSources } from './descriptions.ts';
import { deleteRedirects, putRedirects } from './redirects.ts';
import { readJson } from './request.ts';

const pageSize = 100;

/** The signed routes of what belongs to no article: how the import and the sources are, the settings, the stored redirects. */
export function deskRoutes(app: Hono, paths: typeof writeRoutes, backend: WriteBackend): void {
  const { import: imports, sources, settings, redirects: path } = paths;

  app.get(imports, async (c) => {
    const state = await findImport(backend.store);
    if (!state) return problemResponse('not-found');
    const { authority, isPending, summary = null } = state;
    return c.json({ authority, isPending, summary } satisfies ImportJson);
  });

  app.get(sources, async (c) => c.json(await describeSources(backend)));

  app.get(settings, (c) => (backend.site ? c.json(backend.site) : problemResponse('not-found')));

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

  for (const read of [imports, sources, settings])
    app.all(read, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD' }));
  app.all(path, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD, PUT, DELETE' }));
}
