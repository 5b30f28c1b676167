import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDue } from '../../functions/store/due.ts';
import { TestBackend } from '../support/backend.ts';
import { checkStore } from '../support/checker.ts';
import { signedFetch } from '../support/sign.ts';
import { expectSound, type Site, startSite } from '../support/site.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const feeds = ['/rss.xml', '/atom.xml', '/feed.json', '/tag/port/atom.xml'];

let site: Site;
let now: number;

beforeEach(async () => {
  site = await startSite();
  now = Date.now();
});
afterEach(() => site.close());

function from(milliseconds: number): string {
  return new Date(now + milliseconds).toISOString();
}

function backendAt(milliseconds: number): TestBackend {
  return TestBackend.on(site.store).at(from(milliseconds));
}

async function poll(): Promise<string[]> {
  const texts = [];
  for (const path of feeds) {
    const answer = await site.fetch(path);
    texts.push(`${path} ${answer.headers.get('etag')} ${await answer.text()}`);
  }
  return texts;
}

async function slugsOf(path: string): Promise<string[]> {
  return (await site.json(path)).items.map(({ slug }: { slug: string }) => slug);
}

test('shows 105 articles whose embargoes ended while no sweep ran, which then catches up and doubles nothing', async () => {
  const anHourAgo = backendAt(-60 * minute);
  await anHourAgo.put('before', { publishedAt: from(-90 * minute), tags: ['Port'] });
  await poll();
  const coming = Array.from({ length: 105 }, (_, index) => `coming-${index}`);
  for (const [index, slug] of coming.entries())
    await anHourAgo.put(slug, { publishedAt: from(-59 * minute + index * 30_000), tags: ['Port'] });
  await site.stage.drained();

  const seen = await poll();
  const pages = await Promise.all(coming.map(async (slug) => (await site.fetch(`/news/${slug}`)).status));
  const swept = [];
  for (let minutes = 0; minutes < 3; minutes++) swept.push(await site.stage.fire('Sweep'));
  const polled = await poll();

  expect(await slugsOf('/news')).toEqual(coming.toReversed().slice(0, 20));
  expect(new Set(pages)).toEqual(new Set([200]));
  expect(swept.map((result) => ({ ...(result as object) }))).toEqual([
    { done: 100, failed: 0 },
    { done: 5, failed: 0 },
    { done: 0, failed: 0 },
  ]);
  expect(polled).toEqual(seen);
  expect(await readDue(site.store, from(day), 100)).toEqual([]);
  await expectSound(site);
});

test('loses no update of two writers whose clocks are a day before and behind', async () => {
  const [ahead, behind] = [backendAt(day), backendAt(-day)];
  await behind.put('storm', { publishedAt: from(-2 * day) });

  const saved = await Promise.all(
    Array.from({ length: 16 }, (_, turn) =>
      (turn % 2 ? ahead : behind).put('storm', { publishedAt: from(-2 * day), text: `Text ${turn}.` }),
    ),
  );

  const versions = saved.map(({ stored }) => stored.version).sort((a, b) => a - b);
  expect(versions).toEqual(Array.from({ length: 16 }, (_, index) => index + 2));
  // Readers see the last one, under the time of its writer's clock.
  const last = saved.find(({ stored }) => stored.version === 17)?.stored.article;
  const { summary, updatedAt } = await site.json('/news/storm');
  expect(summary).toBe(last?.summary);
  expect(Date.parse(updatedAt)).toBe(Date.parse(last?.updatedAt ?? ''));
  await expectSound(site);
});

test('shows what writers with clocks a day before and behind date themselves by the readers’ clock', async () => {
  const [ahead, behind] = [backendAt(day), backendAt(-day)];
  const undated = { publishedAt: undefined, tags: ['Port'] };
  await backendAt(0).put('today', { publishedAt: from(-minute), tags: ['Port'] });
  await behind.put('yesterday', undated);
  await ahead.put('tomorrow', undated);

  // Dated a day ahead it is under embargo for a day, and dated a day back it stands below what is newer.
  expect(await slugsOf('/news')).toEqual(['today', 'yesterday']);
  expect((await site.fetch('/news/tomorrow')).status).toBe(404);
  expect((await poll()).filter((text) => text.includes('tomorrow'))).toEqual([]);
  // Its writer took it for visible, so that no sweep announces it: it appears in its second all the same.
  expect(await site.check()).toEqual(['The embargo has no due row: ARTICLE#tomorrow META']);
  expect(await checkStore(site.store, { now: from(day) })).toEqual([]);
});

test('takes articles back from readers whatever the clock of who removes them', async () => {
  const [ahead, behind] = [backendAt(day), backendAt(-day)];
  for (const slug of ['ebb', 'flow', 'stays'])
    await backendAt(0).put(slug, { publishedAt: from(-minute), tags: ['Port'] });
  await poll();

  await ahead.remove('ebb');
  await behind.remove('flow');

  expect(await slugsOf('/tag/port')).toEqual(['stays']);
  expect((await site.fetch('/news/ebb')).status).toBe(410);
  // To the clock a day behind the article was still under embargo: nobody is told that there was one.
  expect((await site.fetch('/news/flow')).status).toBe(404);
  const atom = await (await site.fetch('/atom.xml')).text();
  expect([...atom.matchAll(/<at:deleted-entry ref="[^"]*:(\w+)"/g)].map(([, slug]) => slug)).toEqual(['ebb']);
  const listed = await (await signedFetch(`${site.url}/articles`)).json();
  expect(listed).toMatchObject({ items: expect.toSatisfy((items: unknown[]) => items.length === 3) });
  await expectSound(site);
});
