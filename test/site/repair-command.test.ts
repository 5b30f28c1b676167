import { beforeAll, expect, test } from 'vitest';
import { change, copy, lose } from '../support/corrupt.ts';
import { newswire } from '../support/newswire.ts';
import { requestRepair } from '../support/repair.ts';
import { describeStore } from '../support/scan.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';
import { readStreamRecords } from '../support/stream-records.ts';

const publishedAt = '2026-01-02T10:00:00+08:00';
const card = 'STREAM#tag/port 2026-01-02T02:00:00.000Z#pier';
const stray = 'STREAM#tag/port 2026-01-03T02:00:00.000Z#pier';

let site: Site;

beforeAll(async () => {
  site = await startSite({
    files: { 'articles/pier.md': articleFile('Pier', publishedAt, ['tags: [Port]', 'aliases: [quay]']) },
  });
  // The lists that follow from the import are kept.
  await site.stage.drained();
  return () => closeSound(site);
});

const run = () => newswire('repair', '--to', `${site.url}/articles`);

test('changes nothing when all is right, and says what it looked at', async () => {
  const { length } = await readStreamRecords(site.store);
  const before = await describeStore(site.store);

  const { code, out, err } = await run();

  expect({ code, out, err }).toEqual({
    code: 0,
    out: [`1 article, ${before.length} rows: nothing to repair`],
    err: [],
  });
  expect(await describeStore(site.store)).toEqual(before);
  expect(await readStreamRecords(site.store)).toHaveLength(length);
});

test('mends what differs from its article, a line each', async () => {
  await copy(card, stray)(site.store);
  await lose(card)(site.store);
  await change('ARTICLE#quay META', { movedTo: 'nowhere' })(site.store);

  const { code, out, err } = await run();
  const again = await run();

  expect({ code, out, err }).toMatchObject({ code: 0, err: [] });
  expect(out.slice(0, -1)).toEqual([
    `added      the card of pier in tag/port: it was missing (${card})`,
    'corrected  the old address quay: it was wrong in movedTo (ARTICLE#quay META)',
    `removed    the card of pier in tag/port: no article calls for it (${stray})`,
  ]);
  expect(out.at(-1)).toMatch(/^1 article, \d+ rows: 1 added, 1 corrected, 1 removed$/);
  expect(again.out).toHaveLength(1);
  expect((await site.json('/tag/port')).items).toHaveLength(1);
});

test('names what it cannot mend, and ends with 1', async () => {
  await change('ARTICLE#pier META', { 'article.draft': true })(site.store);

  const { code, out } = await run();

  await change('ARTICLE#pier META', { 'article.draft': false })(site.store);
  expect(code).toBe(1);
  expect(out).toEqual([
    'broken     pier: it is a draft and published at once (ARTICLE#pier META)',
    expect.stringMatching(/^1 article, \d+ rows: 1 broken$/),
  ]);
});

test('says that nothing answers, and ends with 1', async () => {
  const { code, out, err } = await newswire('repair', '--to', 'http://127.0.0.1:1');

  expect({ code, out }).toEqual({ code: 1, out: [] });
  expect(err[0]).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:1: is the site running\?/);
});

test.each([
  ['no JSON', Buffer.from('x').toString('base64url')],
  ['no list', Buffer.from('{}').toString('base64url')],
  ['a step too many', Buffer.from('[16]').toString('base64url')],
  ['half a key', Buffer.from('[0,"STREAMS"]').toString('base64url')],
  ['an empty key', Buffer.from('[0,"",""]').toString('base64url')],
  ['a key of another step', Buffer.from('[3,"x","y"]').toString('base64url')],
  ['too long a key', Buffer.from(JSON.stringify([0, 'x'.repeat(2_100), 'y'])).toString('base64url')],
])('refuses a cursor of %s', async (_, cursor) => {
  const { status } = await signedFetch(`${site.url}/repair?cursor=${cursor}`, { method: 'POST' });

  expect(status).toBe(400);
});

test('answers to nobody who has not signed, and to no other method', async () => {
  const unsigned = await fetch(`${site.url}/repair`, { method: 'POST' });
  const read = await signedFetch(`${site.url}/repair`);

  expect([unsigned.status, read.status, read.headers.get('allow')]).toEqual([403, 405, 'POST']);
});

test('mends beside editors', async () => {
  const site = await startSite();
  const edit = async (index: number) => {
    const body = { title: `Edit ${index}`, text: 'Some text.', publishedAt, tags: [`Edit ${index % 2}`] };
    await signedFetch(`${site.url}/articles/edited`, { method: 'PUT', body });
  };
  const editing = Array.from({ length: 12 }, (_, index) => edit(index));

  const repairs = [requestRepair(site.url), requestRepair(site.url)];
  await Promise.all([...editing, ...repairs]);

  expect(await requestRepair(site.url)).toEqual([]);
  await closeSound(site);
});
