import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import type { StaticFile } from '../article/site-context.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { contentPath, loadJson } from '../runtime/content.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { isNotModified } from '../runtime/request.ts';
import { respondProblem } from './respond.ts';

const allow = { Allow: 'GET, HEAD, OPTIONS' };

/** The owner's own files, such as ads.txt. Synthesis has seen to it that none stands at an address of the site's own. */
export function staticFileRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  const files = new Map(Object.entries(loadJson<Record<string, StaticFile>>('static.json')));
  app.use(async (c, next) => {
    const file = files.get(c.req.path);
    if (!file) return next();
    if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: allow });
    if (!['GET', 'HEAD'].includes(c.req.method))
      return respondProblem(c, backend, 'wrong-method', { headers: allow });
    const { type, etag } = file;
    c.header('ETag', etag);
    c.header('Cache-Control', 'public, max-age=3600');
    if (isNotModified(c.req.raw.headers, { etag, lastModified: undefined })) return c.body(null, 304);
    const bytes = await readFile(contentPath(`static${c.req.path}`));
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': type });
  });
}
