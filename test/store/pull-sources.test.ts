import { expect } from 'vitest';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { pullSources } from '../../functions/pull-sources.ts';
import { findMeta } from '../../functions/store/read-article.ts';
import { readSources } from '../../functions/store/sources.ts';
import { test } from '../support/backend-test.ts';
import { following, slugsOf, story, upstreamWith } from '../support/following.ts';
import { always } from '../support/upstream.ts';
import { watchStore } from '../support/watched-store.ts';

test('stores what a source publishes, credited and with its original, and asks again when it is due', async ({
  backend,
}) => {
  const upstream = await upstreamWith(story(1, { authors: [{ name: 'Ann' }] }));
  const { pull, state } = following(backend, [
    'Upstream',
    upstream.url,
    'every: 10, category: World, tags: [Sea]',
  ]);

  expect(await pull()).toEqual(['Upstream']);
  expect(await pull('2026-06-01T12:09:59.000Z')).toEqual([]);

  const stored = await backend.read('story-1');
  expect(stored).toMatchObject({
    ...{ status: 'published', origin: 'pull', html: '<p>Text 1.</p>' },
    article: {
      title: 'Story 1',
      publishedAt: '2026-05-01T08:00:00.000Z',
      source: { name: 'Upstream' },
      original: 'https://upstream.example/1',
      authors: ['Ann'],
      category: 'World',
      tags: ['Sea'],
      guid: 'story-1',
    },
  });
  expect(await state()).toMatchObject({
    lastSuccess: '2026-06-01T12:00:00.000Z',
    nextTry: '2026-06-01T12:10:00.000Z',
    taken: 1,
    failures: 0,
    leftOut: [],
  });
});

