import { beforeEach, expect, inject, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { repeat } from '../support/repeat.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const files = {
  'articles/read.md': articleFile('Read', '2026-01-01T10:00:00+08:00', ['views: 930']),
  'articles/other.md': articleFile('Other', '2026-01-02T10:00:00+08:00'),
};
const seed = Number(process.env.SEED ?? 20261123);

/** A view that is not counted within two seconds is told in the log: it may have been counted all the same. */
let missed: number;

function tellMissed(line: string): void {
  if (line.includes('A view was not counted')) missed++;
}

beforeEach(() => {
  missed = 0;
});

test('counts 1,000 openings by 32 readers at once, and 250 posts, exactly', async () => {
  const site = await startSite({ files, log: tellMissed });

  await repeat(1000, 32, () => open(site, '/news/read'));
  await repeat(250, 32, () => post(site));
  await repeat(250, 32, async (index) => {
    const quiet = ['/news/read.json', '/news/missing', '/rss.xml', '/news'][index % 4] ?? '/';
    await (await site.fetch(quiet)).text();
    await site.fetch('/news/read', { method: 'HEAD' });
    await (await site.fetch('/news/read', { headers: { 'Sec-Purpose': 'prefetch' } })).text();
  });

  await expectCounted(site, 1250);
  await closeSound(site);
});

test('counts 500 openings exactly while a fifth of the answers of the database is lost', async () => {
  console.log(`Seed ${seed}`);
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), {
    faults: { any: { lostAnswer: 0.2 } },
    seed,
  });
  const site = await startSite({ files, endpoint: proxy.endpoint, log: tellMissed });

  await repeat(500, 32, () => open(site, '/news/read'));

  await expectCounted(site, 500);
  expect(proxy.counts.lostAnswer).toBeGreaterThan(250);
  await site.close();
  await proxy.close();
});

async function expectCounted(site: Site, opened: number): Promise<void> {
  const counted = (await site.json('/news/read')).views - 930;
  expect(counted).toBeLessThanOrEqual(opened);
  expect(counted).toBeGreaterThanOrEqual(opened - missed);
  expect(missed).toBeLessThan(opened / 10);
}

async function open(site: Site, path: string): Promise<void> {
  const page = await site.fetch(path);
  expect(page.status).toBe(200);
  await page.text();
}

async function post(site: Site): Promise<void> {
  const answer = await site.fetch('/news/read/views', { method: 'POST' });
  expect(await answer.json()).toMatchObject(answer.ok ? { slug: 'read' } : { status: 503 });
}
