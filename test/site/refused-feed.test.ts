import { expect, onTestFinished, test } from 'vitest';
import { change, lose } from '../support/corrupt.ts';
import { articleFile, expectSound, type Site, startSite } from '../support/site.ts';

const feeds = ['/rss.xml', '/atom.xml', '/feed.json'];
const card = 'STREAM#news 2026-03-01T02:00:00.000Z#fog';

// Updated long ago, as a feed tells no time within the second of its last change.
function fogFile(title: string): string {
  return articleFile(title, '2026-03-01T10:00:00+08:00', ['updatedAt: 2026-03-02T10:00:00+08:00']);
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
  const site = await startSite({
    files: { 'articles/fog.md': fogFile('Fog') },
    baseUrl: 'https://news.example.com',
  });
  onTestFinished(() => site.close());
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
