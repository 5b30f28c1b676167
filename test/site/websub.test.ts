import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { queuePings } from '../../functions/store/due.ts';
import { writeArticle } from '../../functions/write/write-article.ts';
import { siteYaml } from '../infra/content-folder.ts';
import { copy, lose } from '../support/corrupt.ts';
import { type Hub, hang, refuse, startHub, take, topicsOf } from '../support/hub.ts';
import { keyText, scanStore } from '../support/scan.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, expectSound, type Site, type SiteOptions, startSite } from '../support/site.ts';

const publishedAt = '2026-01-02T10:00:00+08:00';
const files = { 'articles/quay.md': articleFile('Quay', publishedAt, ['tags: [Port]']) };
/** Those that readers have asked for, of all that the site has. */
const known = ['/atom.xml', '/feed.json', '/rss.xml', '/tag/port/atom.xml'];

let hub: Hub;
let site: Site;
/** What the hub got when it fetched each topic at once, by path. */
let fetched: Map<string, string>;
let fetching: Promise<unknown>[] = [];

beforeAll(async () => {
  hub = await startHub((answer, topic) => {
    const document = fetch(topic).then((found) => found.text());
    fetching.push(document.then((text) => fetched.set(new URL(topic).pathname, text)));
    take(answer);
  });
  site = await startSiteOf([hub]);
  return async () => {
    await expectSound(site);
    await site.close();
    await hub.close();
  };
});

async function startSiteOf(hubs: Pick<Hub, 'url'>[], change?: SiteOptions['change']): Promise<Site> {
  const yaml = [siteYaml, `hubs: ${JSON.stringify(hubs.map(({ url }) => url))}`].join('\n');
  const started = await startSite({ files: { ...files, 'site.yaml': yaml }, ...(change && { change }) });
  // What is announced of the import is not told for what comes after.
  await started.stage.drained();
  for (const path of known) await (await started.fetch(path)).text();
  return started;
}

function send({ url }: Site, slug: string, method: string, body?: unknown) {
  return signedFetch(`${url}/articles/${slug}`, { method, body });
}

/** What the hub was told, and fetched, because of the change. */
async function toldBy(change: () => Promise<unknown>): Promise<string[]> {
  fetched = new Map();
  hub.pings.length = 0;
  await change();
  await site.stage.drained();
  await Promise.all(fetching);
  fetching = [];
  return topicsOf(hub).map((topic) => topic.slice(site.url.length));
}

/** Rows of the sweep's list, by their keys. */
async function dueRows({ store }: Site) {
  return (await scanStore(store)).content.filter(({ pk }) => pk === 'DUE');
}

/** Has all that is due later come due now. */
async function hurry(started: Site): Promise<void> {
  for (const row of await dueRows(started)) {
    const what = row.sk?.slice(row.sk.indexOf('#'));
    await copy(keyText(row), `DUE 2026-02-01T00:00:00.000Z${what}`)(started.store);
    await lose(keyText(row))(started.store);
  }
}

test.each(known)(
  'names hub and topic in the header of every answer of %s, as in the document',
  async (path) => {
    const get = await site.fetch(path);
    const text = await get.text();
    const head = await site.fetch(path, { method: 'HEAD' });
    const poll = await site.fetch(path, { headers: { 'If-None-Match': get.headers.get('etag') ?? '' } });

    expect([get.status, head.status, poll.status]).toEqual([200, 200, 304]);
    for (const { headers } of [get, head, poll])
      expect(headers.get('link')).toBe(`<${hub.url}>; rel="hub", <${site.url}${path}>; rel="self"`);
    for (const address of [hub.url, site.url + path]) expect(text).toContain(`"${address}"`);
  },
);

test('tells the hub of the documents that somebody has read, once the new article is in them', async () => {
  const article = { title: 'Lamp', text: 'It burns.', publishedAt, tags: ['Port', 'Lamp'] };

  const told = await toldBy(() => send(site, 'lamp', 'PUT', article));

  expect(told).toEqual(known);
  for (const path of known) expect([path, fetched.get(path)?.includes('It burns.')]).toEqual([path, true]);
  // An embargo of another test may be due.
  expect((await dueRows(site)).filter(({ stream }) => stream)).toEqual([]);
});

