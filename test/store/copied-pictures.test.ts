import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, inject, vi } from 'vitest';
import { takeCopies } from '../../functions/media/take-copies.ts';
import { pullSources } from '../../functions/pull-sources.ts';
import { nameOfCopy, readWaitingCopies } from '../../functions/store/copies.ts';
import { startBucket } from '../../infra/local/bucket.ts';
import { png } from '../infra/content-folder.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { following, slugsOf, story, upstreamWith } from '../support/following.ts';
import type { Upstream, UpstreamItem } from '../support/upstream.ts';
import { watchStore } from '../support/watched-store.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(inject('temporaryFolder'), 'bucket-'));
  const { endpoint, close } = await startBucket(folder);
  const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' };
  const settings = { AWS_ENDPOINT_URL_S3: endpoint, MEDIA_BUCKET: 'pictures', MEDIA_HOST: 'unused', ...keys };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  return () => {
    vi.unstubAllEnvs();
    close();
  };
});

type Answer = { status?: number; headers?: Record<string, string>; body?: Buffer };

/** An upstream of this one item, which has the pictures beside its feed. */
async function withPictures(pictures: Record<string, Answer>, ...items: UpstreamItem[]): Promise<Upstream> {
  const upstream = await upstreamWith(...items);
  upstream.behave = (answer, { url = '' }) => {
    const { status = 200, headers, body } = pictures[url] ?? {};
    return pictures[url] && answer.writeHead(status, headers).end(body);
  };
  return upstream;
}

function asked({ requests }: Upstream): string[] {
  return requests.map(({ url = '' }) => url).filter((url) => url !== '/feed.json');
}

async function take(backend: TestBackend, mayGoOn = () => true): Promise<unknown[]> {
  const failures: unknown[] = [];
  await takeCopies(backend.store, { mayGoOn, now: backend.now, report: (...told) => failures.push(told) });
  return failures;
}

const path = (address: string) => `/media/${nameOfCopy(address)}.png`;
const noPicture = { body: Buffer.from('<html></html>') };

test('an item comes when its pictures are here, each fetched and stored once', async ({ backend }) => {
  const upstream = await withPictures({ '/quay.png?a=1&b=2': { body: png }, '/lead.png': { body: png } });
  const [quay, lead] = [`${upstream.home}/quay.png?a=1&b=2`, `${upstream.home}/lead.png`];
  const img = `<img src="${quay.replace('&', '&amp;')}" srcset="${lead} 2x" width="9" alt="A quay">`;
  const html = `<p>Text.</p><picture><source srcset="${lead}">${img}</picture>${img}<p><a href="${quay}">large</a></p>`;
  upstream.items = [
    story(1, { content_html: html, image: lead }),
    story(2, { content_html: img }),
    story(3, { image: `${upstream.home}/none` }),
  ];
  const { pull, state } = following(backend, ['Upstream', upstream.url, 'pictures: copy']);

  await pull();
  expect(await slugsOf(backend)).toEqual(['story-3']);
  expect(await state()).toMatchObject({ nextTry: backend.time, taken: 1 });
  expect(await take(backend)).toEqual([]);
  await pull();

  expect(asked(upstream).sort()).toEqual(['/lead.png', '/none', '/quay.png?a=1&b=2']);
  const stored = await backend.read('story-1');
  const own = `<img src="${path(quay)}" alt="A quay" />`;
  expect(stored.html).toContain(`<picture>${own}</picture>${own}`);
  expect(stored.html).toContain(`<a href="${quay.replace('&', '&amp;')}">large</a>`);
  expect(stored.article.image?.url).toBe(path(lead));
  expect(Object.keys(stored.article.pictures ?? {}).sort()).toEqual(
    [quay, lead].map((address) => path(address).slice('/media/'.length)).sort(),
  );
  expect(await readWaitingCopies(backend.store)).toEqual([]);
  // What an earlier run had to tell is not forgotten.
  const leftOut = [expect.stringMatching(/^"Story 3".*none is not a PNG/)];
  expect(await state()).toMatchObject({ taken: 3, leftOut, nextTry: '2026-06-01T12:30:00.000Z' });
});

