import type { Stage } from '../../infra/local/stage.ts';
import { withSite } from './measured-site.ts';
import { type Meter, startMeter } from './meter.ts';
import type { Units } from './request-units.ts';

export interface Measured {
  what: string;
  /** Average per request. */
  units: Units;
}

/** What each kind of request to the site of a content folder uses. */
export async function measureRequests(contentDir: string): Promise<Measured[]> {
  const meters: Meter[] = [];
  try {
    return await withSite(
      contentDir,
      (stage) => measureStage(stage, meters[0] as Meter),
      async (endpoint) => {
        meters.push(await startMeter(endpoint));
        return (meters[0] as Meter).endpoint;
      },
    );
  } finally {
    for (const meter of meters) meter.close();
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
  // The first views of a day are noted more often than later ones.
  const pageViews = await averaged('page views, 16 a day and article', Array(16).fill(pages).flat());
  // Without a ranking the front page reads less.
  await stage.fire('Sweep');
  const etag = await get('/rss.xml');
  return [
    pageViews,
    await averaged('front pages', ['/']),
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
