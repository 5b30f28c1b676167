import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';
import { toAttributes, unpack } from '../../functions/store/item.ts';
import {
  type DocumentHead,
  findDocumentHead,
  findPackedDocument,
  keepDocument,
} from '../../functions/store/stored-feed.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { lose } from '../support/corrupt.ts';
import { digest } from '../support/digest.ts';
import { noise } from '../support/noise.ts';
import { openReading, type Read } from '../support/reading.ts';
import { describeStore } from '../support/scan.ts';

const short = '<rss>第一</rss>';
const long = noise(960_000);

/** Keeps a document named by its etag, dated this many seconds into a minute, in place of what is kept. */
async function keep(
  store: Store,
  etag: string,
  second: number,
  text: string,
): Promise<DocumentHead | undefined> {
  const previous = await findDocumentHead(store, 'news', 'rss');
  await keepDocument(store, 'news', 'rss', document(etag, second, text), previous);
  return findDocumentHead(store, 'news', 'rss');
}

function document(etag: string, second: number, text: string) {
  return { etag, lastModified: `2026-06-01T12:00:0${second}.000Z`, text };
}

/** The digest of the kept text. */
async function read(store: Store): Promise<string | undefined> {
  const head = await findDocumentHead(store, 'news', 'rss');
  const packed = head && (await findPackedDocument(store, 'news', 'rss', head));
  return packed && digest(unpack(packed));
}

test('finds no document that was never kept', async ({ backend }) => {
  expect(await findDocumentHead(backend.store, 'news', 'rss')).toBeUndefined();
});

test.for([
  ['short', short, 1],
  ['long', long, 3],
] as const)('gives a %s text back as it was kept', async ([, text, chunks], { backend }) => {
  const head = await keep(backend.store, 'W/"1"', 0, text);

  expect(head).toMatchObject({ etag: 'W/"1"', lastModified: '2026-06-01T12:00:00.000Z', chunks });
  expect(await read(backend.store)).toBe(digest(text));
});

test.for([
  ['a short', short, 'a long', long],
  ['a long', long, 'a short', short],
] as const)('keeps in place of %s document %s one', async ([, first, , second], { backend }) => {
  await keep(backend.store, 'W/"1"', 0, first);

  await keep(backend.store, 'W/"2"', 1, second);

  expect(await read(backend.store)).toBe(digest(second));
});

test('keeps each format of each stream apart', async ({ backend }) => {
  await backend.put('storm', { tags: ['Weather'] });
  await keep(backend.store, 'W/"1"', 0, short);

  for (const [stream, format] of [
    ['news', 'atom'],
    ['tag/weather', 'rss'],
  ] as const) {
    expect(await findDocumentHead(backend.store, stream, format)).toBeUndefined();
    await keepDocument(backend.store, stream, format, document('W/"other"', 0, long), undefined);
  }

  expect(await read(backend.store)).toBe(digest(short));
});

test.for([
  ['a long one', long, short],
  ['a short one', short, long],
] as const)('leaves %s that another process has kept meanwhile', async ([, theirs, mine], { backend }) => {
  const previous = await keep(backend.store, 'W/"1"', 0, short);
  await keep(backend.store, 'W/"2"', 2, theirs);
  const before = await describeStore(backend.store);

  await keepDocument(backend.store, 'news', 'rss', document('W/"3"', 1, mine), previous);
  await keepDocument(backend.store, 'news', 'rss', document('W/"3"', 3, mine), previous);

  expect(await describeStore(backend.store)).toEqual(before);
});

test('keeps the first of two documents that were the first for their makers', async ({ backend }) => {
  await keepDocument(backend.store, 'news', 'rss', document('W/"1"', 0, long), undefined);

  await keepDocument(backend.store, 'news', 'rss', document('W/"2"', 1, short), undefined);

  expect(await read(backend.store)).toBe(digest(long));
});

test('gives whoever has read the head of a document all of it, though it is replaced meanwhile, and nothing if that happens twice', async ({
  backend,
}) => {
  const head = await keep(backend.store, 'W/"1"', 0, long);
  const packedNow = async () => head && findPackedDocument(backend.store, 'news', 'rss', head);

  await keep(backend.store, 'W/"2"', 1, noise(960_000, 2));
  const once = await packedNow();
  await keep(backend.store, 'W/"3"', 2, noise(960_000, 3));
  const twice = await packedNow();

  expect([once && digest(unpack(once)), twice]).toEqual([digest(long), undefined]);
});

