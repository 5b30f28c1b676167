import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { openReading, type Read } from '../support/reading.ts';

const json = { Accept: 'application/json' };
const embargoEnds = Date.parse('2026-06-01T13:00:00Z');

/** Where an article of the category `Trade` with the tag `Port` is to be seen, or named. */
const addresses: [path: string, headers: Record<string, string>][] = [
  ['/news/coming', {}],
  ['/news/coming', json],
  ['/news/coming.json', {}],
  ['/news/earlier', {}],
  ['/news/earlier', json],
  ['/', {}],
  ['/news', {}],
  ['/news', json],
  ['/category/trade', json],
  ['/tag/port', {}],
  ['/source/harbour-desk', json],
  ['/opml.xml', {}],
  ['/sitemap.xml', {}],
  ['/sitemap-2026-06.xml', {}],
  ['/news-sitemap.xml', {}],
  ['/archive/2026-06', json],
  ['/archive/2026-05', {}],
  [`/feed.json?before=${Buffer.from('9999-12-31T00:00:00.000Z#z').toString('base64url')}`, {}],
  ...['', '/category/trade', '/tag/port', '/source/harbour-desk'].flatMap((stream) =>
    [
      'rss.xml',
      'atom.xml',
      'feed.json',
      'archive',
      'archive/2026-06',
      'archive/2026-06/rss.xml',
      'archive/2026-06/atom.xml',
    ].map((file): [string, Record<string, string>] => [`${stream}/${file}`, {}]),
  ),
];

const fields = { category: 'Trade', tags: ['Port'], source: { name: 'Harbour Desk' } };
const comingFields = { ...fields, title: 'Quay opens', tags: ['Port', 'Quay'] };

async function openBackend(backend: TestBackend): Promise<Read> {
  await backend.put('earlier', { publishedAt: '2026-05-01T08:00:00Z', ...fields });
  return openReading(backend);
}

function setClock(backend: TestBackend, seconds: number): void {
  backend.time = new Date(embargoEnds + seconds * 1000).toISOString();
}

/** The addresses that tell of the article at `coming`: by its title, its address, or the tag or month that it alone has. */
async function findTelling(read: Read): Promise<string[]> {
  const found: string[] = [];
  for (const [path, headers] of addresses) {
    const text = await (await read(path, headers)).text();
    if (/Quay opens|\/news\/coming<|\/tag\/quay\/|\/archive\/2026-06"/.test(text))
      found.push(nameOf(path, headers));
  }
  return found;
}

function nameOf(path: string, { Accept = '' }: Record<string, string>): string {
  return `${path} ${Accept}`;
}

const everywhere = addresses.map(([path, headers]) => nameOf(path, headers));

test('shows an embargoed article nowhere a second before, and everywhere from its second on', async ({
  backend,
}) => {
  const read = await openBackend(backend);
  await backend.put('coming', { ...comingFields, publishedAt: new Date(embargoEnds).toISOString() });

  const seen = [];
  for (const seconds of [-1, -0.001, 0, 1, 3600]) {
    setClock(backend, seconds);
    seen.push(await findTelling(read));
  }

  // Nothing but the clock moved: the sweep has been lost for an hour.
  expect(seen).toEqual([[], [], everywhere, everywhere, everywhere]);
});

test('shows a draft nowhere, whatever its date', async ({ backend }) => {
  const read = await openBackend(backend);
  await backend.put('coming', { ...comingFields, draft: true });

  setClock(backend, 3600);

  expect(await findTelling(read)).toEqual([]);
  expect((await read('/news/coming', json)).status).toBe(404);
});

test('says nothing of streams that have only an embargoed article', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('coming', { publishedAt: new Date(embargoEnds).toISOString(), ...fields });
  const streams = ['/category/trade', '/tag/port', '/source/harbour-desk', '/tag/port/atom.xml'];

  const before = await Promise.all(streams.map(async (path) => (await read(path)).status));
  setClock(backend, 0);
  const after = await Promise.all(streams.map(async (path) => (await read(path)).status));

  expect([before, after]).toEqual([
    [404, 404, 404, 404],
    [200, 200, 200, 200],
  ]);
});

test.for([-299, -60, -1, -0.5])(
  'lets no cache outlive an embargo that ends in %d seconds',
  async (seconds, { backend }) => {
    const read = await openBackend(backend);
    await backend.put('coming', { publishedAt: new Date(embargoEnds).toISOString(), ...fields });
    setClock(backend, seconds);

    for (const [path, headers] of addresses.slice(3)) {
      const cacheControl = (await read(path, headers)).headers.get('cache-control') ?? '';
      const maxAge = Number(
        /max-age=(\d+)/.exec(cacheControl)?.[1] ?? (/no-cache/.test(cacheControl) ? 0 : Number.NaN),
      );
      expect([path, maxAge <= -seconds]).toEqual([path, true]);
    }
  },
);

test('lets no cache outlive the soonest of more embargoes than a feed has entries', async ({ backend }) => {
  const read = await openBackend(backend);
  for (let second = 0; second < 25; second++)
    await backend.put(`coming-${second}`, {
      publishedAt: new Date(embargoEnds + second * 1000).toISOString(),
    });
  setClock(backend, -9);

  const answer = await read('/rss.xml');

  expect(Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1])).toBeLessThanOrEqual(9);
});

test('gives a feed another validator the moment an embargo ends', async ({ backend }) => {
  const read = await openBackend(backend);
  await backend.put('coming', { publishedAt: new Date(embargoEnds).toISOString(), ...fields });
  setClock(backend, -1);
  const etag = (await read('/atom.xml')).headers.get('etag') ?? '';

  const before = await read('/atom.xml', { 'If-None-Match': etag });
  setClock(backend, 0);
  const after = await read('/atom.xml', { 'If-None-Match': etag });

  expect([before.status, after.status]).toEqual([304, 200]);
});
