import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import type { Backend } from '../../functions/feed/backend.ts';
import { TestBackend } from '../support/backend.ts';
import { siteYaml, temporaryFolder } from './content-folder.ts';

let backend: TestBackend;
let reading: (changes?: Partial<Backend>) => Hono<never>;
let writing: Hono;
const lines: string[] = [];

beforeAll(async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'content'));
  writeFileSync(join(root, 'content/crawlers.json'), '{"pattern":"Googlebot"}');
  writeFileSync(join(root, 'content/static.json'), '{}');
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  // Powertools then prints by the console that a test can listen to.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const method of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line) => lines.push(String(line)));
  vi.resetModules();
  const { readSite } = await import('../../functions/read-site.ts');
  const { publishArticle } = await import('../../functions/publish-article.ts');
  backend = await TestBackend.open();
  await backend.put('one');
  const { store, baseUrl, now } = backend;
  const context = { site: parseSite(siteYaml), baseUrl, media: {} };
  reading = (changes) => readSite({ store, context, rendering: 'first', now, ...changes }) as never;
  writing = publishArticle(backend);
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await backend.close();
});

beforeEach(() => {
  lines.length = 0;
});

/** What was counted since the test began. */
function counted(): Record<string, number>[] {
  return lines
    .map((line) => JSON.parse(line))
    .filter((entry) => '_aws' in entry)
    .map(({ _aws, service, ...counts }) => counts);
}

test('an opened page is a view', async () => {
  await reading().request('/news/one');
  await reading().request('/news/one', { headers: { Accept: 'application/json' } });
  await reading().request('/news/one', { headers: { 'User-Agent': 'Googlebot/2.1' } });

  expect(counted()).toEqual([{ Views: 1 }]);
});

test('a page whose view cannot be counted is a view missed', async () => {
  const store = { ...backend.store, views: 'no-such-table' };

  const { status } = await reading({ store }).request('/news/one');

  expect(status).toBe(200);
  expect(counted()).toEqual([{ ViewsMissed: 1 }]);
});

test('a poll is counted, and apart from others when it needed no document', async () => {
  const { headers } = await reading().request('/rss.xml');
  await reading().request('/rss.xml', { headers: { 'If-None-Match': headers.get('etag') ?? '' } });

  expect(counted()).toEqual([{ FeedPolls: 1 }, { FeedPolls: 1, FeedsNotModified: 1 }]);
});

test('a write that changes something is a publish', async () => {
  const put = () =>
    writing.request('/articles/two', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ title: 'Two', text: 'Text', publishedAt: '2026-05-01T08:00:00Z' }),
    });

  expect([(await put()).status, (await put()).status]).toEqual([201, 200]);
  expect(counted()).toEqual([{ Publishes: 1 }]);
});

test('pings are counted when they are given up', async () => {
  const { sendPings } = await import('../../functions/announce/send-pings.ts');
  const { queuePings } = await import('../../functions/store/due.ts');
  const hub = 'http://127.0.0.1:1/';
  const context = { site: { ...parseSite(siteYaml), hubs: [hub] }, baseUrl: backend.baseUrl, media: {} };
  const late = { store: backend.store, context, rendering: 'first', now: backend.now, oldFeedSeconds: 0 };
  const pings = [`rss ${hub}`, `atom ${hub}`];

  for (const since of ['2026-06-01T11:00:00.000Z', '2026-05-31T11:00:00.000Z'])
    await sendPings(
      late,
      [await queuePings(backend.store, since, { stream: 'news', pings, since })],
      Infinity,
    );

  expect(counted()).toEqual([{ PingsFailed: 2 }]);
});
