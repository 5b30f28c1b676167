import { readFile } from 'node:fs/promises';
import type { Context, Hono } from 'hono';
import type { FeedBackend } from '../feed/backend.ts';
import { renderFavicon } from '../pages/favicon.ts';
import { feedStylesheet, stylesheetOf } from '../pages/stylesheet.ts';
import { contentPath } from '../runtime/content.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { readObject, signAddress } from '../store/bucket.ts';
import { findPicture } from '../store/pictures.ts';
import { cachedForMinutes, respondProblem, respondText } from './respond.ts';
import { route } from './routing.ts';

/** Beyond it, base64 and the rest of a Lambda's answer take more than its 6 MB. */
const maxBytes = 4_400_000;
const forever = 'public, max-age=31536000, immutable';

/** Stylesheets, pictures, the favicon and the description of the API. */
export function fileRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  const { text, path } = stylesheetOf(backend.context);
  route(app, backend, 'stylesheet', {
    GET: (c) =>
      c.req.path === path
        ? c.body(text, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': forever })
        : respondProblem(c, backend, 'not-found'),
  });

  for (const name of ['feedStylesheet', 'oldFeedStylesheet'] as const)
    route(app, backend, name, {
      GET: (c) => respondText(c, feedStylesheet, 'text/css', 'public, max-age=3600'),
    });

  route(app, backend, 'favicon', {
    GET: (c) =>
      c.body(renderFavicon(backend.context), 200, {
        'Content-Type': 'image/vnd.microsoft.icon',
        'Cache-Control': 'public, max-age=86400',
      }),
  });

  route(app, backend, 'openapi', {
    GET: async (c) => {
      const text = await readFile(contentPath('openapi.json'), 'utf8');
      // The base URL is not known when the description is written, at synthesis.
      const served = { ...JSON.parse(text), servers: [{ url: backend.context.baseUrl }] };
      return respondText(c, JSON.stringify(served), 'application/json', cachedForMinutes);
    },
  });

  route(app, backend, 'media', {
    GET: async (c) => {
      const requested = c.req.param('file') ?? '';
      const isNamedByContent = /-[0-9a-f]{16}(-\d+)?\.[a-z0-9]+$/.test(requested);
      const object = isNamedByContent ? await readObject(`media/${requested}`) : undefined;
      if (object) return respondObject(c, `media/${requested}`, object);
      // The plain name, or an address that former deployments gave it.
      const names = [requested, requested.replace(/\.[0-9a-f]{16}(?=\.[^.]+$)/, '')];
      for (const name of new Set(names)) {
        const picture = await findPicture(backend.store, name);
        if (picture) return c.redirect(backend.context.baseUrl + picture.path, 302);
      }
      // Metadata counted in the address once.
      const [, name = '', hash, ending] = /^(.+)-([0-9a-f]{16})(\.[^.]+)$/.exec(requested) ?? [];
      const same = hash && (await findPicture(backend.store, name + ending));
      if (same && same.hash === hash) return c.redirect(backend.context.baseUrl + same.path, 302);
      return respondProblem(c, backend, 'not-found');
    },
  });
}

async function respondObject(c: Context, key: string, object: Response): Promise<Response> {
  const { headers } = object;
  if (Number(headers.get('content-length')) > maxBytes) {
    await object.body?.cancel();
    return c.redirect(await signAddress('GET', key), 302);
  }
  return c.body(await object.arrayBuffer(), 200, {
    'Content-Type': headers.get('content-type') ?? '',
    'Cache-Control': forever,
  });
}
