import { expect, onTestFinished } from 'vitest';
import { type AnnounceBackend, announceStream } from '../../functions/announce/announce-stream.ts';
import { sendPings } from '../../functions/announce/send-pings.ts';
import { parseSite } from '../../functions/article/site.ts';
import { findCurrentFeed } from '../../functions/feed/current-feed.ts';
import { type DuePings, readDue } from '../../functions/store/due.ts';
import { findDocumentHead, keepDocument } from '../../functions/store/stored-feed.ts';
import { siteYaml } from '../infra/content-folder.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { type Hub, refuse, startHub, take, thisMachine, topicsOf } from '../support/hub.ts';
import { watchStore } from '../support/watched-store.ts';

const never = Number.POSITIVE_INFINITY;
const atom = 'https://news.example.com/atom.xml';
const rss = 'https://news.example.com/rss.xml';

async function hubThat(...behaviour: Parameters<typeof startHub>): Promise<Hub> {
  const hub = await startHub(...behaviour);
  onTestFinished(() => hub.close());
  return hub;
}

/** A backend of one article, whose news somebody has read as RSS and as Atom. */
async function announcing(backend: TestBackend, hubs: Hub[], oldFeedSeconds = 0): Promise<AnnounceBackend> {
  await backend.put('storm', { tags: ['Weather'] });
  for (const format of ['rss', 'atom']) await keepOld(backend, 'news', format);
  const site = { ...parseSite(siteYaml), hubs: hubs.map(({ url }) => url) };
  const context = { site, baseUrl: backend.baseUrl, media: {} };
  const { store, now } = backend;
  return { store, context, now, oldFeedSeconds, network: thisMachine };
}

async function keepOld({ store }: TestBackend, stream: string, format: string): Promise<void> {
  const document = { etag: 'W/"old"', lastModified: '2026-05-01T00:00:00.000Z', text: 'old' };
  await keepDocument(store, stream, format, document, undefined);
}

/** All that is due, however late. */
async function allDue({ store }: TestBackend): Promise<DuePings[]> {
  return (await readDue(store, '2027', 100)) as DuePings[];
}

/** As the sweep does when the next row comes due; answers when that is. */
async function sweepNext(backend: TestBackend, announcer: AnnounceBackend): Promise<string | undefined> {
  const [next] = await allDue(backend);
  if (!next?.sk) return undefined;
  backend.time = next.sk.slice(0, 24);
  await sendPings(announcer, (await readDue(backend.store, backend.time, 100)) as DuePings[], never);
  return backend.time;
}

test('owes pings for the documents that somebody has read, and renders none', async ({ backend }) => {
  const hub = await hubThat();
  const announcer = await announcing(backend, [hub], 150);

  const [news, weather] = [
    await announceStream(announcer, 'news'),
    await announceStream(announcer, 'tag/weather'),
  ];

  expect([news, weather, hub.pings]).toEqual([[], [], []]);
  expect(await allDue(backend)).toEqual([
    {
      pk: 'DUE',
      sk: '2026-06-01T12:03:00.000Z#PING#news',
      stream: 'news',
      since: '2026-06-01T12:00:00.000Z',
      pings: new Set([`rss ${hub.url}`, `atom ${hub.url}`]),
    },
  ]);
  expect((await findDocumentHead(backend.store, 'news', 'rss'))?.etag).toBe('W/"old"');
});