test('shows the old document or the new one at every call of its replacement', async ({ backend }) => {
  await keep(backend.store, 'W/"1"', 0, long);
  const previous = await findDocumentHead(backend.store, 'news', 'rss');
  const seen: (string | undefined)[] = [];
  const { client } = backend.store;
  const watched = new Proxy(client, {
    get: (target, name) =>
      name === 'send'
        ? async (command: PutItemCommand) => {
            seen.push(await read(backend.store));
            return target.send(command);
          }
        : Reflect.get(target, name),
  });

  const next = document('W/"2"', 1, noise(960_000, 2));
  await keepDocument({ ...backend.store, client: watched }, 'news', 'rss', next, previous);

  expect(seen).toEqual(Array(4).fill(digest(long)));
  expect(await read(backend.store)).toBe(digest(next.text));
});

test('goes past what a writer left that was ended before it wrote the head', async ({ backend }) => {
  const previous = await keep(backend.store, 'W/"1"', 0, short);
  const left = { pk: 'FEED#news#rss', sk: 'DOC#2', etag: 'W/"ended"', chunk: Buffer.from('x'), ttl: 1 };
  const { client, content } = backend.store;
  await client.send(new PutItemCommand({ TableName: content, Item: toAttributes(left) }));

  await keepDocument(backend.store, 'news', 'rss', document('W/"2"', 1, short), previous);

  expect(await findDocumentHead(backend.store, 'news', 'rss')).toMatchObject({ etag: 'W/"2"', first: 3 });
  expect(await read(backend.store)).toBe(digest(short));
});

test('makes a document whole again that has lost a part', async ({ backend }) => {
  await keep(backend.store, 'W/"1"', 0, long);
  await lose('FEED#news#rss DOC#2')(backend.store);
  const broken = await read(backend.store);

  await keep(backend.store, 'W/"1"', 0, long);

  expect(broken).toBeUndefined();
  expect(await read(backend.store)).toBe(digest(long));
});

const typo = '2062-01-01T00:00:00.000Z';

/** What is told of the feed at this time; asked for by readers before, as it is kept for the first of them. */
async function toldAt(backend: TestBackend, read: Read, time: string): Promise<string | null> {
  backend.time = `2026-06-01T${time}.000Z`;
  return (await read('/rss.xml')).headers.get('last-modified');
}

test('tells when a feed was made whose article claims an update of decades ahead', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('storm', { updatedAt: typo });
  await toldAt(backend, read, '12:00:00');

  const told = await toldAt(backend, read, '12:00:01');
  await backend.put('storm', { updatedAt: '2026-05-02T00:00:00Z' });
  await toldAt(backend, read, '12:00:01');
  const corrected = await toldAt(backend, read, '12:00:02');

  expect([told, corrected]).toEqual(['Mon, 01 Jun 2026 12:00:00 GMT', 'Mon, 01 Jun 2026 12:00:01 GMT']);
});

test('tells it of the next document after one that was dated decades ahead', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('storm');
  const ahead = { etag: 'W/"ahead"', lastModified: typo, text: 'ahead' };
  await keepDocument(backend.store, 'news', 'rss', ahead, undefined);
  await toldAt(backend, read, '12:00:00');

  const told = await toldAt(backend, read, '12:00:02');

  expect(told).toBe('Mon, 01 Jun 2026 12:00:01 GMT');
});

test('gives each of several changes within a second a time that was told of none before it', async ({
  backend,
}) => {
  const read = await openReading(backend);
  const told: (string | null)[] = [];
  for (const title of ['One', 'Two', 'Three']) {
    await backend.put('storm', { title, updatedAt: '2026-06-01T12:00:00Z' });
    told.push(await toldAt(backend, read, '12:00:00'));
  }

  const last = await toldAt(backend, read, '12:00:02');

  expect([...told, last]).toEqual([null, null, null, 'Mon, 01 Jun 2026 12:00:01 GMT']);
});
