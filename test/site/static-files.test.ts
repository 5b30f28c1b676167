import { beforeAll, expect, test } from 'vitest';
import { png } from '../infra/content-folder.ts';
import { type Site, startSite } from '../support/site.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
let site: Site;

/** Past the description of the API, which does not list what is the owner's. */
const read = (path: string, init?: RequestInit) => fetch(site.url + path, init);

beforeAll(async () => {
  site = await startSite({
    files: {
      'static/ads.txt': 'example.com, 1, DIRECT\n'.repeat(100),
      'static/.well-known/security.txt': 'Contact: mailto:desk@news.example.com\n',
      'static/brand/logo.svg': svg,
      'static/touch.png': png,
      'static/app.js': 'alert(1)',
      'static/news/late.txt': 'Never seen',
      'style.css':
        '/* Ours */ @font-face { font-family: Own; src: url(/brand/own.woff2) }\n:root { --title: Own }',
    },
  });
  return () => site.close();
});

test.each([
  ['/ads.txt', 'text/plain; charset=utf-8'],
  ['/.well-known/security.txt', 'text/plain; charset=utf-8'],
  ['/brand/logo.svg', 'image/svg+xml'],
  ['/touch.png', 'image/png'],
])('serves %s as %s, and 304 to whoever has it', async (path, type) => {
  const answer = await read(path);

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'(?!.*script-src)/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const etag = answer.headers.get('etag') ?? '';
  expect((await read(path, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  const head = await read(path, { method: 'HEAD' });
  expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
});

test('gives the bytes of the file, packed where that gains something', async () => {
  const picture = await read('/touch.png');
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
  const packed = await read('/ads.txt', { headers: { 'Accept-Encoding': 'br' } });
  expect(packed.headers.get('content-encoding')).toBe('br');
  expect(await packed.text()).toMatch(/^(example\.com, 1, DIRECT\n){100}$/);
});

test('refuses another method, and serves nothing that is no such file', async () => {
  const put = await read('/ads.txt', { method: 'POST' });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  for (const path of ['/app.js', '/news/late.txt', '/brand', '/brand/..%2f..%2fsite.json', '/static/ads.txt'])
    expect((await read(path)).status, path).toBe(404);
});

test("has the owner's style behind its own, and takes up a change of it", async () => {
  const styleOf = async () => {
    const { href = '' } =
      /<link rel="stylesheet" href="(?<href>[^"]*)"/.exec(await (await read('/')).text())?.groups ?? {};
    return (await read(href)).text();
  };

  expect(await styleOf()).toMatch(
    /\n@font-face\{font-family:Own;src:url\(\/brand\/own\.woff2\)\}:root\{--title: Own ?\}$/,
  );
  expect((await read('/')).headers.get('content-security-policy')).toContain("font-src 'self'");
  await site.save({ 'style.css': ':root { --title: serif }' });
  expect(await styleOf()).toMatch(/\n:root\{--title: serif ?\}$/);
});

test('takes up a change of a file, also in a folder of its own', async () => {
  await site.save({ 'static/brand/logo.svg': '<svg/>', 'static/ads.txt': undefined });

  expect(await (await read('/brand/logo.svg')).text()).toBe('<svg/>');
  expect((await read('/ads.txt')).status).toBe(404);
});
