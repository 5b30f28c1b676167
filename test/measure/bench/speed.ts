import { request } from 'node:http';
import type { Call } from '../meter.ts';
import { type Figure, figure } from './figures.ts';
import { type Asked, floorOf, type Handler, loadReadSite, requests } from './requests.ts';
import type { BenchSite } from './site.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const each = 30;

interface Known {
  etag: string;
  calls: Call[];
}

/** Asks each kind of request over the stage until nothing of it is new, and records the calls of the next. */
async function findCalls({ stage, meter }: BenchSite, asked: Asked): Promise<Known> {
  const first = await ask(stage.url + asked.path(0), asked.headers);
  const headers = { ...asked.headers, ...(asked.repeated && { 'if-none-match': first.etag }) };
  for (let time = 0; time < 2; time++) await ask(stage.url + asked.path(0), headers);
  meter.takeCalls();
  await ask(stage.url + asked.path(0), headers);
  const calls = meter.takeCalls().filter(({ operation }) => !/Stream|Shard|Records/.test(operation));
  // Counted views are noted at some numbers only.
  return { etag: first.etag, calls: calls.filter(({ operation }) => operation !== 'PutItem') };
}

/** CPU of the deployed bundle in this process against that of its calls alone; both in turn, all in one run. */
export async function measureProcess(site: BenchSite, folder: string): Promise<Figure[]> {
  const load = loadReadSite(site, folder);
  const figures: Figure[] = [];
  for (const asked of requests) {
    const { calls } = await findCalls(site, asked);
    // The bundle's renderer build is not the stage's, and with it the feeds' validators.
    const { headers } = await muted(() => load(asked)(0));
    const ours = load(asked, asked.repeated ? String(headers?.etag) : undefined);
    const floor = floorOf(calls, site.database);
    const cpu: [number[], number[]] = [[], []];
    // Views are noted at 1, 2, 4, 8, 16 and then every 16: hardly one of those that are measured.
    if (asked.path(0) !== asked.path(1))
      for (let views = 0; views < 20 * 17; views += each) await cpuOf(ours);
    for (let round = -2; round < rounds; round++)
      for (const [place, handler] of [ours, floor].entries()) {
        const used = await cpuOf(handler);
        if (round >= 0) cpu[place]?.push(used);
      }
    const goal = asked.goals && `≤ ${asked.goals.process}`;
    figures.push(
      figure('process', `${asked.what}, ${calls.length} calls`, 'ms CPU', cpu[0], {
        ...(calls.length > 0 && { floor: cpu[1] }),
        ...(goal && { goal }),
      }),
    );
  }
  return figures;
}

/** Milliseconds a request. */
function cpuOf(handler: Handler): Promise<number> {
  return muted(async () => {
    const before = process.cpuUsage();
    for (let index = 0; index < each; index++) await handler(index);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / each;
  });
}

/** With the log going nowhere, as writing it costs differently on each terminal. */
async function muted<Result>(work: () => Promise<Result>): Promise<Result> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  return work().finally(() => {
    process.stdout.write = write;
  });
}

/** Requests a second over the local stage, one and 32 at a time, against their calls alone from one process. */
export async function measureStage(site: BenchSite): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const asked of requests.filter(({ goals }) => goals)) {
    const { etag, calls } = await findCalls(site, asked);
    const headers = { ...asked.headers, ...(asked.repeated && { 'if-none-match': etag }) };
    const ours: Handler = (index) => ask(site.stage.url + asked.path(index), headers);
    const floor = floorOf(calls, site.database);
    for (const atOnce of [1, 32]) {
      const rates: [number[], number[]] = [[], []];
      for (let round = -1; round < 3; round++)
        for (const [place, handler] of [ours, floor].entries()) {
          const rate = await rateOf(handler, atOnce);
          if (round >= 0) rates[place]?.push(rate);
        }
      const goal = atOnce === 32 && asked.goals && `≥ ${asked.goals.stage}`;
      const what = `${asked.what}, ${atOnce} at a time`;
      figures.push(figure('stage', what, 'a second', rates[0], { floor: rates[1], ...(goal && { goal }) }));
    }
  }
  return figures;
}

async function rateOf(handler: Handler, atOnce: number): Promise<number> {
  const start = performance.now();
  const end = start + 2_000;
  let done = 0;
  const reader = async () => {
    while (performance.now() < end) await handler(done++);
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  return done / ((performance.now() - start) / 1000);
}

/** From the end of a publication to the first answer that shows it. */
export async function measurePublishing(site: BenchSite): Promise<Figure[]> {
  const places = { page: '', list: '/news', feed: '/rss.xml' };
  const times: Record<keyof typeof places, number[]> = { page: [], list: [], feed: [] };
  for (let round = 0; round < 11; round++) {
    const start = performance.now();
    const slug = `just-now-${round}`;
    await site.publish(slug, round);
    const seen = async (place: keyof typeof places) => {
      const path = places[place] || `/news/${slug}`;
      while (!(await ask(site.stage.url + path)).body.includes(slug));
      times[place].push(performance.now() - start);
    };
    await Promise.all([seen('page'), seen('list'), seen('feed')]);
    await site.stage.drained();
  }
  const goals = { page: '≤ 50', list: '≤ 50', feed: '≤ 200' };
  return (['page', 'list', 'feed'] as const).map((place) =>
    figure('publish', `to ${place}`, 'ms', times[place].slice(1), { goal: goals[place] }),
  );
}

export interface Answer {
  etag: string;
  /** Bytes of the headers as they are sent. */
  headers: number;
  body: Buffer;
}

/** Not with fetch, which decompresses the body. */
export function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () =>
          resolve({
            etag: answer.headers.etag ?? '',
            headers: answer.rawHeaders.join('  ').length,
            body: Buffer.concat(chunks),
          }),
        );
    })
      .on('error', reject)
      .end();
  });
}
