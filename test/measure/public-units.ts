import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../infra/local/account.ts';
import type { Stage } from '../../infra/local/stage.ts';
import { growSite, type SiteSize } from '../support/grown-site.ts';
import { cheapRequests, dearRequests, rankDifferently } from '../support/public-requests.ts';
import { runInstrument, withSite } from './measured-site.ts';
import { type Meter, startMeter } from './meter.ts';

const sizes: SiteSize[] = [
  { articles: 1_000, crowded: 400, months: 240, streams: 200 },
  { articles: 10_000, crowded: 4_000, months: 240, streams: 2_000 },
];

/** Read units of each kind of public request, on sites of two sizes. */
await runInstrument(async (contentDir) => {
  const columns: Map<string, number>[] = [];
  for (const size of sizes) columns.push(await measureSize(contentDir, size));
  const heads = ['request', ...sizes.map(({ articles }) => `${articles} articles`)];
  for (const row of [heads, heads.map(() => '---')]) console.log(`| ${row.join(' | ')} |`);
  for (const what of columns[0]?.keys() ?? [])
    console.log(`| ${[what, ...columns.map((units) => units.get(what)?.toFixed(1))].join(' | ')} |`);
});

async function measureSize(contentDir: string, size: SiteSize): Promise<Map<string, number>> {
  let meter: Meter | undefined;
  let endpoint = '';
  try {
    return await withSite(
      contentDir,
      (stage) => measureStage(stage, { endpoint, meter: meter as Meter, size }),
      async (database) => {
        endpoint = database;
        meter = await startMeter(database);
        return meter.endpoint;
      },
    );
  } finally {
    meter?.close();
  }
}

async function measureStage(
  stage: Stage,
  { endpoint, meter, size }: { endpoint: string; meter: Meter; size: SiteSize },
): Promise<Map<string, number>> {
  const client = new DynamoDBClient(clientSettings(endpoint));
  const store = { client, content: stage.tables.Content ?? '', views: stage.tables.Views ?? '' };
  const now = new Date().toISOString();
  await growSite(
    { store, authority: 'news.example.com', baseUrl: stage.url, timeZone: 'UTC', now: () => now },
    size,
    (done) => {
      if (done % 100 === 0) process.stderr.write(`\r${done} of ${size.articles} articles stored`);
    },
  );
  process.stderr.write(', following the changes\n');
  await stage.drained();
  await rankDifferently(store, size, now);
  client.destroy();
  await stage.fire('Sweep');
  const units = new Map<string, number>();
  for (const { path, headers = {}, repeated } of [...dearRequests(now), ...cheapRequests(now)]) {
    meter.read();
    const first = await fetch(stage.url + path, { headers });
    await first.arrayBuffer();
    if (first.status !== 200) throw new Error(`${path} answers ${first.status}`);
    if (!repeated) {
      units.set(path, meter.read().read);
      continue;
    }
    meter.read();
    const again = { ...headers, 'If-None-Match': first.headers.get('etag') ?? '' };
    const { status } = await fetch(stage.url + path, { headers: again });
    units.set(`${path} (${status})`, meter.read().read);
  }
  return units;
}
