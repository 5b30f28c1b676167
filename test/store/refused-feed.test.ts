import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestBackend } from '../support/backend.ts';
import { change, lose } from '../support/corrupt.ts';
import { openReading, type Read } from '../support/reading.ts';

const feeds = ['/rss.xml', '/atom.xml', '/feed.json'];
const card = 'STREAM#news 2026-03-01T02:00:00.000Z#fog';
let backend: TestBackend;
let ask: Read;

beforeEach(async () => {
  backend = await TestBackend.open();
  await putFog('Fog');
  ask = await openReading(backend);
});
afterEach(() => backend.close());

function putFog(title: string) {
  return backend.put('fog', { title, publishedAt: '2026-03-01T02:00:00Z' });
}

/** What no feed can hold, as if a fault of ours had let it in; a new version, so that the feeds have to be rendered. */
async function spoil(fields: object): Promise<void> {
  await change('ARTICLE#fog META', { ...fields })(backend.store);
  await change(card, { version: 100 })(backend.store);
}
const faulty = { 'article.title': 'Fog \u0008' };

function validatorsOf({ headers }: Response): (string | null)[] {
  return ['etag', 'last-modified'].map((name) => headers.get(name));
}

test('serves the last good document while the current one cannot be rendered', async () => {
  const good = await ask('/rss.xml');
  const text = await good.text();
  await spoil({ 'article.tags': undefined });

  const answer = await ask('/rss.xml');

  expect([answer.status, await answer.text()]).toEqual([200, text]);
  expect(validatorsOf(answer)).toEqual(validatorsOf(good));
});

test.each([
  ['damaged', change('ARTICLE#fog BODY#0', { chunk: Buffer.from('no text of ours') })],
  ['lost', lose('ARTICLE#fog BODY#0')],
])(
  'has the summary and link of an article whose text is %s, and all of the others',
  async (_what, spoilText) => {
    for (const path of feeds) await (await ask(path)).text();
    await spoilText(backend.store);
    await backend.put('sun', { publishedAt: '2026-03-02T02:00:00Z' });

    for (const path of feeds) {
      const answer = await ask(path);
      const text = await answer.text();

      expect([path, answer.status]).toEqual([path, 200]);
      expect(text).toContain('https://news.example.com/news/sun');
      expect(text).toContain('https://news.example.com/news/fog');
    }
  },
);

test('asks to come again later where there is no good document yet', async () => {
  await spoil(faulty);

  for (const path of feeds) {
    const answer = await ask(path);

    expect([path, answer.status]).toEqual([path, 503]);
    expect(answer.headers.get('retry-after')).toBe('300');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect([...validatorsOf(answer), answer.headers.get('cache-control')]).toEqual([null, null, 'no-cache']);

    const page = await ask(path, { Accept: 'text/html' });

    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '300']);
    expect(await page.text()).toContain('<h1>We are busy</h1>');
  }
});

test('serves the current document as soon as the article is mended and published again', async () => {
  const good = await ask('/rss.xml');
  await spoil(faulty);
  await (await ask('/rss.xml')).text();

  await putFog('Fog has lifted');
  const answer = await ask('/rss.xml', { 'If-None-Match': good.headers.get('etag') ?? '' });

  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<title>Fog has lifted</title>');
});

test('renders what was refused again after five minutes, not before', async () => {
  await (await ask('/rss.xml')).text();
  await spoil(faulty);
  await (await ask('/rss.xml')).text();
  const refused = Date.parse(backend.time);

  await change('ARTICLE#fog META', { 'article.title': 'Fog again' })(backend.store);
  backend.time = new Date(refused + 5 * 60_000 - 1).toISOString();
  const soon = await ask('/rss.xml');
  backend.time = new Date(refused + 5 * 60_000).toISOString();
  const later = await ask('/rss.xml');

  expect(await soon.text()).toContain('<title>Fog</title>');
  expect(await later.text()).toContain('<title>Fog again</title>');
});
