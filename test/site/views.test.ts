import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { repeat } from '../support/repeat.ts';
import { scanStore } from '../support/scan.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const files = {
  'articles/one.md': articleFile('One', '2026-01-01T10:00:00+08:00', ['views: 930', 'aliases: [uno]']),
  'articles/two.md': articleFile('Two', '2026-01-02T10:00:00+08:00'),
  'articles/draft.md': articleFile('Draft', '2026-01-02T10:00:00+08:00', ['draft: true']),
  'articles/removed.md': articleFile('Removed', '2026-01-02T10:00:00+08:00', ['aliases: [formerly]']),
  'articles/later.md': articleFile('Later', '2039-01-02T10:00:00+08:00'),
};

describe('with a sound database', () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ files });
    await site.save({ 'articles/removed.md': undefined });
    return () => closeSound(site);
  });

  test('counts each opening of the page once, 16 readers at once', async () => {
    const { views: before } = await site.json('/news/two');

    await repeat(80, 16, async () => {
      await (await site.fetch('/news/two')).text();
    });

    expect((await site.json('/news/two')).views).toBe(before + 80);
  });

  test('counts for apps that show the JSON themselves', async () => {
    const { views: before } = await site.json('/news/one');

    const response = await site.fetch('/news/one/views', { method: 'POST' });

    expect(await response.json()).toEqual({ slug: 'one', views: before + 1 });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('begins with the count that the article came with', async () => {
    expect((await site.json('/news/one')).views).toBeGreaterThanOrEqual(930);
  });

  test.each<[string, string, RequestInit]>([
    ['JSON', '/news/one', { headers: { Accept: 'application/json' } }],
    ['.json', '/news/one.json', {}],
    ['HEAD', '/news/one', { method: 'HEAD' }],
    ['prefetching', '/news/one', { headers: { 'Sec-Purpose': 'prefetch;prerender' } }],
    ['the old prefetch header', '/news/one', { headers: { Purpose: 'prefetch' } }],
    ['the oldest prefetch header', '/news/one', { headers: { 'X-Moz': 'prefetch' } }],
    [
      'a crawler that names itself',
      '/news/one',
      { headers: { 'User-Agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' } },
    ],
    ['a crawler that posts', '/news/one/views', { method: 'POST', headers: { 'User-Agent': 'GPTBot/1.2' } }],
    ['a redirect', '/news/uno', {}],
    ['a redirect of the counter', '/news/uno/views', { method: 'POST' }],
    ['a refused method', '/news/one', { method: 'POST' }],
    ['asking for the methods', '/news/one', { method: 'OPTIONS' }],
    ['prefetching by an app', '/news/one/views', { method: 'POST', headers: { 'Sec-Purpose': 'prefetch' } }],
  ])('counts nothing for %s', async (_, path, init) => {
    const { views: before } = await site.json('/news/one');

    await (await site.fetch(path, init)).text();

    expect((await site.json('/news/one')).views).toBe(before);
  });

  test.each([
    ['an embargoed page', '/news/later', 404],
    ['a draft', '/news/draft', 404],
    ['a page that never was', '/news/nothing', 404],
    ['a removed page', '/news/removed', 410],
    ['the old address of a removed page', '/news/formerly', 410],
  ])('counts nothing for %s', async (_, path, status) => {
    const { views: before } = await scanStore(site.store);

    const answers = [
      await site.fetch(path),
      await site.fetch(path, { headers: { Accept: 'application/json' } }),
      await site.fetch(`${path}/views`, { method: 'POST' }),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    expect((await scanStore(site.store)).views).toEqual(before);
  });

  test('counts curl and ordinary browsers', async () => {
    const { views: before } = await site.json('/news/one');

    for (const userAgent of [
      'curl/8.5.0',
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    ])
      await site.fetch('/news/one', { headers: { 'User-Agent': userAgent } });

    expect((await site.json('/news/one')).views).toBe(before + 2);
  });
});

describe('with a database that loses a fifth of its answers', () => {
  let proxy: FaultProxy;
  let site: Site;

  beforeAll(async () => {
    proxy = await startFaultProxy(inject('dynamodbEndpoint'), {
      faults: { any: { lostAnswer: 0.2 } },
      seed: 7,
    });
    site = await startSite({ files, endpoint: proxy.endpoint });
    return async () => {
      await site.close();
      await proxy.close();
    };
  });

  test('counts each opening exactly once', async () => {
    const { views: before } = await site.json('/news/two');

    await repeat(60, 1, async () => {
      const page = await (await site.fetch('/news/two')).text();
      expect(page).toMatch(/Views: \d+/);
    });

    expect((await site.json('/news/two')).views).toBe(before + 60);
    expect(proxy.counts.lostAnswer).toBeGreaterThan(20);
  });
});
