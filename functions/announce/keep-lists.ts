import { monthBounds, monthOf, periodNames } from '../article/calendar.ts';
import type { NamedStream } from '../article/stream-name.ts';
import { newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import {
  inBatches,
  labelStreams,
  type MonthSitemap,
  type Months,
  partStarts,
  type Sitemap,
  type Streams,
  zoneOf,
} from '../feed/directories.ts';
import { partSize, readMonth, visibleMonths } from '../feed/months.ts';
import { type MostRead, readMostRead } from '../feed/most-read.ts';
import { entriesOf, readNewsEntries, readSitemap } from '../feed/sitemaps.ts';
import { type Position, readCards } from '../store/cards.ts';
import { type Directory, directoryNames, findDirectory, keepDirectory } from '../store/directories.ts';

/** Cards that are read together: a few megabytes. */
const pageSize = 5_000;
const entriesOfRow = 10_000;

/** When cards of a stream came, went or changed; undefined where all of it is to be looked at. */
export type ChangedStreams = Map<string, string[] | undefined>;

/**
 * Keeps the lists of these streams: their labels, and the months of each. Reads what there is now, so that to be told twice, late or of
 * nothing does no harm. False if another process has kept one of the lists meanwhile.
 */
export async function keepStreamLists(backend: Backend, changed: ChangedStreams): Promise<boolean> {
  const kept = await inBatches([...changed], ([stream, times]) => keepMonths(backend, stream, times));
  kept.push(await keepLabels(backend, [...changed.keys()]));
  return kept.every(Boolean);
}

/** Until every stream has been looked at there is no list, and none of this zone. */
async function keepLabels(backend: Backend, names: string[]): Promise<boolean> {
  const previous = await findConsistently<Streams>(backend, directoryNames.streams);
  return !previous || replaceLabels(backend, names, previous, previous.content.zone);
}

/** Keeps the list of all streams, all of which have been looked at. False if another process has kept it meanwhile. */
export async function keepAllLabels(backend: Backend, names: string[]): Promise<boolean> {
  const previous = await findConsistently<Streams>(backend, directoryNames.streams);
  return replaceLabels(backend, names, previous, zoneOf(backend.context.site));
}

async function replaceLabels(
  backend: Backend,
  names: string[],
  previous: Directory<Streams> | undefined,
  zone: string,
): Promise<boolean> {
  const labels = new Map(previous?.content.streams.map(({ name, label }) => [name, label]));
  for (const { name, label } of await labelStreams(backend, names, true))
    if (label === undefined) labels.delete(name);
    else labels.set(name, label);
  const streams = [...labels].map(([name, label]) => ({ name, label })).sort(byKey);
  return keepDirectory(backend.store, directoryNames.streams, { zone, streams }, previous);
}

/** All news first, then as DynamoDB orders keys: by their bytes. */
function byKey(one: NamedStream, other: NamedStream): number {
  if (one.name === newsStream || other.name === newsStream) return one.name === newsStream ? -1 : 1;
  return Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
}

/** A month is counted anew from the part on in which its oldest change lies: what is older has not moved. */
async function keepMonths(backend: Backend, stream: string, times: string[] | undefined): Promise<boolean> {
  const { store, context } = backend;
  const zone = context.site.timeZone;
  const list = directoryNames.months(stream);
  const previous = await findConsistently<Months>(backend, list);
  const known =
    previous?.content.zone === zoneOf(context.site) && times ? previous.content.months : undefined;
  const months = known ? { ...known } : await countAll(backend, stream);
  for (const [month, oldest] of known && times ? oldestByMonth(times, zone) : []) {
    const unmoved = (months[month] ?? []).filter((start) => start < oldest);
    const { since, upTo } = monthBounds(month, zone);
    const from = unmoved.at(-1) ?? since;
    const starts = [...unmoved.slice(0, -1), ...(await readStarts(backend, stream, { since: from, upTo }))];
    if (starts.length > 0) months[month] = starts;
    else delete months[month];
  }
  const sorted = Object.fromEntries(Object.entries(months).sort(([one], [other]) => (one < other ? -1 : 1)));
  // A stream that nothing is left of gets no row: its name may have been erased.
  if (!previous && Object.keys(sorted).length === 0) return true;
  return keepDirectory(store, list, { zone: zoneOf(context.site), months: sorted }, previous);
}

/** The oldest change of each month. */
function oldestByMonth(times: string[], zone: string): Map<string, string> {
  const oldest = new Map<string, string>();
  for (const time of times.toSorted().reverse()) oldest.set(monthOf(time, zone), time);
  return oldest;
}

async function countAll(backend: Backend, stream: string): Promise<Months['months']> {
  const zone = backend.context.site.timeZone;
  const months: Months['months'] = {};
  for (let upTo = '9999-12-31T23:59:59.999Z'; ; ) {
    const [newest] = await readCards(backend.store, { stream, upTo, limit: 1, consistent: true });
    if (!newest) return months;
    const month = monthOf(newest.publishedAt, zone);
    const { since } = monthBounds(month, zone);
    months[month] = await readStarts(backend, stream, { since, upTo });
    upTo = new Date(Date.parse(since) - 1).toISOString();
  }
}

/** Where parts begin, counted from the oldest card of this time or place on; what is under embargo included. */
async function readStarts(
  { store }: Backend,
  stream: string,
  range: { since: string; upTo: string },
): Promise<Position[]> {
  const cards = [];
  for (let before: Position | undefined; ; ) {
    const page = await readCards(store, { stream, ...range, before, limit: pageSize, consistent: true });
    cards.push(...page.map(({ slug, publishedAt }) => ({ slug, publishedAt })));
    if (page.length < pageSize) return partStarts(cards, partSize);
    before = `${page.at(-1)?.publishedAt}#${page.at(-1)?.slug}`;
  }
}

/** Keeps the sitemaps that list articles of these times. False if another process has kept one of them meanwhile. */
export async function keepSitemaps(backend: Backend, times: string[]): Promise<boolean> {
  const zone = backend.context.site.timeZone;
  const months = new Set(times.map((time) => monthOf(time, zone)));
  const kept: boolean[] = [];
  for (const month of months) kept.push(await keepMonthSitemap(backend, month));
  const news = await findConsistently(backend, directoryNames.newsSitemap);
  const entries = await readNewsEntries(backend, true);
  kept.push(await keepDirectory(backend.store, directoryNames.newsSitemap, entries, news));
  const whole = await findConsistently<Sitemap>(backend, directoryNames.sitemap);
  kept.push(await keepDirectory(backend.store, directoryNames.sitemap, await currentSitemap(backend), whole));
  return kept.every(Boolean);
}

/** Of a site whose full parts alone are too many for one sitemap no card is read. */
async function currentSitemap(backend: Backend): Promise<Sitemap> {
  const news = await findConsistently<Months>(backend, directoryNames.months(newsStream));
  const zone = zoneOf(backend.context.site);
  if (news?.content.zone !== zone) return readSitemap(backend, true);
  const full = Object.values(news.content.months).reduce((sum, starts) => sum + starts.length - 1, 0);
  return full * partSize > 5_000
    ? { zone, months: visibleMonths(news.content, backend.now()) }
    : readSitemap(backend, true);
}

async function keepMonthSitemap(backend: Backend, month: string): Promise<boolean> {
  const zone = zoneOf(backend.context.site);
  const rows = [];
  for (let row = 1; row === 1 || rows.at(-1)?.content.more; row++)
    rows.push(await findConsistently<MonthSitemap>(backend, directoryNames.monthSitemap(month, row)));
  const entries = entriesOf(await readMonth(backend, newsStream, month, true), backend);
  const kept: boolean[] = [];
  for (let row = 1; row === 1 || (row - 1) * entriesOfRow < entries.length; row++) {
    const content = {
      zone,
      entries: entries.slice((row - 1) * entriesOfRow, row * entriesOfRow),
      more: row * entriesOfRow < entries.length,
    };
    const list = directoryNames.monthSitemap(month, row);
    kept.push(
      await keepDirectory(
        backend.store,
        list,
        content,
        rows[row - 1] ?? (await findConsistently(backend, list)),
      ),
    );
  }
  return kept.every(Boolean);
}

/** Keeps what is shown of the rankings, once there are any. */
export async function keepMostRead(backend: Backend): Promise<void> {
  const previous = await findConsistently<MostRead>(backend, directoryNames.mostRead);
  const mostRead = await readMostRead(backend, periodNames);
  const isEmpty = Object.values(mostRead).every(({ cards }) => cards.length === 0);
  if (previous || !isEmpty) await keepDirectory(backend.store, directoryNames.mostRead, mostRead, previous);
}

function findConsistently<Content>({ store }: Backend, list: string) {
  return findDirectory<Content>(store, list, { ConsistentRead: true });
}
