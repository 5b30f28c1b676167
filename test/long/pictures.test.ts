import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({
    change({ Resources }) {
      // Of a busy machine, on which the codec takes long to load.
      for (const [id, { Type, Properties }] of Object.entries(Resources))
        if (id.startsWith('MediaFunction') && Type === 'AWS::Lambda::Function') Properties.Timeout = 300;
    },
  });
  return () => closeSound(site);
});

function fixture(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, '../fixtures/pictures', name));
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
const jsonOf = (answer: Response): Promise<any> => answer.json();

function send(name: string, raw: Buffer | string, type = 'image/jpeg'): Promise<Response> {
  return signedFetch(`${site.url}/media/${name}`, { method: 'PUT', raw, headers: { 'Content-Type': type } });
}

function announce(body: unknown, name = 'large.jpg'): Promise<Response> {
  return signedFetch(`${site.url}/media/${name}`, { method: 'PUT', body });
}

const place = fixture('place.jpg');
const small = fixture('small.jpg');

describe('a picture that is sent', () => {
  test('is there for good under the hash of its content, upright, in every width, without its place', async () => {
    const answer = await send('IMG%201234.JPG', place);
    const stored = await jsonOf(answer);

    expect(answer.status).toBe(201);
    expect(stored).toMatchObject({
      outcome: 'created',
      name: 'img-1234.jpg',
      path: expect.stringMatching(/^\/media\/img-1234-[0-9a-f]{16}\.jpg$/),
      type: 'image/jpeg',
      width: 1200,
      height: 1700,
    });
    expect(
      stored.sizes.map(({ width, height, type }: { width: number; height: number; type: string }) => [
        width,
        height,
        type,
      ]),
    ).toEqual([
      [480, 680, 'image/webp'],
      [960, 1360, 'image/webp'],
      [1200, 1700, 'image/webp'],
    ]);
    for (const { path, type, length } of [stored, ...stored.sizes]) {
      const read = await site.fetch(path);
      expect(read.headers.get('content-type')).toBe(type);
      expect(read.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const bytes = Buffer.from(await read.arrayBuffer());
      if (length) expect(bytes.length).toBe(length);
      expect(bytes.includes('Taken by')).toBe(false);
    }
  });

  test('again is the same', async () => {
    const first = await jsonOf(await send('again.jpg', small));

    const again = await send('Again.JPEG', small, 'application/x-www-form-urlencoded');

    expect(again.status).toBe(200);
    expect(await jsonOf(again)).toEqual({ ...first, outcome: 'unchanged' });
  });

  test('under the name of another one replaces it: its name leads to the new one, and its own address stays', async () => {
    const former = await jsonOf(await send('pier.jpg', small));
    const answer = await send('pier.jpg', Buffer.concat([small, Buffer.from('!')]));
    const current = await jsonOf(answer);

    expect([answer.status, current.outcome]).toEqual([200, 'replaced']);
    expect((await site.fetch(former.path)).status).toBe(200);
    const named = await site.fetch('/media/pier.jpg');
    expect(named.status).toBe(302);
    expect(named.headers.get('location')).toBe(current.url);
  });

  test.each(['png', 'webp', 'avif', 'gif'])('may be %s, whatever its name says', async (extension) => {
    const stored = await jsonOf(await send(`as-${extension}.jpg`, fixture(`place.${extension}`)));

    expect(stored).toMatchObject({ name: `as-${extension}.${extension}`, width: 170, height: 120 });
    expect(stored.sizes.map(({ width }: { width: number }) => width)).toEqual([170]);
    const bytes = Buffer.from(await (await site.fetch(stored.path)).arrayBuffer());
    expect(bytes.includes('Taken by')).toBe(false);
  });

  test.each(['gif', 'webp'])(
    'and moves, as %s, is not made into one that stands still',
    async (extension) => {
      const stored = await jsonOf(await send(`moving.${extension}`, fixture(`moving.${extension}`)));

      expect(stored.sizes).toEqual([]);
      expect((await site.fetch(stored.path)).status).toBe(200);
    },
  );

  test('is listed by name', async () => {
    await send('listed.webp', fixture('place.webp'));

    const { items, next } = await jsonOf(await signedFetch(`${site.url}/media`));

    expect(items.map(({ name }: { name: string }) => name)).toContain('listed.webp');
    expect(next).toBeNull();
  });
});

describe('an article that shows it', () => {
  const article = {
    title: 'The pier',
    html: '<p>Look:</p><img src="/media/shown.jpg" alt="The pier" />',
    image: { url: '/media/shown.jpg', alt: 'The pier at noon' },
  };
  const put = () => signedFetch(`${site.url}/articles/pier`, { method: 'PUT', body: article });

  test('gives every screen the width that it asks for, and readers elsewhere a JPEG', async () => {
    const { path } = await jsonOf(await send('shown.jpg', place));
    await put();

    const at = (end: string) => path.replace('.jpg', end);
    const srcset = [480, 960, 1200].map((width) => `${at(`-${width}.webp`)} ${width}w`).join(', ');
    const page = await (await site.fetch('/news/pier', { headers: { Accept: 'text/html' } })).text();
    const [lead = '', inBody = ''] = page.match(/<img [^>]*>/g) ?? [];
    for (const image of [lead, inBody])
      for (const part of [`src="${path}"`, `srcset="${srcset}"`, 'width="1200"', 'height="1700"', ' sizes="'])
        expect(image).toContain(part);
    expect(lead).toContain('fetchpriority="high"');
    expect(inBody).toContain('loading="lazy"');
    const jpeg = site.url + at('-1200.jpg');
    expect(page).toContain(`<meta property="og:image" content="${jpeg}"/>`);
    const { image } = await site.json('/news/pier.json');
    expect(image).toMatchObject({ url: site.url + path, type: 'image/jpeg', width: 1200, height: 1700 });
    expect(image.sizes).toHaveLength(3);
    const length = (await (await fetch(jpeg)).arrayBuffer()).byteLength;
    const [rss, atom] = await Promise.all(
      ['/rss.xml', '/atom.xml'].map(async (feed) => (await site.fetch(feed)).text()),
    );
    expect(rss).toMatch(new RegExp(`<media:content url="${jpeg}"[^>]*fileSize="${length}"`));
    expect(rss).toContain(jpeg);
    expect(atom).toContain(`href="${jpeg}"`);
    const { items } = await site.json('/feed.json');
    expect(items[0].attachments).toEqual([{ url: jpeg, mime_type: 'image/jpeg', size_in_bytes: length }]);
  });

  test('shows the picture that has replaced it a minute later, and is as new as before', async () => {
    await put();
    const before = await site.json('/news/pier.json');
    const { path } = await jsonOf(await send('shown.jpg', small));

    await site.stage.fire('ImportContentEveryMinute');

    const after = await site.json('/news/pier.json');
    expect(after.image.url).toBe(site.url + path);
    expect(after.updatedAt).toBe(before.updatedAt);
    expect((await jsonOf(await put())).outcome).toBe('unchanged');
  });

  test('by the address of its content, goes on showing that', async () => {
    const { path } = await jsonOf(await send('pinned.jpg', place));
    const pinned = { ...article, html: `<p>Look:</p><img src="${path}" alt="" />`, image: { url: path } };
    const putPinned = () => signedFetch(`${site.url}/articles/pinned`, { method: 'PUT', body: pinned });
    await putPinned();
    await send('pinned.jpg', small);

    await site.stage.fire('ImportContentEveryMinute');

    expect((await site.json('/news/pinned.json')).image).toMatchObject({ url: site.url + path, width: 1200 });
    expect((await jsonOf(await putPinned())).outcome).toBe('unchanged');
  });
});

describe('a picture that is deleted', () => {
  const remove = (name: string) => signedFetch(`${site.url}/media/${name}`, { method: 'DELETE' });

  test('is gone, with every size and all that it was before', async () => {
    const stored = [await jsonOf(await send('old.jpg', place)), await jsonOf(await send('old.jpg', small))];
    const paths = stored.flatMap(({ path, sizes }) => [
      path,
      ...sizes.map((size: { path: string }) => size.path),
    ]);

    const answers = [await remove('old.jpg'), await remove('old.jpg')];

    expect(answers.map(({ status }) => status)).toEqual([204, 404]);
    expect(paths.length).toBeGreaterThan(4);
    for (const path of [...paths, '/media/old.jpg']) expect((await site.fetch(path)).status).toBe(404);
    const { items } = await jsonOf(await signedFetch(`${site.url}/media`));
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('old.jpg');
  });

  test('stays while an article shows it, a draft too', async () => {
    const body = { title: 'Draft', html: '<p>Look:</p><img src="/media/used.jpg" alt="" />', draft: true };
    await send('used.jpg', small);
    await signedFetch(`${site.url}/articles/user`, { method: 'PUT', body });

    const refused = await remove('used.jpg');
    expect([refused.status, (await jsonOf(refused)).detail]).toEqual([
      409,
      'The picture is shown by user: take it out of their texts first.',
    ]);

    await signedFetch(`${site.url}/articles/user`, { method: 'DELETE' });
    expect((await remove('used.jpg')).status).toBe(204);
  });
});

describe('a large one', () => {
  test('is sent to an address that takes just what was announced', async () => {
    const asked = await announce({ length: place.length, type: 'image/jpeg' });
    const { upload, url, headers } = await jsonOf(asked);
    expect(asked.status).toBe(202);
    const put = (body: Buffer, type = headers['content-type']) =>
      fetch(url, { method: 'PUT', headers: { 'content-type': type }, body: new Uint8Array(body) });

    const refused = [await put(Buffer.concat([place, place])), await put(place, 'text/html')];
    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    const early = await announce({ upload });
    expect([early.status, (await jsonOf(early)).errors[0].message]).toEqual([
      422,
      'has not arrived at the address of its upload, or is more than a day old',
    ]);
    expect((await put(place)).status).toBe(200);
    const taken = await announce({ upload });

    expect(taken.status).toBe(201);
    expect(await jsonOf(taken)).toMatchObject({ name: 'large.jpg', width: 1200 });
  });

  test.each([
    [{ length: 50_000_001, type: 'image/jpeg' }, 413],
    [{ length: 0, type: 'image/jpeg' }, 422],
    [{ length: 10, type: 'text/html' }, 422],
    [{ upload: '../media/x' }, 422],
    [null, 422],
  ])('announced as %j is refused', async (body, status) => {
    expect((await announce(body)).status).toBe(status);
  });
});

describe('what cannot be shown is refused with what helps', () => {
  const heic = Buffer.from('000000186674797068656963000000006d69663168656963', 'hex');
  const bomb = Buffer.from(fixture('place.png'));
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);

  test.each<[string, Buffer, number, RegExp]>([
    ['HEIC', heic, 415, /export it as JPEG/],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      415,
      /export it as PNG or WebP/,
    ],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 415, /is not a PNG, JPEG/],
    ['nothing', Buffer.alloc(0), 422, /is empty/],
    ['a bomb of pixels', bomb, 413, /has 3600 megapixels, more than 50/],
    ['half a picture', place.subarray(0, place.length / 2), 422, /was cut off on its way/],
    ['an end that is missing', place.subarray(0, -2), 422, /was cut off on its way/],
    [
      'noise that begins like a picture',
      Buffer.concat([place.subarray(0, 700), Buffer.alloc(5000, 0xa5)]),
      422,
      /is damaged/,
    ],
  ])('%s', async (_, bytes, status, sentence) => {
    const answer = await send('refused.jpg', bytes);
    const { detail, errors } = await jsonOf(answer);

    expect(answer.status).toBe(status);
    expect(detail ?? errors[0].message).toMatch(sentence);
  });

  test('what else hides in a file is left out', async () => {
    const zip = Buffer.from('PK\x03\x04<script>alert(1)</script>');

    for (const extension of ['jpg', 'png', 'webp', 'avif', 'gif']) {
      const picture = fixture(extension === 'jpg' ? 'small.jpg' : `place.${extension}`);
      const { path } = await jsonOf(await send(`two.${extension}`, Buffer.concat([picture, zip])));
      const bytes = Buffer.from(await (await site.fetch(path)).arrayBuffer());
      expect([extension, bytes.includes('<script>')]).toEqual([extension, false]);
    }
  });

  test.each(['a%2Fb.jpg', 'a/b.jpg'])('the name %s', async (name) => {
    const answer = await send(name, place);

    expect([answer.status, (await jsonOf(answer)).detail]).toEqual([
      404,
      'The name of a picture has no slashes.',
    ]);
  });

  test('other methods', async () => {
    expect((await signedFetch(`${site.url}/media`, { method: 'POST' })).status).toBe(405);
    expect((await site.fetch('/media/x.jpg', { method: 'PUT' })).status).toBe(403);
  });
});
