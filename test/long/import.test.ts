import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import type { OldArticle } from '../../infra/tools/import/old-site.ts';
import { openOldSite } from '../../infra/tools/import/open-old-site.ts';
import { contentFolder, png, temporaryFolder } from '../infra/content-folder.ts';
import { walkBack } from '../support/feed-history.ts';
import { ghostExport, kindOf as kindOfGhost } from '../support/ghost-export.ts';
import { newswire } from '../support/newswire.ts';
import { type OldItem, oldFeed, serveText } from '../support/old-feed.ts';
import { installedReaders } from '../support/readers/installed-readers.ts';
import { npmReaders } from '../support/readers/npm-readers.ts';
import { startRecordingProxy } from '../support/readers/recording-proxy.ts';
import { repeat } from '../support/repeat.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { hasPicture, kindOf, linkOf, picturePath } from '../support/wordpress-export.ts';
import { wordPressFolder } from '../support/wordpress-folder.ts';

const posts = Number(process.env.POSTS ?? 2_000);
const atOnce = 8;
const indices = Array.from({ length: posts }, (_, index) => index);

test(`${posts} posts of WordPress move in`, async () => {
  const { file, pictures } = wordPressFolder(posts);
  const { site, report } = await moveIn(file, '--pictures', pictures);
  const kinds = indices.map(kindOf);
  const kept = kinds.filter((kind) => kind !== 'trash' && kind !== 'page');

  expect(report).toMatchObject({
    articles: { new: kept.length },
    pictures: indices.filter(hasPicture).length,
    refused: [],
    edited: [],
  });
  expect(report.notes.map(({ note }) => note).filter((note) => /picture/.test(note))).toEqual([]);
  const articles = await publicArticles(file);
  const known = new Set(articles.flatMap(({ addresses }) => addresses));
  const published = indices.filter((index) => kindOf(index) === 'publish');
  expect(articles).toHaveLength(published.length);
  expect(
    published.map((index) => linkOf(index, 'https://quay.example')).filter((link) => !known.has(link)),
  ).toEqual([]);
  expect(await misledAddresses(site, articles)).toEqual([]);
  await repeat(posts, atOnce, async (index) => {
    if (!hasPicture(index)) return;
    for (const path of [picturePath(index), picturePath(index).replace('.png', '-300x200.png')]) {
      const answer = await head(site, path);
      expect([path, answer.status, answer.headers.get('location')]).toEqual([
        path,
        308,
        expect.stringContaining('/media/quay-'),
      ]);
    }
  });
  await expectHistory(site, published.length);
  await expectKnown(site, articles);
  await closeSound(site);
});

test(`${posts} posts of Ghost move in`, async () => {
  const isPage = (index: number) => kindOfGhost(index) === 'page';
  const names = indices
    .filter((index) => index % 7 === 0 && !isPage(index))
    .flatMap((index) => [`${index}`, `text-${index}`]);
  const folder = contentFolder({
    'old.json': JSON.stringify(ghostExport(posts)),
    ...Object.fromEntries(
      names.map((name) => [`images/2019/${name}.png`, Buffer.concat([png, Buffer.from(name)])]),
    ),
  });
  const file = join(folder, 'old.json');
  const home = ['--home', 'https://quay.example/'];

  const { site, report } = await moveIn(file, ...home, '--pictures', join(folder, 'images'));

  const pages = indices.filter(isPage).length;
  expect(report).toMatchObject({
    articles: { new: posts - pages },
    pictures: names.length,
    refused: [],
    edited: [],
  });
  const articles = await publicArticles(file, 'https://quay.example/');
  expect(articles).toHaveLength(indices.filter((index) => kindOfGhost(index) === 'published').length);
  expect(await misledAddresses(site, articles)).toEqual([]);
  await expectHistory(site, articles.length);
  await expectKnown(site, articles);
  await closeSound(site);
});

interface Report {
  articles: Record<string, number>;
  notes: { note: string; count: number }[];
}

