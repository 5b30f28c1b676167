import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test, vi } from 'vitest';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { TooLargeError } from '../../functions/article/fault.ts';
import type { Store } from '../../functions/store/connection.ts';
import { readCounts, readViews } from '../../functions/store/counter.ts';
import { readListing, readListingPage } from '../../functions/store/listing.ts';
import { readNotes } from '../../functions/store/rankings.ts';
import {
  findArticle,
  findMeta,
  findReplaced,
  findSlugByGuid,
  isIdClaimed,
  readMetas,
} from '../../functions/store/read-article.ts';
import { repairPage } from '../../functions/store/repair/repair-page.ts';
import { findDocumentHead, findReadFormats, keepDocument } from '../../functions/store/stored-feed.ts';
import { findStreamLabel } from '../../functions/store/streams.ts';
import { commit, type Plan, TakenError } from '../../functions/store/transaction.ts';
import { createArticle } from '../../functions/write/create-article.ts';
import { connectLocal } from '../support/tables.ts';

// Between two tries a writer pauses for as long as chance says.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));
afterEach(() => vi.clearAllMocks());

/** A store whose DynamoDB is played by the test. */
function playedStore() {
  const client = connectLocal();
  return { store: { client, content: 'Content', views: 'Views' }, played: mockClient(client) };
}

function stored(fields: object) {
  return marshall({ pk: 'ARTICLE#a', sk: 'META', article: { bodyHash: '0' }, bodyChunks: 0, ...fields });
}

function cancelled(...codes: string[]) {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

function plan(parts: Partial<Plan> = {}): Plan {
  return { writes: [{}, {}], claims: new Map(), bytes: 1, ...parts };
}

/** How often a writer planned, and what became of it. */
async function attempt(store: Parameters<typeof commit>[0], planned: Plan | undefined) {
  const prepare = vi.fn(async () => ({ plan: planned, result: 'done' }));
  const outcome = await commit(store, prepare).catch((error: unknown) => error);
  return { outcome, plans: prepare.mock.calls.length };
}

test('asks for no article under an address that none can have, for DynamoDB fails on long keys', async () => {
  const { store, played } = playedStore();

  const found = [await findArticle(store, 'a'.repeat(3000)), await readMetas(store, ['a'.repeat(3000), 'A'])];

  expect(found).toEqual([undefined, new Map()]);
  expect(played.calls()).toEqual([]);
});

test.each([
  ['older than', [stored({ version: 1, status: 'draft' })]],
  ['at another address by', [marshall({ pk: 'ARTICLE#a', sk: 'META', movedTo: 'b' })]],
  ['not there by', []],
])('reads an article again that is %s what its card tells', async (_, late) => {
  const { store, played } = playedStore();
  const current = stored({ version: 2, status: 'gone' });
  played
    .on(QueryCommand)
    .resolvesOnce({ Items: late })
    .resolves({ Items: [current] });

  const found = await findArticle(store, 'a', 2);

  expect(found).toMatchObject({ version: 2 });
  expect(played.commandCalls(QueryCommand).map(({ args }) => args[0].input.ConsistentRead)).toEqual([
    false,
    true,
  ]);
});

test('believes that an article is gone when it reads that twice', async () => {
  const { store, played } = playedStore();
  played.on(QueryCommand).resolves({ Items: [] });

  expect(await findArticle(store, 'a', 2)).toBeUndefined();
});

test('reads every page of the listing', async () => {
  const { store, played } = playedStore();
  const place = marshall({ pk: 'ARTICLES', sk: '1#a' });
  played
    .on(QueryCommand)
    .resolvesOnce({ Items: [marshall({ slug: 'a' })], LastEvaluatedKey: place })
    .resolvesOnce({ Items: [], LastEvaluatedKey: place })
    .resolvesOnce({ Items: [marshall({ slug: 'b' })] });

  const listing = await readListing(store);

  expect(listing.map(({ slug }) => slug)).toEqual(['a', 'b']);
});

test('asks again for what DynamoDB left out of a batch', async () => {
  const { store, played } = playedStore();
  const meta = (slug: string) => marshall({ pk: `ARTICLE#${slug}`, sk: 'META', movedTo: 'x' });
  const Keys = [marshall({ pk: 'ARTICLE#b', sk: 'META' })];
  played
    .on(BatchGetItemCommand)
    .resolvesOnce({ Responses: { Content: [meta('a')] }, UnprocessedKeys: { Content: { Keys } } })
    .resolvesOnce({ Responses: { Content: [meta('b')] } });

  const metas = await readMetas(store, ['a', 'b', 'a']);

  const asked = played.commandCalls(BatchGetItemCommand).map(({ args: [{ input }] }) => {
    return input.RequestItems?.Content?.Keys?.map(({ pk }) => pk?.S);
  });
  expect([...metas.keys()]).toEqual(['a', 'b']);
  expect(asked).toEqual([['ARTICLE#a', 'ARTICLE#b'], ['ARTICLE#b']]);
});

test('says that DynamoDB is too busy when it leaves out a part of a batch again and again', async () => {
  const { store, played } = playedStore();
  const Keys = [marshall({ pk: 'ARTICLE#b', sk: 'META' })];
  played.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { Content: { Keys } } });

  await expect(readMetas(store, ['b'])).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
    message: '1 of 1 items were left out',
  });

  expect(played.commandCalls(BatchGetItemCommand)).toHaveLength(8);
});

test('sends nothing when nothing is planned', async () => {
  const { store, played } = playedStore();

  const { outcome } = await attempt(store, undefined);

  expect(outcome).toBe('done');
  expect(played.calls()).toEqual([]);
});

