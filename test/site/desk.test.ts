import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { type Site, startSite } from '../support/site.ts';
import { attributesOf, findAll, findOne, readPage } from '../unit/html-tree.ts';

let site: Site;

/** Past the description of the API, which does not have the desk. */
const read = (path: string, init?: RequestInit) => fetch(site.url + path, init);

beforeAll(async () => {
  site = await startSite({ files: { 'site.yaml': siteYaml.replace('Sample', 'A "sample" </body>') } });
  return () => site.close();
});

async function openDesk() {
  const answer = await read('/desk');
  const page = readPage(await answer.text());
  const { src = '' } = attributesOf(findOne(page, 'script'));
  const { href = '' } = attributesOf(findOne(page, 'link'));
  return { answer, page, src, href };
}

test('is a page with its settings, and scripts and styles named by their content', async () => {
  const { answer, page, src, href } = await openDesk();

  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(JSON.parse(attributesOf(findOne(page, 'body'))['data-settings'] ?? '')).toEqual({
    siteUrl: site.url,
    title: 'A "sample" </body> News',
    language: 'en',
    timeZone: 'Asia/Shanghai',
    region: 'us-east-1',
    signIn: { kind: 'keys' },
  });
  expect(findAll(page, 'script')).toHaveLength(1);
  for (const [path, type] of [
    [src, 'text/javascript; charset=utf-8'],
    [href, 'text/css; charset=utf-8'],
  ] as const) {
    const file = await read(path);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, type]);
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('loads at most 180 KB of script to begin with', async () => {
  const { src } = await openDesk();
  const script = Buffer.from(await (await read(src)).arrayBuffer());
  // What it imports at once is loaded with it.
  const imported = [...script.toString().matchAll(/(?:from|import)"\.\/([\w.]+\.js)"/g)].map(
    ([, name]) => name,
  );
  const others = await Promise.all(imported.map(async (name) => (await read(`/desk/${name}`)).arrayBuffer()));

  const bytes = [script, ...others.map((other) => Buffer.from(other))].map((one) => gzipSync(one).length);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(180_000);
});

test('lets nothing run but its own files, by their addresses, and be framed by nobody', async () => {
  const { answer, src, href } = await openDesk();
  const { host } = new URL(site.url);
  const policy = Object.fromEntries(
    (answer.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

  expect(policy['default-src']).toEqual(["'none'"]);
  expect(policy['script-src']).toContain(`${host}${src}`);
  for (const source of policy['script-src'] ?? [])
    expect(source).toMatch(/\/desk\/[\w.-]+\.[A-Z0-9]{8}\.js$/);
  expect(policy['style-src']).toEqual([`${host}${href}`, site.url]);
  expect(policy['connect-src']).toEqual(["'self'", site.url]);
  expect(policy['base-uri']).toEqual([site.url]);
  for (const name of ['form-action', 'frame-ancestors']) expect(policy[name]).toEqual(["'none'"]);
  expect(policy['require-trusted-types-for']).toEqual(["'script'"]);
});

test("is not there at the readers' address, which is behind the edge", async () => {
  for (const path of ['/desk', (await openDesk()).src])
    expect((await read(path, { headers: { 'X-Amz-Cf-Id': 'a' } })).status).toBe(404);
});

test('takes nothing, and serves no other file', async () => {
  const post = await read('/desk', { method: 'POST' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  for (const path of ['/desk/', '/desk/main.js', '/desk/..%2findex.js', '/desk/a/b'])
    expect((await read(path)).status, path).toBe(404);
});
