import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { writeArticle } from '../../functions/write/write-article.ts';
import { siteYaml } from '../infra/content-folder.ts';
import { revoke } from '../support/permissions/change-role.ts';
import { repeat } from '../support/repeat.ts';
import { keyText, scanStore } from '../support/scan.ts';
import { articleFile, closeSound, type Site, startSite, zoneAtNoon } from '../support/site.ts';

const publishedAt = '2026-01-02T10:00:00+08:00';
const files = {
  'site.yaml': siteYaml.replace('Asia/Shanghai', zoneAtNoon()),
  'articles/port.md': articleFile('Port & pier', publishedAt, ['views: 930']),
  'articles/quay.md': articleFile('码头', publishedAt, ['language: zh-CN']),
};
let site: Site;
/** As counted before the ranking. */
let views: { quay: number; port: number };

/** Opens the article until that is noted: a reader waits 300 ms for the note, and no longer. */
async function openUntilNoted(site: Site, slug: string): Promise<void> {
  for (let isNoted = false; !isNoted; ) {
    await (await site.fetch(`/news/${slug}`)).text();
    const { content } = await scanStore(site.store);
    isNoted = content.some((row) => row.slug === slug && 'total' in row);
  }
}

beforeAll(async () => {
  site = await startSite({ files });
  await repeat(40, 8, async (index) => {
    await (await site.fetch(index < 30 ? '/news/quay' : '/news/port')).text();
  });
  await openUntilNoted(site, 'quay');
  await openUntilNoted(site, 'port');
  const counted = async (slug: string) => (await site.json(`/news/${slug}`)).views;
  views = { quay: await counted('quay'), port: (await counted('port')) - 930 };
  await site.stage.fire('Sweep');
  return () => closeSound(site);
});

test('lists what was read most, as JSON with the views', async () => {
  const { periods, ...page } = await site.json('/most-read');

  const both = [
    expect.objectContaining({ slug: 'quay', title: '码头', language: 'zh-CN', views: views.quay }),
    expect.objectContaining({ slug: 'port', url: `${site.url}/news/port`, views: views.port }),
  ];
  expect(page).toEqual({ title: 'Most read', url: `${site.url}/most-read` });
  expect(periods).toMatchObject({ today: both, week: both, month: both });
  expect(periods.ever.map(({ views }: { views: number }) => views)).toEqual([930 + views.port, views.quay]);
});

test('lists it as a page, and a week of it on the front page', async () => {
  const page = await (await site.fetch('/most-read')).text();
  const front = await (await site.fetch('/')).text();

  expect(page).toContain('<a href="/news/port" lang="en" dir="ltr">Port &amp; pier</a> <span class="meta"');
  const { quay, port } = views;
  expect(page.match(/Views: \d+/g)).toEqual(
    [quay, port, quay, port, quay, port, 930 + port, quay].map((count) => `Views: ${count}`),
  );
  expect(front.slice(front.indexOf('most-read')).match(/\/news\/\w+/g)).toEqual(['/news/quay', '/news/port']);
});

test.each(['text/html', 'application/json'])('answers 304 as long as %s is the same', async (accept) => {
  const first = await site.fetch('/most-read', { headers: { Accept: accept } });
  const etag = first.headers.get('etag') ?? '';

  const again = await site.fetch('/most-read', { headers: { Accept: accept, 'If-None-Match': etag } });

  expect([first.status, again.status]).toEqual([200, 304]);
  expect(again.headers.get('etag')).toBe(etag);
  expect(first.headers.get('cache-control')).toBe('no-cache');
  expect(first.headers.get('vary')?.split(', ')).toContain('Accept');
});

/** Fires the sweep of a site on which something was read and an embargo has ended. Answers what is left of either. */
async function sweepWithout(action: string, keys: string) {
  const broken = await startSite({ files, change: (template) => revoke(template, 'Sweep', action, keys) });
  onTestFinished(() => broken.close());
  await openUntilNoted(broken, 'port');
  const fields = { title: 'Awaited', text: 'Some text.', publishedAt };
  const backend = {
    ...{ store: broken.store, authority: 'news.example.com', baseUrl: broken.url, timeZone: 'UTC' },
    // The embargo was still to end when the article was stored.
    now: () => '2026-01-01T00:00:00.000Z',
  };
  const input = parseArticleInput('awaited', fields);
  await writeArticle(backend, { slug: 'awaited', input, origin: 'api' });
  const swept = await broken.stage.fire('Sweep');
  const rows = (await scanStore(broken.store)).content.map(keyText);
  return { swept, rankings: rows.filter((key) => key.startsWith('MOSTREAD')).length };
}

test.each([
  ['ranks nothing, but announces embargoes', 'dynamodb:BatchGetItem', 'ARTICLE#', { done: 1, failed: 0 }, 0],
  ['ranks, but cannot finish an embargo', 'dynamodb:DeleteItem', 'DUE', { done: 0, failed: 1 }, 4],
])('%s without %s of %s', async (_, action, keys, swept, rankings) => {
  expect(await sweepWithout(action, keys)).toEqual({ swept, rankings });
});
