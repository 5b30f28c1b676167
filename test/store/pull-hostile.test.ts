import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { readSources } from '../../functions/store/sources.ts';
import { test } from '../support/backend-test.ts';
import { following, slugsOf, story, upstreamWith } from '../support/following.ts';
import { always } from '../support/upstream.ts';
import { watchStore } from '../support/watched-store.ts';

const rss = { 'content-type': 'application/rss+xml' };
const inRss = (items: string, before = '') =>
  `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>Bad</title>${items}</channel></rss>`;
const item = (fields: string) => `<item><title>Bad</title><description>Bad.</description>${fields}</item>`;
const send = (text: string) => (answer: ServerResponse) => answer.writeHead(200, rss).end(text);

/** 10,000 of them, each of a day of its own. */
const many = Array.from({ length: 10_000 }, (_, n) =>
  item(`<guid>n-${n}</guid><pubDate>${new Date(Date.UTC(1990, 0, n + 1)).toUTCString()}</pubDate>`),
).join('');

/** What a hostile source does, what its owner is told, and how many articles it gives (none by default). */
const upstreams: [
  name: string,
  behave: (answer: ServerResponse, url: string) => unknown,
  told: RegExp,
  articles?: number,
][] = [
  ['hangs', () => null, /takes too long/],
  [
    'drips',
    (answer) => {
      answer.writeHead(200, rss);
      const timer = setInterval(() => answer.write(' '), 50);
      answer.on('close', () => clearInterval(timer));
      return null;
    },
    /takes too long/,
  ],
  [
    'is a bomb',
    (answer) =>
      answer.writeHead(200, { ...rss, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(200_000_000))),
    /more than 5 MB/,
  ],
  [
    'redirects to itself',
    (answer, url) => answer.writeHead(302, { location: url }).end(),
    /once more after 5 redirects/,
  ],
  ...[
    'http://10.0.0.1/',
    'http://0x0a000001/',
    'http://[::ffff:a00:1]/',
    'http://169.254.169.254/latest/',
  ].map((location): (typeof upstreams)[number] => [
    `redirects to ${location}`,
    (answer) => answer.writeHead(301, { location }).end(),
    /not on the Internet/,
  ]),
  [
    'reads files by an entity',
    send(inRss(item('<guid>&e;</guid>'), '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
    /DOCTYPE/,
  ],
  ['breaks off', send(inRss(item('<guid>1</guid>')).slice(0, 150)), /XML/],
  ['has 10,000 items', send(inRss(many)), /beyond the 500 newest/, 20],
  ['has a guid twice', send(inRss(item('<guid>1</guid>').repeat(3))), /^/, 1],
  ['has neither guid nor link', send(inRss(item(''))), /^/],
  [
    'writes in the year 1',
    send(inRss(item('<guid>1</guid><pubDate>01 Jan 0001 00:00:00 GMT</pubDate>'))),
    /0001/,
    1,
  ],
  [
    'writes in the year 9999',
    send(inRss(item('<guid>1</guid><pubDate>31 Dec 9999 23:59:59 GMT</pubDate>'))),
    /9999/,
    1,
  ],
  ['asks to be left alone', (answer) => answer.writeHead(429, { 'retry-after': '31536000' }).end(), /429/],
  ['has nothing new at first', (answer) => answer.writeHead(304).end(), /304/],
];

test.for([0, 4, 8, 12, 16])(
  'each of what sources can do wrong is told, and one beside them is pulled in the same run: %i',
  async (from, { backend }) => {
    const hostile = upstreams.slice(from, from + 4);
    const good = await upstreamWith(story(1));
    const started = await Promise.all(
      hostile.map(async ([name, behave]) => {
        const upstream = await upstreamWith();
        upstream.behave = (answer) => behave(answer, upstream.url);
        return [name, upstream.url] as [string, string];
      }),
    );
    const { pull, state } = following(backend, ...started, ['Good', good.url]);

    expect(await pull()).toHaveLength(hostile.length + 1);

    expect((await backend.read('story-1')).article.source).toEqual({ name: 'Good' });
    for (const [name, , told, articles = 0] of hostile) {
      const { wrong = '', leftOut = [], taken, nextTry } = (await state(name)) ?? {};
      expect([name, nextTry && nextTry <= '2026-06-02T12:00:00.000Z']).toEqual([name, true]);
      expect([name, [wrong, ...leftOut].join('\n'), taken]).toEqual([
        name,
        expect.stringMatching(told),
        articles,
      ]);
    }
    const total = hostile.reduce((sum, [, , , articles = 0]) => sum + articles, 0);
    expect(await slugsOf(backend)).toHaveLength(total + 1);
  },
);

test('a source that never ends is cut off', async ({ backend }) => {
  let sent = 0;
  const upstream = await upstreamWith();
  upstream.behave = (answer) => {
    answer.writeHead(200, rss);
    const more = () => {
      while (!answer.destroyed && answer.write(chunk)) sent += chunk.length;
    };
    answer.on('drain', more);
    more();
    return null;
  };
  const chunk = Buffer.alloc(65_536, ' ');
  const { pull, state } = following(backend, ['Endless', upstream.url]);

  await pull();

  expect((await state('Endless'))?.wrong).toMatch(/more than 5 MB/);
  // What is on its way in sockets' buffers comes to some megabytes.
  expect(sent).toBeLessThan(50_000_000);
});

test('what is told of a source stays small, whatever its items are', async ({ backend }) => {
  const pictures = Array.from(
    { length: 5000 },
    (_, n) => `<img src="https://news.example.com/media/none-${n}.png">`,
  );
  const upstream = await upstreamWith(story(1, { content_html: pictures.join('') }), story(2));
  const { desk, pull, state } = following(backend, ['Upstream', upstream.url]);
  Object.assign(desk, { media: {} });

  await pull();

  const kept = await state();
  expect(kept?.leftOut).toEqual([expect.stringContaining('no usable file of the media folder')]);
  expect(JSON.stringify(kept).length).toBeLessThan(10_000);
  expect(await slugsOf(backend)).toEqual(['story-2']);
});

test('an item whose texts flap costs a day no more than five times what it may take', async ({ backend }) => {
  const upstream = await upstreamWith(story(1), story(2));
  const { pull, state } = following(backend, ['Upstream', upstream.url, 'every: 5, most: 1']);
  await pull();
  for (let round = 0; round < 8; round++) {
    upstream.items = [story(2, { title: `Round ${round}` })];
    await pull();
  }

  expect((await backend.read('story-2')).version).toBe(6);
  expect(await state()).toMatchObject({ edited: 5, waiting: 1 });
  await pull('2026-06-02T12:00:00.000Z');
  expect((await backend.read('story-2')).article.title).toBe('Round 7');
});

test('what another followed source publishes itself is left to it, whichever is asked first', async ({
  backend,
}) => {
  const first = await upstreamWith();
  first.items = [story(1, { url: `${first.home}/1` })];
  first.behave = always(503);
  const second = await upstreamWith(story(1, { id: 'copy', url: `${first.home}/1` }), story(2));
  const { pull, state } = following(backend, ['Second', second.url], ['First', first.url]);
  await pull();
  expect(await slugsOf(backend)).toEqual(['story-2']);
  expect((await state('Second'))?.leftOut).toEqual(['Left to another source that is followed: "Story 1"']);

  first.behave = () => undefined;
  await pull();

  expect(await slugsOf(backend)).toEqual(['story-1', 'story-2']);
  expect((await backend.read('story-1')).article.source).toEqual({ name: 'First' });
});

test('no long address and no long host is kept of a redirect', async ({ backend }) => {
  const target = await upstreamWith(story(1));
  const upstream = await upstreamWith();
  upstream.behave = always(301, { location: `${target.url}?${'x'.repeat(10_000)}` });
  const elsewhere = await upstreamWith();
  elsewhere.behave = always(302, { location: `http://${'x.'.repeat(5000)}invalid/` });
  const { pull, state } = following(backend, ['Upstream', upstream.url], ['Elsewhere', elsewhere.url]);

  await pull();

  expect(await slugsOf(backend)).toEqual(['story-1']);
  for (const name of ['Upstream', 'Elsewhere'])
    expect(JSON.stringify(await state(name)).length).toBeLessThan(3000);
});

test('what is known or skipped is looked up under no other source', async ({ backend }) => {
  const items = Array.from({ length: 20 }, (_, n) => story(n + 1));
  const upstream = await upstreamWith(...items);
  const others = Array.from({ length: 20 }, (_, n): [string, string] => [
    `Other ${n}`,
    `https://other-${n}.example/feed`,
  ]);
  const { desk } = following(backend, ['Upstream', upstream.url, 'most: 2'], ...others);
  const [source] = desk.sources;
  let keys = 0;
  const store = watchStore(backend.store, (command, { RequestItems = {} }) => {
    if (command !== 'BatchGetItem') return;
    for (const { Keys } of Object.values(RequestItems as Record<string, { Keys: unknown[] }>))
      keys += Keys.length;
  });
  await pullSource(desk, source, { known: undefined, until: Number.POSITIVE_INFINITY });

  upstream.items = items.map((item) => ({ ...item, summary: 'Edited.' }));
  const known = (await readSources(backend.store)).get('Upstream');
  await pullSource(Object.assign(Object.create(desk), { store }), source, {
    known,
    until: Number.POSITIVE_INFINITY,
  });

  expect((await backend.read('story-20')).version).toBe(2);
  // Two for each item, and what two edits need.
  expect(keys).toBeLessThan(100);
});
