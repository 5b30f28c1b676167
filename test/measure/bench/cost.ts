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

async function measurePublication({ stage, meter, publish }: BenchSite): Promise<Figure[]> {
  const figures: Figure[] = [];
  const wanted = ['/rss.xml', '/category/sport/rss.xml', '/source/the-post/rss.xml', '/tag/tag-0/rss.xml'];
  for (const count of [0, wanted.length]) {
    if (count > 0) for (const path of wanted) await ask(stage.url + path);
    meter.read();
    meter.takeCalls();
    await publish(`costs-${count}`, 0);
    await stage.drained();
    const { read, write } = meter.read();
    const calls = meter.takeCalls().filter(({ operation }) => !/Stream|Shard|Records/.test(operation));
    const what = `publication, ${count} feeds wanted`;
    figures.push(
      figure('cost', what, 'calls', [calls.length]),
      figure('cost', what, 'read units', [read]),
      figure('cost', what, 'write units', [write]),
      figure('cost', what, 'USD a million', [databaseDollars(read, write)]),
    );
  }
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