/** A site of its own, and the report of the import into it. */
async function moveIn(...args: string[]): Promise<{ site: Site; report: Report }> {
  const database = await startDynamoDbLocal();
  onTestFinished(() => database.close());
  const site = await startSite({ baseUrl: 'https://news.example.com', database: database.endpoint });
  const folder = temporaryFolder();
  const report = join(folder, 'report.json');
  process.env.DATA_DIR = folder;
  onTestFinished(() => {
    delete process.env.DATA_DIR;
  });
  const { code, err, out } = await newswire('import', ...args, '--to', site.url, '--report', report);
  console.log(out.slice(0, 5).join('\n'));
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return { site, report: JSON.parse(readFileSync(report, 'utf8')) };
}

/** Those that everybody may read, the newest first. */
async function publicArticles(file: string, home?: string): Promise<OldArticle[]> {
  const articles: OldArticle[] = [];
  const now = new Date().toISOString();
  for await (const entry of (await openOldSite(file, { home })).entries())
    if (entry.kind === 'article' && !entry.fields.draft && String(entry.fields.publishedAt) <= now)
      articles.push(entry);
  return articles.sort((one, other) => (dateOf(one) < dateOf(other) ? 1 : -1));
}

function dateOf({ fields }: OldArticle): string {
  return new Date(String(fields.publishedAt)).toISOString();
}

/** Old addresses that do not lead to their article. */
async function misledAddresses(site: Site, articles: OldArticle[]): Promise<string[]> {
  const misled: string[] = [];
  await repeat(articles.length, atOnce, async (index) => {
    const { addresses = [], fields } = articles[index] ?? {};
    const targets = new Set<string | null>();
    for (const address of addresses) {
      const { pathname, search } = new URL(address, 'https://quay.example');
      const { status, headers } = await head(site, pathname.replace(/(?<=.)\/$/, '') + search);
      targets.add(status === 308 ? headers.get('location') : `${address}: ${status}`);
    }
    const [target] = targets;
    const article = await fetch(`${site.url}${new URL(target ?? '/', site.url).pathname}.json`);
    const { title } = article.status === 200 ? ((await article.json()) as { title: string }) : {};
    if (targets.size !== 1 || title !== fields?.title) misled.push([...targets].join(' '));
  });
  return misled;
}

function head(site: Site, path: string): Promise<Response> {
  return fetch(site.url + path, { method: 'HEAD', redirect: 'manual' });
}

/** Every feed is without fault, and their history has each article once. */
async function expectHistory(site: Site, count: number): Promise<void> {
  for (const path of ['/rss.xml', '/atom.xml']) {
    const documents = await walkBack((one) => fetch(site.url + one), path);
    const ids = new Set(documents.flatMap((document) => document.ids));
    expect([path, ids.size]).toEqual([path, count]);
  }
}

/** Whoever has read the old feed, of the ten newest articles, is shown none of them again. */
async function expectKnown(site: Site, articles: OldArticle[]): Promise<void> {
  const items = articles.slice(0, 10).map((article): OldItem => {
    const { addresses, fields } = article;
    return {
      title: fields.title.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`),
      link: addresses[0] ?? '',
      guid: String(fields.guid).replaceAll('&', '&amp;'),
      date: dateOf(article),
    };
  });
  const old = oldFeed('https://quay.example/', items);
  const ours = await (await fetch(`${site.url}/rss.xml`)).text();
  for (const { name, read } of npmReaders.rss) {
    const [before, after] = [
      await read(old, 'https://quay.example/feed/'),
      await read(ours, 'https://quay.example/feed/'),
    ];
    const ids = after.entries.map(({ id }) => id);
    expect([name, before.entries.map(({ id }) => id)]).toEqual([name, ids.slice(0, before.entries.length)]);
  }
  const proxy = await startRecordingProxy();
  for (const reader of installedReaders) {
    // For sfeed an entry is another one when its link is.
    if (reader.name === 'sfeed' || !(await reader.isInstalled())) continue;
    const folder = temporaryFolder();
    proxy.target = await serveText(old);
    const before = await reader.poll(`${proxy.url}/rss.xml`, folder);
    proxy.target = site.url;
    const after = await reader.poll(`${proxy.url}/rss.xml`, folder);
    expect([reader.name, before, after]).toEqual([reader.name, 10, 20]);
  }
  proxy.close();
}