test('asks with the validators of what it has, and stores nothing of a 304', async ({ backend }) => {
  const upstream = await upstreamWith(story(1));
  const { pull, state } = following(backend, ['Upstream', upstream.url]);

  await pull();
  await pull();

  expect(upstream.requests[1]?.headers['if-none-match']).toMatch(/^"/);
  expect(await state()).toMatchObject({ lastSuccess: '2026-06-01T12:30:00.000Z', failures: 0 });
  expect((await backend.read('story-1')).version).toBe(1);
});

test('an upstream edit changes the article, but none that was edited here; what vanishes stays', async ({
  backend,
}) => {
  const upstream = await upstreamWith(story(1), story(2), story(3));
  const { pull } = following(backend, ['Upstream', upstream.url]);
  await pull();
  await backend.put('story-2', { title: 'Ours', source: { name: 'Upstream' } });

  upstream.items = [story(1, { title: 'Corrected' }), story(2, { title: 'Corrected too' })];
  await pull();

  expect(await backend.read('story-1')).toMatchObject({
    origin: 'pull',
    version: 2,
    article: { title: 'Corrected', publishedAt: '2026-05-01T08:00:00.000Z', guid: 'story-1' },
  });
  expect((await backend.read('story-2')).article.title).toBe('Ours');
  expect(await slugsOf(backend)).toEqual(['story-1', 'story-2', 'story-3']);
});

test('what was removed or erased here does not come back', async ({ backend }) => {
  const upstream = await upstreamWith(story(1), story(2));
  const { pull } = following(backend, ['Upstream', upstream.url]);
  await pull();
  await backend.remove('story-1');
  await backend.remove('story-2');
  await backend.erase('story-2');

  upstream.items = [story(1, { title: 'Again' }), story(2, { title: 'Again' })];
  await pull();

  expect(await slugsOf(backend)).toEqual(['story-1', 'story-2']);
  expect(await backend.read('story-1')).toMatchObject({ status: 'gone', article: { title: 'Story 1' } });
  expect(await backend.read('story-2')).toMatchObject({ status: 'gone', article: { title: '' } });
});

test('at first only the newest are taken, later a number a day', async ({ backend }) => {
  const upstream = await upstreamWith(...[1, 2, 3, 4].map((n) => story(n)));
  const { pull, state } = following(backend, ['Upstream', upstream.url, 'most: 2']);

  await pull();
  expect(await slugsOf(backend)).toEqual(['story-3', 'story-4']);

  upstream.items.push(...[5, 6, 7].map((n) => story(n)));
  await pull('2026-06-01T15:00:00.000Z');
  expect(await state()).toMatchObject({ taken: 2, waiting: 3 });
  // Midnight in Shanghai.
  await pull('2026-06-01T16:00:00.000Z');
  expect(await slugsOf(backend)).toEqual(['story-3', 'story-4', 'story-6', 'story-7']);
  await pull('2026-06-03T00:00:00.000Z');

  expect(await slugsOf(backend)).toEqual(['story-3', 'story-4', 'story-5', 'story-6', 'story-7']);
  expect(await state()).toMatchObject({ taken: 1, waiting: 0 });
});

test('drafts, summaries, and what is included and excluded', async ({ backend }) => {
  const upstream = await upstreamWith(
    story(1, { summary: 'Short.', tags: ['Sea'] }),
    story(2, { title: 'At sea again' }),
    story(3, { title: 'Seaside' }),
    story(4, { tags: ['Sea', 'Sport'] }),
  );
  const settings = 'publish: drafts, show: summary, include: [sea], exclude: [sport]';
  const { pull } = following(backend, ['Upstream', upstream.url, settings]);
  await pull();

  expect(await slugsOf(backend)).toEqual(['at-sea-again', 'story-1']);
  expect(await backend.read('story-1')).toMatchObject({ status: 'draft', html: '<p>Short.</p>' });
});

test('a faulty item is named and stops no other', async ({ backend }) => {
  const upstream = await upstreamWith(
    story(1, { content_html: `<p>${'x'.repeat(1_000_000)}</p>` }),
    story(2, { language: 'not a language', authors: [{ name: 'A'.repeat(101) }] }),
  );
  const { pull, state } = following(backend, ['Upstream', upstream.url]);

  await pull();

  expect(await slugsOf(backend)).toEqual(['story-2']);
  expect((await state())?.leftOut).toEqual([
    '"Story 1" (story-1): The body has 1,000,007 bytes; at most 1,000,000 are allowed',
    '"Story 2" (story-2): without authors, as no article may have that',
  ]);
});

test('tells one guid of two sources apart, and leaves an id to whom it belongs', async ({ backend }) => {
  const one = await upstreamWith(story(1), story(2, { id: 'https://one.example/2', url: undefined }));
  const other = await upstreamWith(
    story(1, { title: 'Other 1', url: 'https://other.example/1' }),
    story(2, { id: 'https://one.example/2', title: 'Stolen', url: 'https://other.example/2' }),
  );
  await following(backend, ['One', one.url]).pull();
  const { pull, state } = following(backend, ['One', one.url], ['Other', other.url]);

  await pull();

  expect(await slugsOf(backend)).toEqual(['other-1', 'story-1', 'story-2']);
  expect((await backend.read('story-2')).article.title).toBe('Story 2');
  expect((await state('Other'))?.leftOut).toEqual([
    '"Stolen" (https://one.example/2): its guid is that of https://news.example.com/news/story-2',
  ]);
});

test('knows an item by its link when its guid has moved, and one without a guid', async ({ backend }) => {
  const upstream = await upstreamWith(story(1), story(2));
  const { pull } = following(backend, ['Upstream', upstream.url]);
  await pull();

  upstream.items = [
    story(1, { id: 'moved-1', title: 'Moved' }),
    // Another day's text at the same address.
    story(2, { id: 'story-2-b', date_published: '2026-05-20T08:00:00Z', title: 'Next day' }),
    story(2),
  ];
  await pull();

  expect(await slugsOf(backend)).toEqual(['next-day', 'story-1', 'story-2']);
  expect((await backend.read('story-1')).article).toMatchObject({ title: 'Moved', guid: 'story-1' });
});

test('pauses longer and longer while a source fails, and says what is wrong', async ({ backend }) => {
  const upstream = await upstreamWith(story(1));
  const { pull, state } = following(backend, ['Upstream', upstream.url]);
  const { host } = new URL(upstream.url);
  upstream.behave = always(503);
  await pull();
  await pull();

  expect(await state()).toMatchObject({
    failures: 2,
    wrong: `${host} answers 503`,
    nextTry: '2026-06-01T15:00:00.000Z',
  });
  upstream.behave = always(429, { 'retry-after': '36000' });
  await pull();
  expect(await state()).toMatchObject({ failures: 3, nextTry: '2026-06-02T01:00:00.000Z' });

  upstream.behave = () => undefined;
  await pull();
  expect(await state()).toMatchObject({ failures: 0, lastSuccess: '2026-06-02T01:00:00.000Z' });
  expect(await state()).not.toHaveProperty('wrong');
  expect(await slugsOf(backend)).toEqual(['story-1']);
});

test('a 304 that nobody asked for is a failure', async ({ backend }) => {
  const upstream = await upstreamWith(story(1));
  upstream.behave = always(304);
  const { pull, state } = following(backend, ['Upstream', upstream.url]);

  await pull();

  expect(await state()).toMatchObject({ failures: 1, wrong: expect.stringContaining('answers 304') });
});

test('asks a feed that is gone no more, until site.yaml names another', async ({ backend }) => {
  const upstream = await upstreamWith(story(1));
  upstream.behave = always(410);
  const { pull, state } = following(backend, ['Upstream', upstream.url]);
  await pull();

  expect(await pull('2026-07-01T12:00:00.000Z')).toEqual([]);
  expect(await state()).toMatchObject({ wrong: expect.stringContaining('gone for good (410)') });

  upstream.behave = () => undefined;
  expect(await following(backend, ['Upstream', `${upstream.url}?2`]).pull()).toEqual(['Upstream']);
  expect(await slugsOf(backend)).toEqual(['story-1']);
});

test('believes a permanent redirect the second time, and comes back if it leads nowhere', async ({
  backend,
}) => {
  const target = await upstreamWith(story(1));
  const upstream = await upstreamWith();
  upstream.behave = always(301, { location: target.url });
  const { pull, state } = following(backend, ['Upstream', upstream.url]);

  await pull();
  expect(await state()).toMatchObject({ address: upstream.url, movedTo: target.url });
  await pull();
  expect(await state()).toMatchObject({ address: target.url });
  await pull();
  expect(upstream.requests).toHaveLength(2);

  target.behave = always(404);
  await pull();
  expect(await state()).toMatchObject({ address: upstream.url, failures: 1 });
});

test('one source that fails in any way stops no other, and a source that is followed no more is forgotten', async ({
  backend,
}) => {
  const good = await upstreamWith(story(1));
  const html = await upstreamWith();
  html.behave = (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
  const { pull, state } = following(
    backend,
    ['Good', good.url],
    ['Page', html.url],
    ['Inward', 'http://10.0.0.1/feed'],
  );

  expect(await pull()).toEqual(['Good', 'Inward', 'Page']);

  expect(await slugsOf(backend)).toEqual(['story-1']);
  expect((await state('Page'))?.wrong).toMatch(/a web page, not a feed/);
  expect((await state('Inward'))?.wrong).toMatch(/10\.0\.0\.1/);

  await following(backend, ['Good', good.url]).pull();
  expect([...(await readSources(backend.store)).keys()]).toEqual(['Good']);
});

test('never takes back what is its own', async ({ backend }) => {
  const upstream = await upstreamWith(
    story(1, { id: 'tag:news.example.com,2026-05-01:port' }),
    story(2, { url: 'http://news.example.com/news/port' }),
    story(3),
  );
  const { pull, state } = following(backend, ['Upstream', upstream.url]);

  await pull();

  expect(await slugsOf(backend)).toEqual(['story-3']);
  // The newest first.
  expect((await state())?.leftOut).toEqual([`This site's own: "Story 2" and 1 more`]);
});

test('two runs at once ask a source once', async ({ backend }) => {
  const upstream = await upstreamWith(story(1));
  const { desk } = following(backend, ['Upstream', upstream.url]);

  await Promise.all([pullSources(desk), pullSources(desk), pullSources(desk)]);

  expect(upstream.requests).toHaveLength(1);
});

test('goes on in the next minute with what a run had no time for', async ({ backend }) => {
  const upstream = await upstreamWith(story(1), story(2), story(3));
  const { desk, pull, state } = following(backend, ['Upstream', upstream.url, 'most: 2']);
  const [source] = desk.sources;

  await pullSource(desk, source, { known: undefined, until: Number.NEGATIVE_INFINITY });
  expect(await state()).toMatchObject({ nextTry: backend.time, taken: 0 });
  expect(await state()).not.toHaveProperty('lastSuccess');
  await pull();

  expect(await slugsOf(backend)).toEqual(['story-2', 'story-3']);
});

test('what cannot be stored here comes later', async ({ backend }) => {
  const upstream = await upstreamWith(story(1));
  const { desk, pull, state } = following(backend, ['Upstream', upstream.url]);
  const store = watchStore(backend.store, (command) => {
    if (command === 'TransactWriteItems') throw new Error('No');
  });

  await pullSources(Object.assign(Object.create(desk), { store }));
  expect((await state())?.wrong).toBe('It could not be stored here: the log of pull-sources has the cause.');
  await pull();

  expect(await slugsOf(backend)).toEqual(['story-1']);
});

test('other settings find in the same document what they want', async ({ backend }) => {
  const upstream = await upstreamWith(story(1, { tags: ['Sea'] }), story(2, { tags: ['Land'] }));
  await following(backend, ['Upstream', upstream.url, 'include: [Sea]']).pull();
  await following(backend, ['Upstream', upstream.url, 'include: [Land]']).pull();

  expect(await slugsOf(backend)).toEqual(['story-1', 'story-2']);
});

test('shows the sound and films that a feed attaches below the text, once', async ({ backend }) => {
  const attached = (name: string, mime_type: string) => ({
    url: `https://upstream.example/${name}`,
    mime_type,
  });
  const upstream = await upstreamWith(
    story(1, {
      attachments: [
        attached('talk.mp3', 'audio/mpeg'),
        attached('film.mp4', 'video/mp4'),
        attached('plan.pdf?a=1&b=2', 'application/pdf'),
        attached('large.jpg', 'image/jpeg'),
      ],
    }),
    story(2, {
      content_html: '<p>Hear.</p><audio src="https://upstream.example/own.mp3"></audio>',
      attachments: [attached('own.mp3', 'audio/mpeg')],
    }),
  );
  const { pull } = following(backend, ['Upstream', upstream.url]);

  await pull();

  const { html } = await backend.read('story-1');
  expect(html).toContain('<audio controls');
  expect(html).toContain('src="https://upstream.example/talk.mp3"');
  expect(html).toContain('src="https://upstream.example/film.mp4"');
  expect(html).toContain('<a href="https://upstream.example/plan.pdf?a=1&amp;b=2">plan.pdf</a>');
  expect((await backend.read('story-2')).html.match(/own\.mp3/g)).toHaveLength(1);
});

test.for([
  ['withdraws what its feed says is deleted, where the source may', 'withdraw: true', 'gone'],
  ['withdraws nothing otherwise', '', 'published'],
] as const)('%s', async ([, settings, expected], { backend }) => {
  const entry = (n: number) =>
    `<entry><id>story-${n}</id><title>Story ${n}</title><updated>2026-05-0${n}T08:00:00Z</updated></entry>`;
  const deleted = [1, 2, 3, 9].map((n) => `<at:deleted-entry ref="story-${n}" when="2026-06-01T08:00:00Z"/>`);
  let entries = [1, 2, 3].map(entry).join('');
  const upstream = await upstreamWith();
  upstream.behave = (answer) =>
    answer
      .writeHead(200, { 'content-type': 'application/atom+xml' })
      .end(
        `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Upstream</title>${entries}</feed>`,
      );
  const { pull } = following(backend, ['Upstream', upstream.url, settings]);
  await pull();
  await backend.put('story-2', { title: 'Ours', source: { name: 'Upstream' } });

  // One is back in the feed that says that it is deleted.
  entries = entry(3) + deleted.join('');
  await pull();
  await pull();

  const metas = await Promise.all([1, 2, 3].map((n) => findMeta(backend.store, `story-${n}`)));
  expect(metas.map((meta) => meta && 'status' in meta && meta.status)).toEqual([
    expected,
    'published',
    'published',
  ]);
});

const counter = '<img src="https://upstream.example/count?id=1" alt="" width="1" height="1" />';
const pixels = [
  counter,
  '<img src="/dot.png" height=0>',
  '<p><img style="border: none; width:1px !important" src="https://upstream.example/dot.png"></p>',
];

test('leaves out pictures that count readers, unless the source may keep them', async ({ backend }) => {
  const picture = '<img src="https://upstream.example/quay.jpg" width="100" height="10" style="width: 1em">';
  const upstream = await upstreamWith(story(1, { content_html: `<p>Text.</p>${picture}${pixels.join('')}` }));
  const kept = await upstreamWith(story(2, { content_html: `<p>Text.</p>${counter}` }));
  await following(backend, ['Upstream', upstream.url], ['Kept', kept.url, 'pixels: keep']).pull();

  const { html } = await backend.read('story-1');
  expect(html.match(/src="[^"]*"/g)).toEqual(['src="https://upstream.example/quay.jpg"']);
  expect((await backend.read('story-2')).html).toBe(`<p>Text.</p>${counter}`);
});
