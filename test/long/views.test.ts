import { expect, inject, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { articleFile, expectSound, repeat, type Site, startSite } from '../support/site.ts';

const files = {
  'articles/read.md': articleFile('Read', '2026-01-01T10:00:00+08:00', ['views: 930']),
  'articles/other.md': articleFile('Other', '2026-01-02T10:00:00+08:00'),
};
const seed = Number(process.env.SEED ?? 20261123);

test('counts 2,000 openings by 32 readers at once, and 500 posts, exactly', async () => {
  const site = await startSite({ files });

  await repeat(2000, 32, () => open(site, '/news/read'));
  await repeat(500, 32, () => post(site));
  await repeat(500, 32, async (index) => {
    const quiet = ['/news/read.json', '/news/missing', '/rss.xml', '/news'][index % 4] ?? '/';
    await (await site.fetch(quiet)).text();
    await site.fetch('/news/read', { method: 'HEAD' });
    await (await site.fetch('/news/read', { headers: { 'Sec-Purpose': 'prefetch' } })).text();
  });

  expect((await site.json('/news/read')).views).toBe(930 + 2500);
  await expectSound(site);
  await site.close();
});

test('counts 1,000 openings exactly while a fifth of the answers of the database is lost', async () => {
  console.log(`Seed ${seed}`);
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), {
    faults: { any: { lostAnswer: 0.2 } },
    seed,
  });
  const site = await startSite({ files, endpoint: proxy.endpoint });

  await repeat(1000, 32, () => open(site, '/news/read'));

  expect((await site.json('/news/read')).views).toBe(930 + 1000);
  expect(proxy.counts.lostAnswer).toBeGreaterThan(500);
  await site.close();
  await proxy.close();
});

async function open(site: Site, path: string): Promise<void> {
  const page = await site.fetch(path);
  expect(page.status).toBe(200);
  expect(await page.text()).toMatch(/Views: \d+/);
}

async function post(site: Site): Promise<void> {
  const answer = await site.fetch('/news/read/views', { method: 'POST' });
  expect(await answer.json()).toMatchObject({ slug: 'read', views: expect.any(Number) });
}
