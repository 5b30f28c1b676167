import { type Figure, figure } from './figures.ts';
import { requests } from './requests.ts';
import type { BenchSite } from './site.ts';
import { ask } from './speed.ts';

/** AWS's list prices in us-east-1, November 2026, in US dollars. */
const prices = {
  perMillionReadUnits: 0.125,
  perMillionWriteUnits: 0.625,
  perMillionApiRequests: 1,
  perMillionInvocations: 0.2,
  perGbSecond: 0.0000133334,
  perGbOfLogs: 0.5,
  perGbSent: 0.09,
};

// A run on this machine cannot tell these of AWS.
const assumed = { memoryGb: 0.5, milliseconds: 12, logBytes: 1000 };

/** Units, bytes and dollars of each kind of request and of a publication with all that follows it. */
export async function measureCosts(site: BenchSite): Promise<Figure[]> {
  const { stage, meter } = site;
  const figures: Figure[] = [];
  for (const asked of requests) {
    const { etag } = await ask(stage.url + asked.path(0), asked.headers);
    const headers = { ...asked.headers, ...(asked.repeated && { 'if-none-match': etag }) };
    meter.read();
    // As many of one article as there are between two notes that it is read.
    const times = 16;
    let sent = 0;
    for (let time = 0; time < times; time++) {
      const answer = await ask(stage.url + asked.path(0), headers);
      sent = answer.headers + answer.body.length;
    }
    const units = meter.read();
    const [read, write] = [units.read / times, units.write / times];
    const dollars = databaseDollars(read, write) + perRequest() + (sent / 1000) * prices.perGbSent;
    figures.push(
      figure('cost', asked.what, 'read units', [read]),
      figure('cost', asked.what, 'write units', [write]),
      figure('cost', asked.what, 'bytes', [sent]),
      figure('cost', asked.what, 'USD a million', [dollars]),
    );
  }
  return [...figures, ...(await measurePublication(site))];
}

/** The sweep of a minute may fall into one of the three rounds: the median is without it. */
async function measurePublication({ stage, meter, publish }: BenchSite): Promise<Figure[]> {
  const figures: Figure[] = [];
  type Work = (round: number) => Promise<unknown>;
  const measure = async (what: string, work: Work, before?: Work) => {
    const costs: Record<'calls' | 'read units' | 'write units' | 'USD a million', number[]> = {
      ...{ calls: [], 'read units': [], 'write units': [], 'USD a million': [] },
    };
    for (let round = 0; round < 3; round++) {
      await before?.(round);
      meter.read();
      meter.takeCalls();
      await work(round);
      await stage.drained();
      const { read, write } = meter.read();
      const calls = meter.takeCalls().filter(({ operation }) => !/Stream|Shard|Records/.test(operation));
      costs.calls.push(calls.length);
      costs['read units'].push(read);
      costs['write units'].push(write);
      costs['USD a million'].push(databaseDollars(read, write));
    }
    for (const [unit, values] of Object.entries(costs)) figures.push(figure('cost', what, unit, values));
  };
  for (const kilobytes of [1, 5, 20])
    await measure(`publication of ${kilobytes} KB`, (round) =>
      publish(`costs-${kilobytes}-${round}`, round, new Date(), kilobytes),
    );
  await measure(
    'first poll of a feed after it',
    () => ask(`${stage.url}/rss.xml`),
    (round) => publish(`polled-${round}`, round),
  );
  await measure(
    'sweep after it',
    () => stage.fire('Sweep'),
    (round) => publish(`swept-${round}`, round),
  );
  return figures;
}

function databaseDollars(read: number, write: number): number {
  return read * prices.perMillionReadUnits + write * prices.perMillionWriteUnits;
}

/** The API and the function behind it, without DynamoDB. */
function perRequest(): number {
  const { memoryGb, milliseconds, logBytes } = assumed;
  return (
    prices.perMillionApiRequests +
    prices.perMillionInvocations +
    memoryGb * milliseconds * 1000 * prices.perGbSecond +
    (logBytes / 1000) * prices.perGbOfLogs
  );
}
