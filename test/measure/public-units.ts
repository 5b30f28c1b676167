import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { directoryNames, findDirectory } from '../../functions/store/directories.ts';
import { clientSettings } from '../../infra/local/account.ts';
import type { Stage } from '../../infra/local/stage.ts';
import { growSite, type SiteSize } from '../support/grown-site.ts';
import {
  cheapRequests,
  dearRequests,
  type PublicRequest,
  rankDifferently,
} from '../support/public-requests.ts';
import { runInstrument, withSite } from './measured-site.ts';
import { type Meter, startMeter } from './meter.ts';

/** What one answer took: read units and calls of DynamoDB, and the bytes of its body before it is packed. */
interface Cost {
  units: number;
  calls: number;
  bytes: number;
}

const given = process.argv.slice(2).map(Number);
const sizes = (given.length > 0 ? given : [1_000, 10_000]).map(
  (articles): SiteSize => ({
    articles,
    crowded: Math.min(4_000, Math.floor(articles * 0.4)),
    months: 240,
    streams: Math.min(2_000, Math.max(20, articles / 5)),
  }),
);

/**
 * What each kind of public request costs on sites of as many articles as the arguments say. With DATA_DIR the tables are kept there, and
 * storing goes on where it was interrupted: within a month, because the first article is as old as the month.
 */
await runInstrument(async (contentDir) => {
  const columns: Map<string, Cost>[] = [];
  for (const size of sizes) columns.push(await measureSize(contentDir, size));
  const heads = ['read units, calls, bytes', ...sizes.map(({ articles }) => `${articles} articles`)];
  for (const row of [heads, heads.map(() => '---')]) console.log(`| ${row.join(' | ')} |`);
  const paths = [...(columns.at(-1)?.keys() ?? [])];
  for (const path of paths)
    console.log(`| ${[path, ...columns.map((costs) => told(costs.get(path)))].join(' | ')} |`);
  const grown = paths.filter((path) => hasGrown(columns[0]?.get(path), columns.at(-1)?.get(path)));
  console.log(
    `Grown by more than a unit, by a call or by a tenth of the bytes: ${grown.join(', ') || 'none'}`,
  );
});

function told(cost: Cost | undefined): string {
  return cost ? `${cost.units.toFixed(1)}, ${cost.calls}, ${cost.bytes}` : 'none';
}

function hasGrown(small: Cost | undefined, large: Cost | undefined): boolean {
  if (!small || !large) return false;
  return large.units > small.units + 1 || large.calls > small.calls || large.bytes > small.bytes * 1.1;
}

async function measureSize(contentDir: string, size: SiteSize): Promise<Map<string, Cost>> {
  let meter: Meter | undefined;
  let endpoint = '';
  const dataDir = process.env.DATA_DIR && join(process.env.DATA_DIR, `${size.articles}`);
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  try {
    return await withSite(
      contentDir,
      (stage) => measureStage(stage, { endpoint, meter: meter as Meter, size, dataDir }),
      async (database) => {
        endpoint = database;
        meter = await startMeter(database);
        return meter.endpoint;
      },
      dataDir,
    );
  } finally {
    meter?.close();
  }
}

interface Measuring {
  endpoint: string;
  meter: Meter;
  size: SiteSize;
  dataDir: string | undefined;
}

async function measureStage(stage: Stage, { endpoint, meter, size, dataDir }: Measuring) {
  const client = new DynamoDBClient(clientSettings(endpoint));
  const store = { client, content: stage.tables.Content ?? '', views: stage.tables.Views ?? '' };
  const note = dataDir && join(dataDir, 'stored.json');
  const { now, stored } = readNote(note);
  await growSite(
    { store, authority: 'news.example.com', baseUrl: stage.url, timeZone: 'UTC', now: () => now },
    { ...size, stored },
    (done) => {
      if (done % 100 > 0) return;
      process.stderr.write(`\r${stored + done} of ${size.articles} articles stored`);
      // Eight are stored at a time, not one after the other.
      if (note) writeFileSync(note, JSON.stringify({ now, stored: stored + done - 8 }));
    },
  );
  process.stderr.write(', following the changes\n');
  await stage.drained();
  await rankDifferently(store, size, now);
  // A run of the sweep does what its minute allows. The list of streams is made last: until then answers are made from cards.
  do await stage.fire('Sweep');
  while (!(await findDirectory(store, directoryNames.streams)));
  client.destroy();
  const costs = new Map<string, Cost>();
  for (const request of [...dearRequests(now), ...cheapRequests(now)]) {
    const [name, cost] = await measureRequest(stage.url, meter, request);
    if (cost) costs.set(name, cost);
  }
  return costs;
}

function readNote(note: string | undefined): { now: string; stored: number } {
  try {
    return JSON.parse(readFileSync(note ?? '', 'utf8'));
  } catch {
    return { now: new Date().toISOString(), stored: 0 };
  }
}

/** Nothing for an address that so small a site has not. */
async function measureRequest(
  url: string,
  meter: Meter,
  { path, headers = {}, repeated }: PublicRequest,
): Promise<[string, Cost?]> {
  const ask = async (more: object = {}) => {
    meter.read();
    meter.takeCalls();
    const answer = await fetch(url + path, { headers: { ...headers, ...more } });
    const bytes = (await answer.arrayBuffer()).byteLength;
    // The stage looks for changes meanwhile.
    const calls = meter.takeCalls().filter(({ operation }) => !/Stream|Shard|Records/.test(operation)).length;
    return { answer, cost: { units: meter.read().read, calls, bytes } };
  };
  const { answer, cost } = await ask();
  if (answer.status !== 200) return [path];
  if (!repeated) return [path, cost];
  const again = await ask({ 'If-None-Match': answer.headers.get('etag') ?? '' });
  return [`${path} (${again.answer.status})`, again.cost];
}