test('tells the hub of an edit and of a removal, in the streams that they change', async () => {
  const article = { title: 'Fog', text: 'It is thick.', publishedAt };
  await toldBy(() => send(site, 'fog', 'PUT', article));

  const edit = await toldBy(() => send(site, 'fog', 'PUT', { ...article, text: 'It lifts.' }));
  const edited = fetched.get('/rss.xml');
  const removal = await toldBy(() => send(site, 'fog', 'DELETE'));
  const removed = fetched.get('/atom.xml');

  expect([edit, removal]).toEqual([known.slice(0, 3), known.slice(0, 3)]);
  expect(edited).toContain('It lifts.');
  expect(removed).not.toContain('It lifts.');
  expect(removed).toContain(':fog"');
});

test('tells the hub nothing of drafts and embargoes', async () => {
  const article = { title: 'Later', text: 'Not yet.', publishedAt };

  const draft = await toldBy(() => send(site, 'draft', 'PUT', { ...article, draft: true }));
  const embargo = await toldBy(() =>
    send(site, 'later', 'PUT', { ...article, publishedAt: '2999-01-01T00:00:00Z' }),
  );

  expect([draft, embargo]).toEqual([[], []]);
});

/** Writes it as it was written before its time had come. */
async function embargo({ store, url }: Site, slug: string): Promise<void> {
  const backend = { store, authority: 'news.example.com', baseUrl: url, timeZone: 'UTC' };
  const input = parseArticleInput(slug, { title: 'Dawn', text: 'It is light.', publishedAt });
  await writeArticle({ ...backend, now: () => '2026-01-01T00:00:00.000Z' }, { slug, input, origin: 'api' });
}

test('tells the hub when an embargo ends', async () => {
  const told = await toldBy(async () => {
    await embargo(site, 'dawn');
    await site.stage.drained();
    hub.pings.length = 0;
    await site.stage.fire('Sweep');
  });

  expect(told).toEqual(known.slice(0, 3));
  expect(fetched.get('/feed.json')).toContain('It is light.');
});

