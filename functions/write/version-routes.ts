import type { Context, Hono } from 'hono';
import { honoPath, type writeRoutes } from '../api/routes.ts';
import { problemResponse } from '../runtime/problem.ts';
import { readMetas } from '../store/read-article.ts';
import { readVersions, readWritten } from '../store/versions.ts';
import type { WriteBackend } from './backend.ts';
import { describeFormer, describeVersion } from './descriptions.ts';
import { eraseArticle } from './erase-article.ts';
import { requireText } from './request.ts';

/** The signed routes of an article's former texts, and of taking all of them away. */
export function versionRoutes(app: Hono, paths: typeof writeRoutes, backend: WriteBackend): void {
  const versions = honoPath(paths.versions);
  const oneVersion = honoPath(paths.version);
  const erase = honoPath(paths.erase);

  app.get(versions, async (c) => {
    const former = await answerFormer(c, backend, '/versions');
    return former instanceof Response ? former : c.json({ items: former.map(describeVersion) });
  });

  app.get(oneVersion, async (c) => {
    const n = c.req.param('n') ?? '';
    const former = await answerFormer(c, backend, `/versions/${n}`);
    if (former instanceof Response) return former;
    const version = former.find((one) => String(one.n) === n);
    const body = version && (await readWritten(backend.store, version.article.slug, version.n));
    return body ? c.json(describeFormer(version, body)) : problemResponse('not-found');
  });

  app.post(erase, async (c) =>
    (await eraseArticle(backend, slugOf(c))) ? c.body(null, 204) : problemResponse('not-found'),
  );

  for (const path of [versions, oneVersion])
    app.all(path, () => problemResponse('wrong-method', {}, { Allow: 'GET, HEAD' }));
  app.all(erase, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
}

/** The former texts of the article, or the answer that there are none at this address. */
async function answerFormer(c: Context, { store, now }: WriteBackend, path: string) {
  const found = (await readMetas(store, [slugOf(c)])).get(slugOf(c));
  if (!found) return problemResponse('not-found');
  if ('movedTo' in found) return c.redirect(`/articles/${found.movedTo}${path}`, 308);
  requireText(found);
  return readVersions(store, found, now());
}

function slugOf(c: Context): string {
  return c.req.param('slug') ?? '';
}
