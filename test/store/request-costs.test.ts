import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { keepDirectories } from '../../functions/announce/keep-directories.ts';
import { spreadCounter } from '../../functions/store/count-view.ts';
import { unitsOf } from '../measure/request-units.ts';
import { TestBackend } from '../support/backend.ts';
import { noise } from '../support/noise.ts';
import { meterReads } from '../support/read-units.ts';
import { openReading, type Read, readBackend } from '../support/reading.ts';
import { connectLocal } from '../support/tables.ts';

const html = { Accept: 'text/html', 'Accept-Encoding': 'br' };
const any = { 'Accept-Encoding': 'br' };
let backend: TestBackend;
let ask: Read;
let watched: TestBackend;
const calls: string[] = [];
let units: () => number;
/** Of transactions: what an article is stored with. */
let writeUnits = 0;

beforeAll(async () => {
  backend = await TestBackend.open();
  for (let index = 0; index < 25; index++)
    await backend.put(`story-${index}`, {
      markdown: `${'The boat waited for the last train. '.repeat(30)}${noise(1_000, index)}`,
      publishedAt: `2026-05-01T08:00:${10 + index}Z`,
      tags: ['Sea'],
    });
  const client = connectLocal();
  units = meterReads(client);
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const name = commandName.replace('Command', '');
        calls.push(name);
        writeUnits += unitsOf(name, args.input, {}).write;
        return next(args);
      },
    { step: 'initialize', name: 'names' },
  );
  watched = backend.through({ ...backend.store, client });
  await keepDirectories(readBackend(backend), Number.POSITIVE_INFINITY);
  ask = await openReading(watched);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await backend.close();
});

test.each<[string, Record<string, string>, string[], number]>([
  // The article, its neighbours, its view and the number that is shown.
  ['/news/story-9', html, ['Query', 'Query', 'Query', 'TransactWriteItems', 'BatchGetItem'], 2.5],
  ['/news/story-9.json', any, ['Query', 'Query', 'Query', 'BatchGetItem'], 2.5],
  // A key opens nothing here, and nobody asks for it.
  ['/news/story-9?preview=x', html, ['Query'], 1],
  ['/news', html, ['Query'], 1.5],
  // What is most read, of which there is no list yet.
  ['/', html, ['Query', 'GetItem', 'GetItem'], 2.5],
  // The cards, the head of the kept document, its text.
  ['/rss.xml', any, ['Query', 'GetItem', 'BatchGetItem'], 5],
  ['/atom.xml', any, ['Query', 'Query', 'GetItem', 'BatchGetItem'], 5.5],
  ['/archive', html, ['Query', 'GetItem'], 1],
  ['/sitemap.xml', any, ['Query', 'GetItem', 'GetItem'], 1.5],
  ['/feeds', html, ['Query', 'GetItem'], 1],
  // Where an old address may lead: half a unit for each of at most seven rows.
  ['/nothing', any, ['BatchGetItem'], 1.5],
  ['/news/nothing', any, ['Query', 'BatchGetItem'], 2.5],
  ['/1/2/3/4/5/6?p=12', any, ['BatchGetItem'], 3.5],
  ['/?p=12', html, ['BatchGetItem', 'Query', 'GetItem', 'GetItem'], 3],
  ...['/robots.txt', '/about', '/openapi.json', '/favicon.ico', '/feed.css'].map(
    (path): [string, Record<string, string>, string[], number] => [path, any, [], 0],
  ),
])('%s with %o costs these calls and no more units', async (path, headers, expected, most) => {
  // Views are noted at 1, 2 and 4: the third is as most are. Feeds are kept by then.
  for (let time = 0; time < 2; time++) await (await ask(path, headers)).arrayBuffer();
  calls.length = 0;
  units();

  await (await ask(path, headers)).arrayBuffer();

  expect(calls.toSorted()).toEqual(expected.toSorted());
  expect(units()).toBeLessThanOrEqual(most);
});

test.each(['/rss.xml', '/feed.json'])(
  '%s unchanged costs one query of cards and sends no body',
  async (path) => {
    const first = await ask(path, any);
    calls.length = 0;
    units();

    const again = await ask(path, { ...any, 'If-None-Match': first.headers.get('etag') ?? '' });

    expect([again.status, calls, (await again.arrayBuffer()).byteLength]).toEqual([304, ['Query'], 0]);
    expect(units()).toBeLessThanOrEqual(1.5);
    expect([...again.headers].join().length).toBeLessThan(250);
  },
);

test('a page and an entry of a feed take hardly more bytes than they did', async () => {
  const bytesOf = async (path: string, headers: Record<string, string>) =>
    (await (await ask(path, headers)).arrayBuffer()).byteLength;

  const page = await bytesOf('/news/story-9', { Accept: 'text/html' });
  const packed = await bytesOf('/news/story-9', html);
  const feed = await bytesOf('/rss.xml', any);

  // 7,533, 2,139 and 801 of them on 2026-11-27; the text of each has 1,000 that no packing makes fewer.
  expect(page).toBeLessThan(7_700);
  expect(packed).toBeLessThan(2_200);
  expect(feed / 20).toBeLessThan(850);
});

test('a count of sixteen rows costs an app one unit, once they were read within a second', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { id } = (await backend.read('story-3')).article;
  await spreadCounter(backend.store, id, 16, AbortSignal.timeout(10_000));
  const viewsOf = async (answer: Response) => ((await answer.json()) as { views: number }).views;
  const post = async () => viewsOf(await ask('/news/story-3/views', { Accept: '*/*' }, 'POST'));
  await post();
  for (let view = 0; view < 3; view++) await post();
  units();

  const counted = await post();
  const posted = units();
  const read = await viewsOf(await ask('/news/story-3.json'));

  // An article of less than 4 KB, one row; with its neighbours.
  expect([counted, posted, read, units()]).toEqual([5, 1.5, 5, 2.5]);
});

test('an article in four streams costs three calls to see what is there and one transaction, and each size its text twice', async () => {
  const costs = [];
  for (const bytes of [500, 2_000, 8_000]) {
    calls.length = 0;
    writeUnits = 0;
    units();
    const text = noise(bytes, bytes);
    const fields = { text, category: 'Port', source: { name: 'The Post' }, tags: ['Sea'] };
    await watched.put(`sized-${bytes}`, { ...fields, publishedAt: '2026-04-01T08:00:00Z' });
    costs.push([calls.join(), units(), writeUnits]);
  }

  const asked = 'BatchGetItem,BatchGetItem,BatchGetItem,TransactWriteItems';
  expect(costs).toEqual([
    // With the rows of two new streams.
    [asked, 1, 28],
    [asked, 3, 26],
    [asked, 3, 44],
  ]);
});
