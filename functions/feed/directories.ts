import type { Card } from '../article/article.ts';
import { correctionsStream, ownWords } from '../article/corrections.ts';
import type { Site } from '../article/site.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import { type Position, positionOf, readCards } from '../store/cards.ts';
import { directoryNames, findDirectory } from '../store/directories.ts';
import { readStreams } from '../store/streams.ts';
import type { Backend } from './backend.ts';
import { findLabel } from './stream-cards.ts';

/** Streams that are looked at together. */
const atOnce = 25;

/** Of a list that divides articles by month, or leaves some to their originals. */
interface Zoned {
  /** As `zoneOf` tells it: under other settings the list is another one. */
  zone: string;
}

/** The months of a stream, each with the place of the oldest card of each of its archive documents; what is under embargo included. */
export interface Months extends Zoned {
  months: Record<string, Position[]>;
}

/** Those that show an article, `news` first. The zone is that of the months which were counted when all streams were last looked at. */
export interface Streams extends Zoned {
  streams: NamedStream[];
}

/** Slug and time of the last change of articles, the newest article first. */
export type SitemapEntries = [slug: string, updatedAt: string][];

/** A month's articles, cut into rows; `more` tells of another. */
export interface MonthSitemap extends Zoned {
  entries: SitemapEntries;
  more: boolean;
}

/** All articles, or where they are too many for one sitemap the months that have any, the newest first. */
export interface Sitemap extends Zoned {
  entries?: SitemapEntries;
  months?: string[];
}

export type NewsEntry = Pick<Card, 'slug' | 'title' | 'publishedAt' | 'language'>;

/** The site's zone, by whose months lists are kept; with the sources whose articles are in no sitemap. */
export function zoneOf({ timeZone, sources }: Pick<Site, 'timeZone' | 'sources'>): string {
  const left = sources.filter(({ canonical }) => canonical === 'original').map(({ name }) => name);
  return [timeZone, ...left].join('\n');
}

/** A list that is kept by the months of the site's zone; undefined where it is missing, or was kept by those of another zone. */
export async function findZoned<Content extends Zoned>(
  { store, context }: Backend,
  list: string,
): Promise<Content | undefined> {
  const kept = await findDirectory<Content>(store, list);
  return kept?.content.zone === zoneOf(context.site) ? kept.content : undefined;
}

/** The streams that show an article, `news` first, each labelled as its newest article writes it; at most two minutes old. */
export async function findVisibleStreams(backend: Backend): Promise<NamedStream[]> {
  const { store, context, now } = backend;
  const kept = await findDirectory<Streams>(store, directoryNames.streams);
  const streams =
    kept?.content.streams ??
    (await labelStreams(backend, [newsStream, ...(await readStreams(store, now()))])).flatMap(
      ({ name, label }) => (label === undefined ? [] : [{ name, label }]),
    );
  const own: Record<string, string> = {
    [newsStream]: context.site.title,
    [correctionsStream]: ownWords(context.site).title,
  };
  return streams.map(({ name, label }) => ({ name, label: own[name] ?? label }));
}

/** The label of each of these streams; undefined for one that shows no article. */
export async function labelStreams(
  { store, now }: Backend,
  names: string[],
  consistent = false,
): Promise<{ name: string; label: string | undefined }[]> {
  const upTo = now();
  return inBatches(names, async (name) => {
    const [newest] = await readCards(store, { stream: name, upTo, limit: 1, consistent });
    return { name, label: newest && ((await findLabel(store, name, newest, upTo)) ?? name) };
  });
}

/** Where the archive documents of these cards, given the newest first, begin: with every hundredth from the oldest on. */
export function partStarts(cards: Pick<Card, 'slug' | 'publishedAt'>[], partSize: number): Position[] {
  return cards
    .toReversed()
    .filter((_, index) => index % partSize === 0)
    .map(positionOf);
}

/** The results in the order of what they are of; so many at a time. */
export async function inBatches<Of, Result>(
  all: Of[],
  work: (one: Of) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < all.length; start += atOnce)
    results.push(...(await Promise.all(all.slice(start, start + atOnce).map(work))));
  return results;
}