describe('without a hub', () => {
  let without: Site;

  beforeAll(async () => {
    without = await startSiteOf([]);
    return () => without.close();
  });

  test('shows no trace of hubs', async () => {
    await send(without, 'lamp', 'PUT', { title: 'Lamp', text: 'It burns.', publishedAt });
    await without.stage.drained();

    for (const path of known) {
      const answer = await without.fetch(path);
      expect([path, answer.headers.get('link'), /\bhubs?\b/.test(await answer.text())]).toEqual([
        path,
        null,
        false,
      ]);
    }
    expect(await dueRows(without)).toEqual([]);
    await expectSound(without);
  });

  test('puts an embargo off that cannot be announced', async () => {
    await embargo(without, 'dawn');
    await without.stage.drained();
    const since = new Date(Date.now() - 60_000).toISOString();
    await copy('DUE 2026-01-02T02:00:00.000Z#EMBARGO#dawn', `DUE ${since}#EMBARGO#dawn`)(without.store);
    await lose('DUE 2026-01-02T02:00:00.000Z#EMBARGO#dawn')(without.store);
    await lose('ARTICLE#dawn BODY#0')(without.store);

    const swept = await without.stage.fire('Sweep');

    expect(swept).toEqual({ done: 0, failed: 1 });
    expect(await dueRows(without)).toEqual([
      { pk: 'DUE', sk: expect.stringMatching(/:00\.000Z#EMBARGO#dawn$/), slug: 'dawn', since },
    ]);
  });
});

describe('with a hub that is well and one that is not', () => {
  let well: Hub;
  let ill: Hub;
  let started: Site;

  beforeAll(async () => {
    well = await startHub();
    ill = await startHub();
    started = await startSiteOf([well, ill]);
    return async () => {
      await started.close();
      await well.close();
      await ill.close();
    };
  });
  beforeEach(async () => {
    for (const row of await dueRows(started)) await lose(keyText(row))(started.store);
    for (const { pings } of [well, ill]) pings.length = 0;
  });

  const news = () => known.slice(0, 3).map((path) => started.url + path);

  test('publishes while a hub says no, and tells it what it missed when it is back', async () => {
    ill.behave = refuse(500);
    const lamp = { title: 'Lamp', text: 'It burns.', publishedAt };

    const { status } = await send(started, 'lamp', 'PUT', lamp);
    await started.stage.drained();
    const feed = await (await started.fetch('/rss.xml')).text();
    const soon = await started.stage.fire('Sweep');
    const missed = [await dueRows(started), topicsOf(ill)];
    await expectSound(started);
    ill.behave = take;
    await hurry(started);
    const later = await started.stage.fire('Sweep');

    expect([status, feed.includes('Lamp'), started.stage.failed('AnnounceFailures')]).toEqual([
      201,
      true,
      [],
    ]);
    expect(soon).toEqual({ done: 0, failed: 0 });
    expect(missed).toEqual([[expect.objectContaining({ stream: 'news' })], news()]);
    expect(later).toEqual({ done: 1, failed: 0 });
    expect([topicsOf(well), topicsOf(ill)]).toEqual([news(), [...news(), ...news()].sort()]);
    expect(await dueRows(started)).toEqual([]);
  });

  test('tells a hub that was down what it missed when it is back', async () => {
    await ill.close();

    await send(started, 'fog', 'PUT', { title: 'Fog', text: 'It is thick.', publishedAt });
    await started.stage.drained();
    const missed = await dueRows(started);
    ill = await startHub(take, Number(new URL(ill.url).port));
    await hurry(started);
    const later = await started.stage.fire('Sweep');

    expect([missed, later]).toEqual([[expect.objectContaining({ stream: 'news' })], { done: 1, failed: 0 }]);
    expect([topicsOf(well), topicsOf(ill)]).toEqual([news(), news()]);
  });

  test('does not wait for a hub that is silent before it tells of other streams', async () => {
    ill.behave = hang;
    const article = { title: 'Buoy', text: 'It swims.', publishedAt, tags: ['Port'] };

    const { status } = await send(started, 'buoy', 'PUT', article);
    await started.stage.drained();

    expect(status).toBe(201);
    expect(topicsOf(ill)).toEqual(known.map((path) => started.url + path));
    expect((await dueRows(started)).map(({ stream }) => stream).sort()).toEqual(['news', 'tag/port']);
    await expectSound(started);
  });

  test('lets no row that fails stand in the way of others', async () => {
    ill.behave = refuse(500);
    const since = new Date().toISOString();
    const owe = (minute: string, stream: string, { url }: Hub) =>
      queuePings(started.store, `2026-02-01T${minute}:00.000Z`, { stream, since, pings: [`rss ${url}`] });
    for (let index = 0; index < 110; index++) await owe('00:00', `tag/t${index}`, ill);
    await owe('00:01', 'news', well);

    const swept = [await started.stage.fire('Sweep'), await started.stage.fire('Sweep')];

    expect(swept).toEqual([
      { done: 0, failed: 100 },
      { done: 1, failed: 10 },
    ]);
    expect(topicsOf(well)).toEqual([`${started.url}/rss.xml`]);
    expect(await dueRows(started)).toHaveLength(110);
  });
});

test('tells hubs later what a cache before the site may still have as it was', async () => {
  const later = await startHub();
  const started = await startSiteOf([later], (template) => {
    for (const { Properties } of Object.values(template.Resources))
      if (Properties?.Environment?.Variables?.OLD_FEED_SECONDS)
        Properties.Environment.Variables.OLD_FEED_SECONDS = '150';
  });
  onTestFinished(async () => {
    await started.close();
    await later.close();
  });

  await send(started, 'lamp', 'PUT', { title: 'Lamp', text: 'It burns.', publishedAt });
  await started.stage.drained();
  const early = [await started.stage.fire('Sweep'), topicsOf(later)];
  await hurry(started);
  const swept = await started.stage.fire('Sweep');

  expect(early).toEqual([{ done: 0, failed: 0 }, []]);
  expect([swept, topicsOf(later)]).toEqual([
    { done: 1, failed: 0 },
    known.slice(0, 3).map((path) => started.url + path),
  ]);
});
