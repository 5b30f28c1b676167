import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Template } from '../../infra/local/template.ts';
import { Report } from '../../infra/tools/smoke/report.ts';
import { checkSite, smokeSettings } from '../../infra/tools/smoke.ts';
import { png } from '../infra/content-folder.ts';
import { articleFile, type Site, type SiteOptions, startSite } from '../support/site.ts';

const files = {
  'articles/one.md': articleFile('One', '2026-01-01T10:00:00+08:00', [
    'image: { url: /media/dot.png, alt: Dot }',
  ]),
  'articles/two.md': articleFile('Two', '2026-01-02T10:00:00+08:00'),
  'media/dot.png': png,
};
/** More than a feed or a page of /news holds. */
const older = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [
    `articles/old-${index}.md`,
    articleFile(`Old ${index}`, '2025-12-01T10:00:00+08:00'),
  ]),
);

async function smokeOn(options: SiteOptions = {}) {
  const site = await startSite({ files, ...options });
  const lines: string[] = [];
  const report = new Report((line) => lines.push(line), {}, 0);
  await checkSite(report, smokeSettings({ BASE_URL: site.url }));
  // A slow machine adds how long a check took.
  const failures = lines
    .filter((line) => line.startsWith('FAIL'))
    .map((line) => line.replace(/ \(\d+\.\d s\)/, ''));
  return { site, report, failures, lines };
}

async function viewsOf(site: Site): Promise<number[]> {
  return Promise.all(['one', 'two'].map(async (slug) => (await site.json(`/news/${slug}`)).views));
}

test('passes on a sound site, and leaves its articles and counts as they were', async () => {
  const { site, report, failures, lines } = await smokeOn({ files: { ...files, ...older } });

  expect(failures).toEqual([]);
  expect(report.failed).toBe(0);
  expect(report.passed).toBe(lines.length);
  expect(await viewsOf(site)).toEqual([0, 0]);
  const { items } = await site.json('/news');
  expect(items.map(({ slug }: { slug: string }) => slug).slice(0, 3)).toEqual(['two', 'one', 'old-9']);
  expect(await site.check()).toEqual([]);
  await site.close();
});

test('passes on a site without articles, and says what it left out', async () => {
  const { site, failures, lines } = await smokeOn({ files: {} });
  const { items } = await site.json('/news');
  await site.close();

  expect(failures).toEqual([]);
  const leftOut = lines
    .filter((line) => line.startsWith('–'))
    .map((line) => line.replace(/\d{4}-\d\d/, 'month'));
  const feeds = ['/rss.xml', '/atom.xml', '/feed.json'];
  expect(leftOut).toEqual(
    [
      ...feeds.map((path) => `${path} is compressed`),
      'an image of an article is there',
      ...['/archive/month/rss.xml', '/archive/month/atom.xml', ...feeds].map(
        (path) => `${path} leads to older articles`,
      ),
    ].map((name) => expect.stringContaining(name)),
  );
  expect(items).toEqual([]);
});

test('names what a missing route breaks', async () => {
  const { site, failures } = await smokeOn({ change: (template) => dropRoute(template, 'ANY /{proxy+}') });
  await site.close();

  expect(failures.join('\n')).toContain('/news is a page: status: expected 200, came 404');
  expect(failures.join('\n')).not.toContain('/ is a page');
});

test('says that anybody may write when signatures are not asked for, and takes back what it wrote', async () => {
  const { site, failures } = await smokeOn({ change: openWriting });
  const { items } = await site.json('/news');
  await site.close();

  expect(failures).toEqual([
    // A slow check says how slow it was.
    expect.stringContaining('FAIL  a write that nobody signed is refused: status: expected 403, came 201'),
    ...['/articles that nobody signed for', '/stats that nobody signed for'].map((name) =>
      expect.stringContaining(`${name} is refused: expected status 403, came "200`),
    ),
    expect.stringContaining('/repair that nobody signed for is refused: expected status 403, came "405'),
    expect.stringContaining('a signed PUT publishes: expected status 201, came "200'),
  ]);
  expect(items).toHaveLength(2);
});

test('ends with 1 where nothing answers', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'infra/tools/newswire.ts', 'smoke'],
    {
      env: { ...process.env, BASE_URL: 'http://127.0.0.1:9', PUBLISH_URL: '', SITE_URL: '' },
      encoding: 'utf8',
    },
  );

  expect(stdout).toMatch(
    /^FAIL {2}(.+) answers: Nothing answers at \1: is the site running\? Start it with npm start, or name another with BASE_URL\n/,
  );
  expect(stdout).toContain('0 passed, 1 failed');
  expect(status).toBe(1);
});

test('says that it was interrupted, and ends with 1', async () => {
  const site = await startSite({ files });
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/tools/newswire.ts', 'smoke'], {
    env: { ...process.env, BASE_URL: site.url, PUBLISH_URL: '', SITE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => child.kill('SIGINT'));
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  await site.close();

  expect(printed).toMatch(/^\d+ passed, 0 failed, interrupted \(/m);
  expect(code).toBe(1);
});

function dropRoute(template: Template, key: string): void {
  for (const [id, { Properties }] of Object.entries(template.Resources))
    if (Properties?.RouteKey === key) delete template.Resources[id];
}

function openWriting(template: Template): void {
  for (const { Properties } of Object.values(template.Resources))
    if (Properties?.AuthorizationType === 'AWS_IAM') Properties.AuthorizationType = 'NONE';
}