test.each([
  ['the article has changed', ['ConditionalCheckFailed', 'None']],
  ['the article has changed, with all it claims', ['ConditionalCheckFailed', 'ConditionalCheckFailed']],
  ['another transaction is at work', ['TransactionConflict', 'None']],
  ['DynamoDB is too busy', ['None', 'ThrottlingError']],
])('plans anew when %s', async (_, codes) => {
  const { store, played } = playedStore();
  played
    .on(TransactWriteItemsCommand)
    .rejectsOnce(cancelled(...codes))
    .resolves({});
  const claims = new Map([[1, { pointer: '/guid', message: 'is taken' }]]);

  expect(await attempt(store, plan({ claims }))).toEqual({ outcome: 'done', plans: 2 });
});

test('says at once which claim is taken', async () => {
  const { store, played } = playedStore();
  played.on(TransactWriteItemsCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
  const claims = new Map([[1, { pointer: '/guid', message: 'is taken' }]]);

  const { outcome, plans } = await attempt(store, plan({ claims }));

  expect(outcome).toEqual(new TakenError('/guid', 'is taken'));
  expect(plans).toBe(1);
});

test('gives up after 20 lost races', async () => {
  const { store, played } = playedStore();
  played.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));

  const { outcome, plans } = await attempt(store, plan());

  expect(outcome).toBeInstanceOf(TransactionCanceledException);
  expect(plans).toBe(20);
});

test('does not repeat what failed for another reason', async () => {
  const { store, played } = playedStore();
  played.on(TransactWriteItemsCommand).rejects(new RangeError('no'));

  const { outcome, plans } = await attempt(store, plan());

  expect(outcome).toBeInstanceOf(RangeError);
  expect(plans).toBe(1);
});

test.each([
  ['a hundred items', plan({ writes: Array(100).fill({}) }), 1],
  ['one item more', plan({ writes: Array(101).fill({}) }), 0],
  ['four megabytes', plan({ bytes: 4_000_000 }), 1],
  ['one byte more', plan({ bytes: 4_000_001 }), 0],
])('sends a transaction of %s as far as DynamoDB takes it', async (_, planned, sent) => {
  const { store, played } = playedStore();
  played.on(TransactWriteItemsCommand).resolves({});

  const { outcome } = await attempt(store, planned);

  expect(played.commandCalls(TransactWriteItemsCommand)).toHaveLength(sent);
  expect(outcome instanceof TooLargeError).toBe(sent === 0);
});

test('tells of a document that could not be kept for another reason than a race', async () => {
  const { store, played } = playedStore();
  played.on(PutItemCommand).rejects(new RangeError('no'));
  const document = { etag: 'W/"1"', lastModified: '2026-06-01T12:00:00.000Z', text: 'x' };

  await expect(keepDocument(store, 'news', 'rss', document, undefined)).rejects.toThrow(RangeError);
});

/** Of each kind of call, whether it has to see every write that was answered before. */
test.each<[name: string, consistent: boolean | undefined, read: (store: Store) => Promise<unknown>]>([
  ['an article, first', false, (store) => findArticle(store, 'a')],
  ['the record of an article', true, (store) => findMeta(store, 'a')],
  ['the records that a write rests on', true, (store) => readMetas(store, ['a'])],
  ['what a write replaces', true, (store) => findReplaced(store, 'a', ['b'])],
  ['whether an id is claimed', true, (store) => isIdClaimed(store, 'tag:a')],
  ['who has a guid', true, (store) => findSlugByGuid(store, '17', undefined)],
  ['the list that an import removes by', true, readListing],
  ['a page of the list', true, (store) => readListingPage(store, { limit: 1, after: undefined })],
  ['a count with the view being answered', true, (store) => readViews(store, 'tag:a')],
  ['the counts of many', false, (store) => readCounts(store, ['tag:a'])],
  ['the head of a stored feed', true, (store) => findDocumentHead(store, 'news', 'rss')],
  ['which feeds of a stream somebody reads', true, (store) => findReadFormats(store, 'news')],
  ['the notes of what is read', true, (store) => readNotes(store, undefined)],
  ['a page to repair', true, (store) => repairPage(store, { step: 0 }, '2026-06-01T12:00:00.000Z')],
  ['the label of a stream', false, (store) => findStreamLabel(store, 'tag/a', '2026-06-01T12:00:00.000Z')],
])('reads %s consistently: %s', async (_, consistent, read) => {
  const { store, played } = playedStore();
  for (const command of [BatchGetItemCommand, GetItemCommand, QueryCommand, ScanCommand])
    played.on(command as typeof QueryCommand).resolves({});

  await read(store);

  const [call] = played.calls();
  const input = call?.args[0].input as { ConsistentRead?: boolean; RequestItems?: object };
  const [batch] = Object.values(input.RequestItems ?? {}) as { ConsistentRead?: boolean }[];
  expect((batch ?? input).ConsistentRead).toBe(consistent);
});

test('says so when a title has used up its numbered addresses', async () => {
  const { store, played } = playedStore();
  played.on(BatchGetItemCommand).callsFake(({ RequestItems: { Content } }) => ({
    Responses: {
      Content: Content.Keys.map((key: object) => ({
        ...key,
        ...stored({ status: 'gone', version: 2 }),
        ...key,
      })),
    },
  }));
  const backend = {
    store,
    authority: 'news.example.com',
    baseUrl: 'https://news.example.com',
    timeZone: 'UTC',
    now: () => '2026-06-01T12:00:00.000Z',
  };

  const input = parseArticleInput(undefined, { title: 'News', text: 'Text' });
  const creation = createArticle(backend, input, { origin: 'api' });

  await expect(creation).rejects.toMatchObject({ name: 'TakenError', pointer: '/title' });
  expect(played.commandCalls(BatchGetItemCommand)).toHaveLength(200);
});
