import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect } from 'vitest';
import { keepDirectories, recomputeLists } from '../../functions/announce/keep-directories.ts';
import { routes } from '../../functions/api/routes.ts';
import { pack, toAttributes } from '../../functions/store/item.ts';
import { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { growSite, type SiteSize } from '../support/grown-site.ts';
import {
  cheapRequests,
  dearRequests,
  type PublicRequest,
  rankDifferently,
} from '../support/public-requests.ts';
import { meterReads } from '../support/read-units.ts';
import { openReading, type Read, readBackend } from '../support/reading.ts';
import { connectLocal } from '../support/tables.ts';

const sweep = (backend: TestBackend) => keepDirectories(readBackend(backend), Number.POSITIVE_INFINITY);

test('lists what was changed in any way once the sweep has looked, and not before', async ({ backend }) => {
  await backend.put('storm', { tags: ['Weather'] });
  const ask = await openReading(backend);
  const text = async (path: string) => (await ask(path)).text();
  await sweep(backend);
  await backend.put('storm', { tags: ['Sea'] });
  const before = [await text('/opml.xml'), await text('/sitemap-streams.xml')];

  await sweep(backend);
  const after = [await text('/opml.xml'), await text('/sitemap-streams.xml')];

  expect(before.map((list) => list.includes('tag/weather'))).toEqual([true, true]);
  expect(after.map((list) => [list.includes('tag/weather'), list.includes('tag/sea')])).toEqual([
    [false, true],
    [false, true],
  ]);
});

test('lists an article from the sweep on that follows the end of its embargo', async ({ backend }) => {
  await backend.put('storm');
  await backend.put('coming', { publishedAt: '2026-07-01T08:00:00Z', tags: ['Later'] });
  const ask = await openReading(backend);
  const lists = ['/opml.xml', '/sitemap.xml', '/archive', '/news-sitemap.xml', '/sitemap-2026-07.xml'];
  const shown = async () =>
    Promise.all(
      lists.map(async (path) =>
        /tag\/later|news\/coming|archive\/2026-07/.test(await (await ask(path)).text()),
      ),
    );
  await sweep(backend);

  const embargoed = await shown();
  backend.time = '2026-07-01T08:00:30.000Z';
  await sweep(backend);
  const ended = await shown();

  expect([embargoed, ended]).toEqual([lists.map(() => false), lists.map(() => true)]);
});

test('names a month on /archive from its first article on, whatever the sweep has seen', async ({
  backend,
}) => {
  await backend.put('storm');
  await sweep(backend);
  await backend.put('calm', { publishedAt: '2026-06-01T08:00:00Z' });

  const text = await (await (await openReading(backend))('/archive')).text();

  expect(text.match(/archive\/\d{4}-\d\d(?=")/g)).toEqual(['archive/2026-06', 'archive/2026-05']);
});

test('goes on where it was ended, and is right though it is told twice', async ({ backend }) => {
  for (let index = 0; index < 5; index++) await backend.put(`a-${index}`, { tags: [`Tag ${index}`] });
  const reader = readBackend(backend);
  await keepDirectories(reader, 0);
  await Promise.all([sweep(backend), sweep(backend)]);
  await sweep(backend);
  await sweep(backend);

  const opml = await (await (await openReading(backend))('/opml.xml')).text();

  expect(opml.match(/<outline /g)).toHaveLength(6);
});

test('counts months anew in another zone, and everything once it is asked to', async ({ backend }) => {
  await backend.put('storm', { publishedAt: '2026-04-30T20:00:00Z' });
  await sweep(backend);
  backend.timeZone = 'UTC';
  await sweep(backend);
  const inUtc = await (await (await openReading(backend))('/archive')).text();
  const { client, content: TableName } = backend.store;
  const lost = {
    pk: 'DIRECTORY',
    sk: 'months news',
    revision: 9,
    packed: pack('{"zone":"UTC","months":{}}')[0],
  };
  await client.send(new PutItemCommand({ TableName, Item: toAttributes(lost) }));
  const spoilt = await backend.check();

  await recomputeLists(readBackend(backend));

  expect(inUtc).toContain('/archive/2026-04');
  expect(spoilt).toEqual(['The list is not what the cards say: DIRECTORY months news']);
});

const grownAt = '2026-06-28T12:00:00.000Z';
const sizes: SiteSize[] = [
  { articles: 115, crowded: 105, months: 6, streams: 20 },
  { articles: 240, crowded: 205, months: 20, streams: 60 },
];

describe('the units that public requests read', () => {
  const measured: Map<string, number>[] = [];
  const opened: TestBackend[] = [];

  beforeAll(async () => {
    for (const size of sizes) {
      const backend = await TestBackend.open();
      opened.push(backend);
      backend.timeZone = 'UTC';
      backend.time = grownAt;
      await growSite(backend, size);
      await rankDifferently(backend.store, size, backend.time);
      await sweep(backend);
      const client = connectLocal();
      const read = meterReads(client);
      const ask = await openReading(backend.through({ ...backend.store, client }));
      measured.push(
        await measure(ask, read, [...dearRequests(backend.time), ...cheapRequests(backend.time)]),
      );
      client.destroy();
    }
    return async () => {
      for (const backend of opened) await backend.close();
    };
    // Hundreds of articles are stored.
  }, 300_000);

  test('are measured at every public address but those of files, of counting and for hubs', () => {
    const paths = [...dearRequests(grownAt), ...cheapRequests(grownAt)].map(({ path }) => path.split('?')[0]);
    const unmeasured = Object.entries(routes).filter(([, route]) => {
      const pattern = new RegExp(`^${route.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
      return !paths.some((path = '') => pattern.test(path));
    });

    expect(unmeasured.map(([name]) => name)).toEqual([
      ...[
        'views',
        'oldFeedForm',
        'streamOldFeedForm',
        'correctionsArchivePart',
        'media',
        'stylesheet',
        'feedStylesheet',
        'oldFeedStylesheet',
        'push',
      ],
    ]);
  });

  test('are at most 70 for archive documents and sitemaps of months', () => {
    expect(measured.flatMap((units) => dear(units).filter(([, read]) => read > 70))).toEqual([]);
  });

  test('are at most 10 for all others, and do not grow with the site', () => {
    const [small, large] = measured.map(cheap);
    const grown = [...(large ?? [])].filter(
      ([path, read]) => read > Math.min(10, (small?.get(path) ?? 0) + 1),
    );

    expect(grown).toEqual([]);
  });
});

const isDear = ([path]: [string, number]) => dearRequests(grownAt).some((request) => request.path === path);
const dear = (units: Map<string, number>) => [...units].filter(isDear);
const cheap = (units: Map<string, number>) => new Map([...units].filter((one) => !isDear(one)));

async function measure(
  ask: Read,
  read: () => number,
  requests: PublicRequest[],
): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  for (const { path, headers = {}, repeated } of requests) {
    read();
    const first = await ask(path, headers);
    expect([path, first.status]).toEqual([path, 200]);
    if (!repeated) {
      units.set(path, read());
      continue;
    }
    read();
    const again = await ask(path, { ...headers, 'If-None-Match': first.headers.get('etag') ?? '' });
    units.set(`${path} (${again.status})`, read());
  }
  return units;
}