test.for([
  ['consistently where a hub comes at once for what has changed', true],
  ['for half the price where none does', false],
] as const)('a poll reads cards and removals %s', async ([, consistent], { backend }) => {
  const announcer = await announcing(backend, consistent ? [await hubThat()] : []);
  const reads: unknown[] = [];
  const store = watchStore(backend.store, (command, { ExpressionAttributeValues, ConsistentRead }) => {
    if (command === 'Query' && /STREAM#|GONE#/.test(JSON.stringify(ExpressionAttributeValues)))
      reads.push(ConsistentRead);
  });

  for (const format of ['rss', 'atom'] as const)
    await findCurrentFeed({ ...announcer, store, rendering: 'test' }, 'news', format);

  expect(reads).toEqual([consistent, consistent, consistent]);
});

test('owes nothing where no hub is named, and asks for nothing', async ({ backend }) => {
  const announcer = await announcing(backend, []);
  const calls: string[] = [];
  const store = watchStore(backend.store, (command) => calls.push(command));

  expect(await announceStream({ ...announcer, store }, 'news')).toEqual([]);
  expect(calls).toEqual([]);
  expect(await allDue(backend)).toEqual([]);
});

test('has one row for all changes of a stream that are due in one minute', async ({ backend }) => {
  const hub = await hubThat();
  const announcer = await announcing(backend, [hub], 150);

  for (const second of ['05', '10', '30', '31']) {
    backend.time = `2026-06-01T12:00:${second}.000Z`;
    await announceStream(announcer, 'news');
  }

  expect((await allDue(backend)).map(({ sk, since }) => `${sk} ${since.slice(17, 19)}`)).toEqual([
    '2026-06-01T12:03:00.000Z#PING#news 30',
    '2026-06-01T12:04:00.000Z#PING#news 31',
  ]);
});

test('tells every hub of every document once, and is done', async ({ backend }) => {
  const hubs = [await hubThat(), await hubThat()];
  const announcer = await announcing(backend, hubs);

  const swept = await sendPings(announcer, await announceStream(announcer, 'news'), never);

  expect(swept).toEqual({ done: 1, failed: 0 });
  expect(hubs.map(topicsOf)).toEqual([
    [atom, rss],
    [atom, rss],
  ]);
  expect(await allDue(backend)).toEqual([]);
});

test('repeats what failed, and that alone, until it is taken', async ({ backend }) => {
  const well = await hubThat();
  const half = await hubThat((answer, topic) => (topic === rss ? take(answer) : refuse(500)(answer, topic)));
  const announcer = await announcing(backend, [well, half]);

  const swept = await sendPings(announcer, await announceStream(announcer, 'news'), never);
  await sweepNext(backend, announcer);
  half.behave = take;
  await sweepNext(backend, announcer);

  expect(swept).toEqual({ done: 0, failed: 1 });
  expect(topicsOf(well)).toEqual([atom, rss]);
  expect(topicsOf(half)).toEqual([atom, atom, atom, rss]);
  expect(await allDue(backend)).toEqual([]);
});

test('gives up after a day of waiting longer and longer', async ({ backend }) => {
  const hub = await hubThat(refuse(410));
  const announcer = await announcing(backend, [hub]);
  await sendPings(announcer, await announceStream(announcer, 'news'), never);

  const times: string[] = [];
  for (let time = await sweepNext(backend, announcer); time; time = await sweepNext(backend, announcer))
    times.push(time);

  expect(times.slice(0, 6).map((time) => time.slice(11, 16))).toEqual([
    ...['12:01', '12:02', '12:04', '12:08', '12:16', '12:32'],
  ]);
  expect(times.at(-1)).toBe('2026-06-02T12:00:00.000Z');
  expect(hub.pings).toHaveLength(2 * (times.length + 1));
  expect(times.length).toBeLessThan(40);
});

test('comes back when a hub asks it to, to other hubs without that delay', async ({ backend }) => {
  const busy = await hubThat(refuse(429, { 'Retry-After': '600' }));
  const announcer = await announcing(backend, [busy, await hubThat(refuse(500))]);

  await sendPings(announcer, await announceStream(announcer, 'news'), never);

  expect(
    (await allDue(backend)).map(({ sk, pings }) => [sk?.slice(11, 16), pings.has(`rss ${busy.url}`)]),
  ).toEqual([
    ['12:01', false],
    ['12:10', true],
  ]);
});

test('leaves due what was added while it was telling', async ({ backend }) => {
  const hub = await hubThat();
  const announcer = await announcing(backend, [hub]);
  for (const behave of [take, refuse(500)]) {
    const owed = await announceStream(announcer, 'news');
    backend.time = new Date(Date.parse(backend.time) + 1).toISOString();
    hub.behave = async (answer, topic) => {
      // Of an earlier minute, as two machines' clocks may differ.
      const behind = { ...announcer, now: () => backend.time, oldFeedSeconds: -1 };
      if (topic === rss) await announceStream(behind, 'news');
      behave(answer, topic);
    };

    await sendPings(announcer, owed, never);

    expect((await allDue(backend)).map(({ since }) => since)).toEqual([backend.time]);
    hub.behave = take;
    await sweepNext(backend, announcer);
  }
});

test('brings the rows of a stream together again when hubs are away for long', async ({ backend }) => {
  const hub = await hubThat(refuse(503));
  const announcer = await announcing(backend, [hub]);
  for (const minute of ['03', '17', '29']) {
    backend.time = `2026-06-01T12:${minute}:10.000Z`;
    await sendPings(announcer, await announceStream(announcer, 'news'), never);
  }

  while (backend.time < '2026-06-01T16:00:00.000Z') await sweepNext(backend, announcer);

  expect(await allDue(backend)).toHaveLength(1);
});

test('begins nothing when its time is over', async ({ backend }) => {
  const hub = await hubThat();
  const announcer = await announcing(backend, [hub]);

  const swept = await sendPings(announcer, await announceStream(announcer, 'news'), performance.now() - 1);

  expect([swept, hub.pings]).toEqual([{ done: 0, failed: 0 }, []]);
  expect(await allDue(backend)).toHaveLength(1);
});

test('owes nothing to a hub that the site names no more', async ({ backend }) => {
  const hub = await hubThat(refuse(500));
  const announcer = await announcing(backend, [hub]);
  await sendPings(announcer, await announceStream(announcer, 'news'), never);
  announcer.context.site.hubs = [];

  await sweepNext(backend, announcer);

  expect(hub.pings).toHaveLength(2);
  expect(await allDue(backend)).toEqual([]);
});
