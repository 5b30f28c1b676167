import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDbLocal } from '../../local/dynamodb-local.ts';
import { type Stage, startStage } from '../../local/stage.ts';
import { synthesise } from '../../synthesise.ts';
import { type Meter, startMeter } from './meter.ts';
import type { Units } from './request-units.ts';

export interface Measured {
  what: string;
  /** Of one, on the average. */
  units: Units;
}

/** Runs the site with its content on a database in memory and measures what each kind of request uses. */
export async function measure(contentDir: string): Promise<Measured[]> {
  const assemblyDir = await mkdtemp(join(tmpdir(), 'newswire-cost-'));
  const database = await startDynamoDbLocal();
  const meter = await startMeter(database.endpoint);
  try {
    await synthesise({ contentDir, outdir: assemblyDir, validate: false });
    const stage = await startStage({
      ...{ assemblyDir, endpoint: meter.endpoint, tablePrefix: 'cost-' },
      log: () => {},
    });
    try {
      return await measureStage(stage, meter);
    } finally {
      await stage.close();
    }
  } finally {
    meter.close();
    await database.close();
    await rm(assemblyDir, { recursive: true, force: true });
  }
}

async function measureStage(stage: Stage, meter: Meter): Promise<Measured[]> {
  meter.read();
  const [report] = (await stage.runTriggers()) as { published: string[] }[];
  // What follows a change belongs to its price, and must not run into the next measurement.
  await stage.drained();
  const published = report?.published.length ?? 0;
  const publishing = meter.read();
  const news = await fetch(`${stage.url}/news`, { headers: { accept: 'application/json' } });
  const { items } = (await news.json()) as { items: { slug: string }[] };
  const pages = items.map(({ slug }) => `/news/${slug}`);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(stage.url + path, { headers });
    await answer.arrayBuffer();
    return answer.headers.get('etag') ?? '';
  };
  const averaged = async (what: string, paths: string[], headers: Record<string, string> = {}) => {
    meter.read();
    for (const path of paths) await get(path, headers);
    return { what, units: share(meter.read(), paths.length) };
  };
  const etag = await get('/rss.xml');
  return [
    await averaged('page views', pages),
    await averaged('articles read as JSON', pages, { accept: 'application/json' }),
    await averaged('lists', ['/news']),
    await averaged('polls of a feed that did not change', ['/rss.xml'], { 'if-none-match': etag }),
    await averaged('full answers of a feed', ['/rss.xml']),
    { what: 'articles published, with what follows', units: share(publishing, published) },
  ];
}

function share({ read, write }: Units, count: number): Units {
  return { read: read / count, write: write / count };
}