test('an edit fetches what is new of its pictures', async ({ backend }) => {
  const upstream = await withPictures({ '/one.png': { body: png }, '/two.png': { body: png } });
  const img = (name: string) => `<img src="${upstream.home}/${name}.png">`;
  upstream.items = [story(1, { content_html: img('one') })];
  const { pull } = following(backend, ['Upstream', upstream.url, 'pictures: copy']);
  for (let round = 0; round < 2; round++) await pull().then(() => take(backend));

  upstream.items = [story(1, { content_html: img('one') + img('two') })];
  await pull();
  expect((await backend.read('story-1')).version).toBe(1);
  await take(backend);
  await pull();

  expect(asked(upstream)).toEqual(['/one.png', '/two.png']);
  expect((await backend.read('story-1')).html.match(/\/media\//g)).toHaveLength(2);
});

test('what cannot be had stays a link, and is told', async ({ backend }) => {
  const large = { body: Buffer.concat([png, Buffer.alloc(10_000_000)]) };
  const inward = { status: 302, headers: { location: 'http://169.254.169.254/latest' } };
  const upstream = await withPictures({
    '/page.png': noPicture,
    '/large.png': large,
    '/inward.png': inward,
    '/none.png': { status: 404 },
    '/good.png': { body: png },
  });
  const { host } = new URL(upstream.home);
  const names = ['page', 'large', 'inward', 'none', 'good'];
  const addresses = [...names.map((name) => `${upstream.home}/${name}.png`), 'http://10.0.0.1/x.png'];
  upstream.items = [
    story(1, { content_html: addresses.map((src) => `<img src="${src}">`).join('') }),
    story(2),
  ];
  const { pull, state } = following(backend, ['Upstream', upstream.url, 'pictures: copy']);
  await pull();
  await take(backend);
  await pull();

  const { html } = await backend.read('story-1');
  expect([...html.matchAll(/src="([^"]*)"/g)].map(([, src]) => src)).toEqual(
    addresses.map((src) => (src.endsWith('good.png') ? path(src) : src)),
  );
  const [told = ''] = (await state())?.leftOut ?? [];
  expect(told.replaceAll(upstream.home, '').replaceAll(host, 'it').split(/: |; /)).toMatchInlineSnapshot(`
    [
      ""Story 1" (story-1)",
      "without copies of its pictures",
      "/page.png is not a PNG, JPEG, GIF, WebP or AVIF picture",
      "/large.png cannot be had",
      "it sends more than 10 MB",
      "/inward.png cannot be had",
      "169.254.169.254 leads to 169.254.169.254, which is not on the Internet",
      "/none.png cannot be had",
      "it answers 404",
      "http://10.0.0.1/x.png cannot be had",
      "10.0.0.1 leads to 10.0.0.1, which is not on the Internet",
    ]
  `);
});

test('what turns out to be damaged stays a link', async ({ backend }) => {
  const upstream = await withPictures({ '/cut.png': { body: png.subarray(0, 40) } });
  upstream.items = [story(1, { content_html: `<p>Text.</p><img src="${upstream.home}/cut.png">` })];
  const { pull, state } = following(backend, ['Upstream', upstream.url, 'pictures: copy']);
  await pull();
  await take(backend);
  await pull();

  expect((await backend.read('story-1')).html).toContain(`src="${upstream.home}/cut.png"`);
  expect((await state())?.leftOut).toEqual([expect.stringMatching(/cut\.png is damaged/)]);
});

test('a run that ends in between loses nothing; a picture that never comes does not hold its item back', async ({
  backend,
}) => {
  const upstream = await withPictures({ '/quay.png': { body: png } });
  upstream.items = [story(1, { content_html: `<p>Text.</p><img src="${upstream.home}/quay.png">` })];
  const { desk, pull, state } = following(backend, ['Upstream', upstream.url, 'pictures: copy']);
  // Fetched, but nobody has noted it.
  const store = watchStore(backend.store, (command, { Item }) => {
    if (command === 'PutItem' && JSON.stringify(Item).includes('COPIES')) throw new Error('No');
  });
  await pullSources(Object.assign(Object.create(desk), { store }));
  expect(await slugsOf(backend)).toEqual([]);
  expect(await readdir(join(folder, 'pictures/uploads'))).toContain(nameOfCopy(`${upstream.home}/quay.png`));

  await pull('2026-06-01T14:00:00.000Z');
  await take(backend, () => false);
  await pull('2026-06-01T14:10:00.000Z');
  expect(await slugsOf(backend)).toEqual([]);
  await pull('2026-06-01T14:11:00.000Z');

  expect((await backend.read('story-1')).html).toContain(upstream.home);
  expect((await state())?.leftOut).toEqual([expect.stringMatching(/was fetched, but not stored/)]);
});

test('what counts readers is not copied', async ({ backend }) => {
  const upstream = await withPictures({});
  const counter = `<img src="${upstream.home}/count" width="1" height="1" />`;
  upstream.items = [story(1, { content_html: `<p>Text.</p>${counter}` })];
  await following(backend, ['Upstream', upstream.url, 'pictures: copy, pixels: keep']).pull();

  expect((await backend.read('story-1')).html).toBe(`<p>Text.</p>${counter}`);
  expect(asked(upstream)).toEqual([]);
});
