import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, expect, test, vi } from 'vitest';
import { schemas } from '../../functions/api/answers.ts';
import { describeApi } from '../../functions/api/openapi.ts';
import { readOperations } from '../../functions/api/read-operations.ts';
import { honoPath, parameterPatterns, routes, writeRoutes } from '../../functions/api/routes.ts';
import { writeOperations } from '../../functions/api/write-operations.ts';
import type { Backend } from '../../functions/feed/backend.ts';
import { media } from '../../functions/media.ts';
import { publishArticle } from '../../functions/publish-article.ts';
import { readSite } from '../../functions/read-site.ts';
import { repairRows } from '../../functions/repair-rows.ts';
import { type ProblemKind, problemResponse, problems } from '../../functions/runtime/problem.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { context } from '../fixtures/samples.ts';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';

const description = describeApi({ title: 'Gate & Bridge' });
const store = {} as Backend['store'];
const now = () => '2026-01-01T00:00:00.000Z';

/** `GET /news` and so on: what an app serves beside the answers that every address gives. */
function served(app: { routes: { method: string; path: string }[] }): string[] {
  const own = app.routes.filter(({ method, path }) => path !== '/*' && !['ALL', 'OPTIONS'].includes(method));
  return own.map(({ method, path }) => `${method} ${path}`).sort();
}

function described(templates: Record<string, string>, patterns = {}): string[] {
  return Object.values(templates)
    .flatMap((template) =>
      Object.keys(description.paths[template] ?? {})
        .filter((key) => key !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${honoPath(template, patterns)}`),
    )
    .sort();
}

afterEach(() => vi.unstubAllEnvs());

test('the description is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(description));

  expect(result).toEqual({ valid: true });
});

test('exactly the public routes that are served are described', async () => {
  const root = temporaryFolder();
  await prepareContent(contentFolder(), join(root, 'content'));
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  const app = readSite({ store, context, rendering: 'one', now });

  // Storing and deleting a picture is signed.
  const read = described(routes, parameterPatterns).filter((route) => !/^(PUT|DELETE) /.test(route));
  expect(served(app)).toEqual(read);
});

test('exactly the signed routes that are served are described', () => {
  const backend = { store, now, authority: 'example.com', baseUrl: 'https://example.com', timeZone: 'UTC' };

  const repair = repairRows({ store, context, now });
  const routes = [...served(publishArticle(backend)), ...served(repair), ...served(media(backend))].sort();
  // Reading one is public.
  expect(routes).toEqual(described(writeRoutes).filter((route) => route !== 'GET /media/:file'));
});

test('every kind of problem is described under its name', () => {
  const { gateway: _, ...kinds } = description.components.responses;

  expect(Object.keys(kinds).sort()).toEqual(Object.keys(problems).sort());
});

test.each(Object.keys(problems) as ProblemKind[])('the problem %s has the described form', async (kind) => {
  const errors = [{ pointer: '/title', message: 'is missing' }];

  const response = problemResponse(kind, { detail: 'It cannot be done.', errors });

  const { type, ...told } = schemas.Problem.parse(await response.json());
  const { status, title } = problems[kind];
  expect(type).toBe(`/openapi.json#/components/responses/${kind}`);
  expect(told).toEqual({ title, status, detail: 'It cannot be done.', errors });
});

test('no operation has two kinds of problem with one status', () => {
  const operations = [...Object.values(readOperations), ...Object.values(writeOperations)].flatMap(
    (methods) => Object.values(methods),
  );

  const ambiguous = operations.filter(({ problems: kinds = [] }) => {
    const statuses = kinds.map((kind) => problems[kind].status);
    return new Set(statuses).size < statuses.length;
  });

  expect(ambiguous).toEqual([]);
});

test('operation ids are unique', () => {
  const ids = [...JSON.stringify(description).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);

  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['/news/{slug}.json', '/news/:slug{(?:[A-Za-z0-9-]+)\\.json}'],
  ['/{kind}/{name}/rss.xml', '/:kind{(?:category|tag|source)}/:name/rss.xml'],
  ['/sitemap-{month}.xml', '/:month{sitemap-(?:\\d{4}-(?:0[1-9]|1[0-2]))\\.xml}'],
])('%s is served as %s', (template, path) => {
  expect(honoPath(template, parameterPatterns)).toBe(path);
});
