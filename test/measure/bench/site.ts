import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseArticleInput } from '../../../functions/article/article-input.ts';
import { setting } from '../../../functions/runtime/environment.ts';
import type { Store } from '../../../functions/store/connection.ts';
import { writeArticle } from '../../../functions/write/write-article.ts';
import { account, clientSettings } from '../../../infra/local/account.ts';
import type { Stage } from '../../../infra/local/stage.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { repeat } from '../../support/repeat.ts';
import { withSite } from '../measured-site.ts';
import { type Meter, startMeter } from '../meter.ts';

export interface BenchSite {
  stage: Stage;
  /** Of the database itself; the stage reaches it through the meter. */
  database: string;
  meter: Meter;
  store: Store;
  /** Publishes an article as the write API does, without its HTTP. */
  publish(slug: string, index: number, publishedAt?: Date, kilobytes?: number): Promise<void>;
}

const settings = `title: The Daily Bench
description: All the news that is measured
authority: bench.example.com
language: en
timeZone: Asia/Shanghai
`;

/** A site with articles of 5 KB, the lists of which are kept. */
export async function withBenchSite<Result>(
  articles: number,
  use: (site: BenchSite) => Promise<Result>,
): Promise<Result> {
  const contentDir = await mkdtemp(join(tmpdir(), 'newswire-bench-'));
  let meter: Meter | undefined;
  let database = '';
  try {
    await writeSite(contentDir, 0);
    return await withSite(
      contentDir,
      async (stage) => {
        const site = openSite(stage, database, meter as Meter);
        await repeat(articles, 8, async (index) => {
          await site.publish(`bench-${index}`, index, new Date(Date.now() - (index + 1) * 3_600_000));
          if (index % 100 === 0) process.stderr.write(`\r${index} of ${articles} articles stored`);
        });
        process.stderr.write('\r\n');
        await stage.drained();
        // One sweep makes the lists, the next finds them made.
        for (let sweep = 0; sweep < 2; sweep++) await stage.fire('Sweep');
        return await use(site).finally(() => site.store.client.destroy());
      },
      async (endpoint) => {
        database = endpoint;
        meter = await startMeter(endpoint);
        return meter.endpoint;
      },
    );
  } finally {
    meter?.close();
    await rm(contentDir, { recursive: true, force: true });
  }
}

function openSite(stage: Stage, database: string, meter: Meter): BenchSite {
  const client = new DynamoDBClient(clientSettings(meter.endpoint));
  const store = { client, content: stage.tables.Content ?? '', views: stage.tables.Views ?? '' };
  const desk = { store, authority: 'bench.example.com', baseUrl: stage.url, timeZone: 'UTC' };
  return {
    ...{ stage, database, meter, store },
    async publish(slug, index, publishedAt = new Date(), kilobytes = 5) {
      const fields = { ...articleFields(index, kilobytes), publishedAt: publishedAt.toISOString() };
      const input = parseArticleInput(slug, fields);
      await writeArticle({ ...desk, now: () => new Date().toISOString() }, { slug, input, origin: 'api' });
    },
  };
}

/** A text in four streams. */
export function articleFields(index: number, kilobytes = 5) {
  return {
    title: `What was measured on day ${index}`,
    markdown: Array.from({ length: 2 * kilobytes }, (_, part) => paragraph(index * 10 + part + 1)).join(
      '\n\n',
    ),
    summary: 'What happened, told in two sentences. A reader takes them in at a glance.',
    category: index % 2 ? 'World' : 'Sport',
    source: { name: 'The Post' },
    tags: [`Tag ${index % 9}`],
  };
}

const words =
  'a bridge council debate ferry harbour in it late long new night of old on people said storm that the this to toll until vote was water while who will year'.split(
    ' ',
  );

/** 500 bytes that compress as a text does. */
function paragraph(seed: number): string {
  const random = randomNumbers(seed);
  let text = '';
  while (text.length < 500)
    text += `${words[Math.floor(random() * words.length)]}${random() < 0.1 ? Math.floor(random() * 1000) : ''} `;
  return text.trim();
}

/** A content folder with so many articles. */
export async function writeSite(contentDir: string, articles: number): Promise<void> {
  await mkdir(join(contentDir, 'articles'), { recursive: true });
  await writeFile(join(contentDir, 'site.yaml'), settings);
  await repeat(articles, 50, (index) => writeFile(fileOf(contentDir, index), articleFile(index)));
}

export function fileOf(contentDir: string, index: number): string {
  return join(contentDir, 'articles', `bench-${index}.md`);
}

export function articleFile(index: number, title = articleFields(index).title): string {
  const { markdown, ...fields } = articleFields(index);
  const publishedAt = new Date(Date.UTC(2026, 0, 1) - index * 3_600_000).toISOString();
  const lines = Object.entries({ ...fields, title, publishedAt }).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  return ['---', ...lines, '---', '', markdown, ''].join('\n');
}

/** What a function finds in its environment. */
export function functionSettings({ stage, database }: BenchSite, folder: string): Record<string, string> {
  return {
    [setting.contentTable]: stage.tables.Content ?? '',
    [setting.viewsTable]: stage.tables.Views ?? '',
    [setting.baseUrl]: stage.url,
    [setting.rendererBuild]: 'bench',
    [setting.oldFeedSeconds]: '0',
    [setting.service]: 'bench',
    AWS_ACCESS_KEY_ID: account.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.credentials.secretAccessKey,
    AWS_REGION: account.region,
    AWS_ENDPOINT_URL_DYNAMODB: database,
    LAMBDA_TASK_ROOT: folder,
  };
}
