import { isDeepStrictEqual } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { labelName } from './names.ts';
import type { Found, State } from './state.ts';

const partSize = 100;
const mostInSitemap = 5_000;
const mostInMonth = 40_000;
const newsMilliseconds = 2 * 86_400_000;

/** The kept lists, unless a change still waits to be shown in them. */
export function checkDirectories(state: State): string[] {
  const waiting = state.change.some(({ parts }) => (parts.time ?? '') <= state.now);
  return waiting ? [] : state.directory.flatMap((found) => checkDirectory(found, state));
}

function checkDirectory({ key, parts, fields }: Found<'directory'>, state: State): string[] {
  const content = unpack(fields.packed);
  if (content === undefined) return [`The list does not unpack: ${key}`];
  // Its numbers are those of the last ranking.
  if (parts.list === 'mostRead') return [];
  const [kind = '', of = '', row = '1'] = (parts.list ?? '').split(' ');
  const expected = expectedOf(kind, of, { row: Number(row), zone: content.zone, state });
  const { since = '' } = kind === 'newsSitemap' ? lastDays(state) : {};
  const shown =
    kind === 'newsSitemap' ? content.filter((entry: NewsEntry) => entry.publishedAt >= since) : content;
  return isDeepStrictEqual(shown, JSON.parse(JSON.stringify(expected)))
    ? []
    : [`The list is not what the cards say: ${key}`];
}

type NewsEntry = { publishedAt: string };
interface Asked {
  row: number;
  zone: string;
  state: State;
}

function expectedOf(kind: string, of: string, { row, zone: kept, state }: Asked): unknown {
  const [zone = '', ...left] = (kept ?? '').split('\n');
  const all = visible(state, 'news');
  const monthOf = ({ publishedAt }: NewsEntry) => monthIn(zone, publishedAt);
  const news = all.filter(({ source, hasOriginal }) => !(hasOriginal && left.includes(source?.name ?? '')));
  const entries = news.map(({ slug, updatedAt }) => [slug, updatedAt]);
  if (kind === 'streams') return { zone: kept, streams: streamsOf(state) };
  if (kind === 'months') return { zone: kept, months: partsOf(state, of, zone) };
  if (kind === 'newsSitemap')
    return news
      .filter(({ publishedAt }) => publishedAt >= lastDays(state).since)
      .map(({ slug, title, publishedAt, language }) => ({ slug, title, publishedAt, language }));
  if (of === '')
    return all.length > mostInSitemap
      ? { zone: kept, months: [...new Set(all.map(monthOf))] }
      : { zone: kept, entries };
  const month = news
    .filter((card) => monthOf(card) === of)
    .slice(0, mostInMonth)
    .map(({ slug, updatedAt }) => [slug, updatedAt]);
  const end = row * 10_000;
  return { zone: kept, entries: month.slice(end - 10_000, end), more: month.length > end };
}

function lastDays({ now }: State) {
  return { since: new Date(Date.parse(now) - newsMilliseconds).toISOString() };
}

/** The cards of a stream, the newest first. */
function cardsOf({ card }: State, stream: string) {
  const place = ({ parts }: Found<'card'>) => `${parts.time}#${parts.slug}`;
  return card
    .filter(({ parts }) => parts.stream === stream)
    .sort((a, b) => (place(a) > place(b) ? -1 : 1))
    .map(({ fields }) => fields);
}

function visible(state: State, stream: string) {
  return cardsOf(state, stream).filter(({ publishedAt }) => publishedAt <= state.now);
}

function streamsOf(state: State) {
  const names = [...new Set(state.card.map(({ parts }) => parts.stream ?? ''))];
  return names
    .sort((a, b) => (a === 'news' ? -1 : b === 'news' ? 1 : Buffer.compare(Buffer.from(a), Buffer.from(b))))
    .flatMap((name) => {
      const [newest] = visible(state, name);
      if (!newest) return [];
      const { category, tags, source } = newest;
      const [kind, label = ''] = name.split(/\/(.*)/);
      const labels = { category: [category], tag: tags, source: [source?.name] }[kind as 'tag'] ?? [name];
      return [
        { name, label: labels.findLast((one) => one !== undefined && labelName(one) === (label || name)) },
      ];
    });
}

function partsOf(state: State, stream: string, zone: string) {
  const months: Record<string, string[]> = {};
  const counts: Record<string, number> = {};
  for (const { publishedAt, slug } of cardsOf(state, stream).reverse()) {
    const month = monthIn(zone, publishedAt);
    const before = counts[month] ?? 0;
    counts[month] = before + 1;
    if (before % partSize === 0) months[month] = [...(months[month] ?? []), `${publishedAt}#${slug}`];
  }
  return months;
}

function monthIn(timeZone: string, time: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(
    new Date(time),
  );
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}`;
}

// biome-ignore lint/suspicious/noExplicitAny: as different as the lists are
function unpack(packed: Uint8Array): any {
  try {
    return JSON.parse(brotliDecompressSync(packed).toString());
  } catch {
    return undefined;
  }
}
