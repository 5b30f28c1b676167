import { expect, onTestFinished, test } from 'vitest';
import { change, lose } from '../support/corrupt.ts';
import { articleFile, expectSound, type Site, startSite } from '../support/site.ts';

const feeds = ['/rss.xml', '/atom.xml', '/feed.json'];
const card = 'STREAM#news 2026-03-01T02:00:00.000Z#fog';

// Updated long ago, as a feed tells no time within the second of its last change.
function fogFile(title: string): string {
  return articleFile(title, '2026-03-01T10:00:00+08:00', ['updatedAt: 2026-03-02T10:00:00+08:00']);
}

async function startFogSite(): Promise<Site> {
  const site = await startSite({
    files: { 'articles/fog.md': fogFile('Fog') },
    baseUrl: 'https://news.example.com',
  });
  onTestFinished(() => site.close());
  return site;
}

/** What no feed can hold, as if a fault of ours had let it in; a new version, so that the feeds have to be rendered. */
async function spoil(site: Site): Promise<void> {
  await change('ARTICLE#fog META', { 'article.title': 'Fog \u0008' })(site.store);
  await change(card, { version: 100 })(site.store);
}

/** All else has to be sound. */
async function forgetRefusals(site: Site): Promise<void> {
  for (const finding of await site.check()) {
    const [, key] = /^A document was refused as faulty: (.+)$/.exec(finding) ?? [];
    if (key) await lose(key)(site.store);
  }
}

function validatorsOf({ headers }: Response): (string | null)[] {
  return ['etag', 'last-modified'].map((name) => headers.get(name));
}

test('serves the last good document, with its validators, while the current one would be faulty', async () => {
  const site = await startFogSite();
  for (const path of feeds) {
    const good = await site.fetch(path);
    const text = await good.text();
    await spoil(site);

    const answer = await site.fetch(path);
    const polls = [
      await site.fetch(path, { headers: { 'If-None-Match': good.headers.get('etag') ?? '' } }),
      await site.fetch(path, { headers: { 'If-Modified-Since': good.headers.get('last-modified') ?? '' } }),
    ];

    expect([path, answer.status, await answer.text()]).toEqual([path, 200, text]);
    expect(validatorsOf(answer)).toEqual(validatorsOf(good));
    expect(polls.map(({ status }) => status)).toEqual([304, 304]);
    expect(polls.map(validatorsOf)).toEqual([validatorsOf(good), validatorsOf(good)]);
    await site.save({ 'articles/fog.md': fogFile(`Fog over ${path}`) });
  }
  await forgetRefusals(site);
  await expectSound(site);
});

test('serves the last good document while the current one cannot be rendered', async () => {
  const site = await startFogSite();
  const good = await site.fetch('/rss.xml');
  const text = await good.text();
  await change('ARTICLE#fog META', { 'article.tags': undefined })(site.store);
  await change(card, { version: 100 })(site.store);

  const answer = await site.fetch('/rss.xml');

  expect([answer.status, await answer.text()]).toEqual([200, text]);
  expect(validatorsOf(answer)).toEqual(validatorsOf(good));
});

test.each([
  ['damaged', change('ARTICLE#fog BODY#0', { chunk: Buffer.from('no text of ours') })],
  ['lost', lose('ARTICLE#fog BODY#0')],
])(
  'has the summary and link of an article whose text is %s, and all of the others',
  async (_what, spoilText) => {
    const site = await startFogSite();
    for (const path of feeds) await (await site.fetch(path)).text();
    await spoilText(site.store);
    await site.save({ 'articles/sun.md': articleFile('Sun', '2026-03-02T10:00:00+08:00') });

    for (const path of feeds) {
      const answer = await site.fetch(path);
      const text = await answer.text();

      expect([path, answer.status]).toEqual([path, 200]);
      expect(text).toContain('https://news.example.com/news/sun');
      expect(text).toContain('https://news.example.com/news/fog');
    }
  },
);

test('asks to come again later where there is no good document yet', async () => {
  const site = await startFogSite();
  await spoil(site);

  for (const path of feeds) {
    const answer = await site.fetch(path);

    expect([path, answer.status]).toEqual([path, 503]);
    expect(answer.headers.get('retry-after')).toBe('300');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect([...validatorsOf(answer), answer.headers.get('cache-control')]).toEqual([null, null, 'no-cache']);

    const page = await site.fetch(path, { headers: { Accept: 'text/html' } });

    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '300']);
    expect(await page.text()).toContain('<h1>We are busy</h1>');
  }
});

test('serves the current document as soon as the article is mended and published again', async () => {
  const site = await startFogSite();
  const good = await site.fetch('/rss.xml');
  await spoil(site);
  await (await site.fetch('/rss.xml')).text();

  await site.save({ 'articles/fog.md': fogFile('Fog has lifted') });
  const answer = await site.fetch('/rss.xml', {
    headers: { 'If-None-Match': good.headers.get('etag') ?? '' },
  });

  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<title>Fog has lifted</title>');
  await forgetRefusals(site);
  await expectSound(site);
});

test('renders what was refused again after five minutes, not before', async () => {
  const site = await startFogSite();
  await (await site.fetch('/rss.xml')).text();
  await spoil(site);
  await (await site.fetch('/rss.xml')).text();

  await change('ARTICLE#fog META', { 'article.title': 'Fog again' })(site.store);
  const soon = await site.fetch('/rss.xml');
  await change('FEED#news#rss REFUSED', { until: new Date(Date.now() - 1).toISOString() })(site.store);
  const later = await site.fetch('/rss.xml');

  expect(await soon.text()).toContain('<title>Fog</title>');
  expect(await later.text()).toContain('<title>Fog again</title>');
});
