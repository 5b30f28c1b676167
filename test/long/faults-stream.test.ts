import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { partitionOf } from '../../functions/store/rows.ts';
import { findDocumentHead } from '../../functions/store/stored-feed.ts';
import { siteYaml } from '../infra/content-folder.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import type { Answer, Call } from '../support/faults/call.ts';
import { internalError, poisoned } from '../support/faults/refusals.ts';
import { type Hub, startHub, topicsOf } from '../support/hub.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { signedFetch } from '../support/sign.ts';
import { expectSound, type Site, startSite } from '../support/site.ts';
import { readStreamRecords } from '../support/stream-records.ts';

const seed = Number(process.env.SEED ?? 20261126);
const feeds = (['news', 'tag/sea', 'tag/coast'] as const).flatMap((stream) =>
  (['rss', 'atom', 'json'] as const).map((format) => ({
    ...{ stream, format },
    path: `${stream === 'news' ? '' : `/${stream}`}/${format === 'json' ? 'feed.json' : `${format}.xml`}`,
  })),
);

let proxy: FaultProxy;
let hub: Hub;
let site: Site;

beforeEach(async () => {
  proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  hub = await startHub();
  site = await startSite({
    endpoint: proxy.endpoint,
    files: { 'site.yaml': `${siteYaml}\nhubs: [${hub.url}]` },
  });
  for (const [index, slug] of ['ebb', 'flow', 'gale', 'hail'].entries())
    await send('PUT', slug, { tags: index % 2 ? ['Sea', 'Coast'] : ['Sea'] });
  await send('PUT', 'quay', { tags: ['Coast'] });
  for (const { path } of feeds) await (await site.fetch(path)).text();
  await site.stage.drained();
  return async () => {
    await site.close();
    await hub.close();
    await proxy.close();
  };
});

async function send(method: string, slug: string, fields: object = {}): Promise<void> {
  const minute = 10 + slug.charCodeAt(0) - 'a'.charCodeAt(0);
  const publishedAt = `2026-01-01T10:${minute}:00Z`;
  const body = method === 'DELETE' ? undefined : { title: slug, text: 'Text.', publishedAt, ...fields };
  const { status } = await signedFetch(`${site.url}/articles/${slug}`, { method, body });
  expect([200, 201, 204]).toContain(status);
}

/** The kept documents' validators. */
function keptEtags(): Promise<(string | undefined)[]> {
  return Promise.all(
    feeds.map(async ({ stream, format }) => (await findDocumentHead(site.store, stream, format))?.etag),
  );
}

/** What a poll of each feed says. */
async function poll() {
  const answers = [];
  for (const { path } of feeds) {
    const answer = await site.fetch(path);
    answers.push({ etag: answer.headers.get('etag'), text: await answer.text() });
  }
  return answers;
}

async function cardChanges(): Promise<DynamoDBRecord[]> {
  const cards = partitionOf('card', { stream: '' });
  return (await readStreamRecords(site.store)).filter(({ dynamodb }) =>
    dynamodb?.Keys?.pk?.S?.startsWith(cards),
  );
}

function shuffle<Item>(items: Item[]): Item[] {
  const random = randomNumbers(seed);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

async function announce(Records: DynamoDBRecord[]): Promise<void> {
  expect(await site.stage.call('Announce', { Records })).toEqual({ batchItemFailures: [] });
}

test('tells hubs of feeds that are as they should be by changes that come twice, shuffled across articles, and late', async () => {
  console.log(`Seed ${seed}`);
  // Nothing is delivered but by this test.
  proxy.intercept = ({ operation }) => (operation === 'GetRecords' ? internalError : undefined);
  const before = await cardChanges();
  await send('PUT', 'ebb', { title: 'Ebb', tags: ['Coast'] });
  await send('PUT', 'pier', { tags: ['Sea'] });
  const old = (await cardChanges()).slice(before.length);
  await send('PUT', 'port', { aliases: ['pier'], tags: ['Sea'] });
  await send('DELETE', 'gale');
  await send('PUT', 'flow', { title: 'Flow', tags: ['Sea'] });
  const recent = (await cardChanges()).slice(before.length + old.length);

  await announce(shuffle([...recent, ...recent]));
  const polled = await poll();
  const kept = await keptEtags();
  await announce(shuffle(old));
  proxy.intercept = () => undefined;
  await site.stage.drained();

  expect(kept).toEqual(polled.map(({ etag }) => etag));
  expect([await poll(), await keptEtags()]).toEqual([polled, kept]);
  expect(new Set(topicsOf(hub))).toEqual(new Set(feeds.map(({ path }) => site.url + path)));
  const titles = polled
    .filter((_, index) => feeds[index]?.format === 'json')
    .map(({ text }) => JSON.parse(text).items.map(({ title }: { title: string }) => title));
  expect(titles).toEqual([
    ['quay', 'port', 'hail', 'Flow', 'Ebb'],
    ['port', 'hail', 'Flow'],
    ['quay', 'hail', 'Ebb'],
  ]);
  await expectSound(site);
});

test('gives up, alone and after its last attempt, a change that cannot be followed', async () => {
  onTestFinished(() => {
    proxy.intercept = () => undefined;
  });
  const document = partitionOf('document', { stream: 'tag/coast', format: 'rss' });
  const asksForIt = ({ operation, body }: Call): Answer | undefined =>
    operation === 'BatchGetItem' && JSON.stringify(body).includes(`"${document}"`) ? poisoned : undefined;
  const before = await cardChanges();
  proxy.intercept = asksForIt;

  await Promise.all([
    send('PUT', 'ebb', { title: 'Ebb', tags: ['Sea'] }),
    send('PUT', 'quay', { title: 'Quay', tags: ['Coast', 'Sea'] }),
    send('PUT', 'gale', { title: 'Gale', tags: ['Sea'] }),
  ]);
  await site.stage.drained();

  const changes = (await cardChanges()).slice(before.length);
  const coast = partitionOf('card', { stream: 'tag/coast' });
  const poison = changes.filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === coast);
  const [place] = poison.map(({ dynamodb }) => dynamodb?.SequenceNumber);
  expect(poison).toHaveLength(1);
  expect(site.stage.failed('AnnounceFailures')).toMatchObject([
    { attempts: 6, records: [{ dynamodb: { SequenceNumber: place } }] },
  ]);
  proxy.intercept = () => undefined;
  // Nobody has to redrive anything: readers have the change by their next poll.
  const polled = await poll();
  expect(polled.at(-1)?.text).toContain('"Quay"');
  await expectSound(site);
});
