import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Template } from '../../infra/local/template.ts';
import { png, temporaryFolder } from '../infra/content-folder.ts';
import { newswireIn } from '../support/newswire.ts';
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

interface Result {
  fullName: string;
  status: 'passed' | 'failed' | 'skipped';
  failureMessages: string[];
}

/** The site afterwards, and how each check ended. */
async function smokeOn(options: SiteOptions = {}, patience = '10') {
  const site = await startSite({ files, ...options });
  const file = join(temporaryFolder(), 'results.json');
  const { code } = await smoke(site.url, '--results', file, '--patience', patience);
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const results: Result[] = testResults.flatMap(
    ({ assertionResults }: { assertionResults: Result[] }) => assertionResults,
  );
  const namesOf = (status: Result['status']) =>
    results
      .filter((result) => result.status === status)
      .map(({ fullName }) => fullName)
      .toSorted();
  return { site, code, results, namesOf };
}

function smoke(url: string, ...args: string[]) {
  const env = { BASE_URL: url, PUBLISH_URL: '', SITE_URL: '', NO_COLOR: '1' };
  return newswireIn({ env }, 'smoke', ...args);
}

async function slugsOf(site: Site): Promise<string[]> {
  return (await site.json('/news')).items.map(({ slug }: { slug: string }) => slug);
}

test('passes on a sound site, and leaves its articles and counts as they were', async () => {
  const { site, code, results, namesOf } = await smokeOn({ files: { ...files, ...older } });

  expect(namesOf('failed')).toEqual([]);
  expect(namesOf('skipped')).toEqual([]);
  expect(results.length).toBeGreaterThan(70);
  expect(code).toBe(0);
  const views = await Promise.all(
    ['one', 'two'].map(async (slug) => (await site.json(`/news/${slug}`)).views),
  );
  expect(views).toEqual([0, 0]);
  expect((await slugsOf(site)).slice(0, 3)).toEqual(['two', 'one', 'old-9']);
  expect(await site.check()).toEqual([]);
  await site.close();
});

test('passes on a site without articles, and says what it left out', async () => {
  const { site, code, namesOf } = await smokeOn({ files: {} });
  const slugs = await slugsOf(site);
  await site.close();

  expect(namesOf('failed')).toEqual([]);
  expect(code).toBe(0);
  const feeds = ['/rss.xml', '/atom.xml', '/feed.json'];
  expect(namesOf('skipped')).toEqual(
    [
      'the newest article is a page',
      'the newest article is JSON, by Accept and by .json',
      'an image of an article may be kept for ever',
      ...feeds.map((path) => `${path} is compressed, and answers 304 then too`),
      ...['rss.xml', 'atom.xml'].map(
        (name) => `the published article has a month whose ${name} leads to older articles`,
      ),
      ...feeds.map((path) => `the published article ${path} leads from it to older articles`),
    ].toSorted(),
  );
  expect(slugs).toEqual([]);
});

test('names what a missing route breaks', async () => {
  const change = (template: Template) => dropRoute(template, 'ANY /{proxy+}');
  const { site, code, namesOf } = await smokeOn({ change }, '0');
  await site.close();

  expect(code).toBe(1);
  expect(namesOf('failed')).toContain('/news is a page');
  expect(namesOf('failed')).not.toContain('/ is a page');
});

test('says that anybody may write when signatures are not asked for, and takes back what it wrote', async () => {
  const { site, code, namesOf } = await smokeOn({ change: openWriting }, '0');
  const slugs = await slugsOf(site);
  await site.close();

  expect(code).toBe(1);
  expect(namesOf('failed')).toEqual([
    'a signed PUT publishes',
    ...[
      '/articles',
      '/drafts',
      '/import',
      '/preview',
      '/redirects',
      '/repair',
      '/settings',
      '/sources',
      '/stats',
    ].map((path) => `an unsigned request for ${path} is refused`),
    'an unsigned write is refused',
  ]);
  expect(slugs).toEqual(['two', 'one']);
});

test('ends with 1 where nothing answers', async () => {
  const { code, out, err } = await smoke('http://127.0.0.1:9');

  expect({ code, out }).toEqual({ code: 1, out: [] });
  expect(err).toEqual([
    'Nothing answers at http://127.0.0.1:9: is the site running? Start it with npm start, or name another with BASE_URL',
  ]);
});

// As a terminal does it: the signal goes to every process of the group.
test.each([1, 2])('removes its article when Ctrl-C is typed (%d times)', async (times) => {
  const site = await startSite({ files });
  const child = spawn('npm', ['run', '--silent', 'newswire', '--', 'smoke'], {
    env: { ...process.env, BASE_URL: site.url, PUBLISH_URL: '', SITE_URL: '', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  let sent = 0;
  // The article is there from the first of these lines on.
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (/✓ .*a signed PUT publishes/.test(printed) && sent++ < times)
      process.kill(-Number(child.pid), 'SIGINT');
  });

  const [err] = await Promise.all([text(child.stderr), text(child.stdout)]);
  const slugs = await slugsOf(site);
  await site.close();

  expect(sent).toBeGreaterThanOrEqual(times);
  expect(err).toContain('Interrupted; the article of the checks is removed');
  expect(printed).not.toMatch(/✓ .* after a signed DELETE > it is removed/);
  expect(slugs).toEqual(['two', 'one']);
});

function dropRoute(template: Template, key: string): void {
  for (const [id, { Properties }] of Object.entries(template.Resources))
    if (Properties?.RouteKey === key) delete template.Resources[id];
}

function openWriting(template: Template): void {
  for (const { Properties } of Object.values(template.Resources))
    if (Properties?.AuthorizationType === 'AWS_IAM') Properties.AuthorizationType = 'NONE';
}
