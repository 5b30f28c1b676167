import { textAsHtml } from '../article/body-writing.ts';
import { decodeReferences, hasTags, plainText, repaired } from './feed-html.ts';

export interface Feed {
  title: string;
  home?: string | undefined;
  self?: string | undefined;
  hub?: string | undefined;
  /** The document that goes on with what is older: `prev-archive` or `next` of RFC 5005, next_url of JSON Feed. */
  older?: string | undefined;
  generator?: string | undefined;
  items: FeedItem[];
  tombstones: Tombstone[];
  /** What was not understood or not taken, a sentence for each kind. */
  leftOut: string[];
}

/** Times are ISO 8601 in UTC with milliseconds, addresses absolute http(s). HTML is not cleaned, but its links are absolute. */
export interface FeedItem {
  guid?: string | undefined;
  link?: string | undefined;
  title: string;
  html?: string | undefined;
  summary?: string | undefined;
  authors: string[];
  publishedAt?: string | undefined;
  updatedAt?: string | undefined;
  labels: string[];
  picture?: { url: string; alt?: string | undefined } | undefined;
  enclosures: Enclosure[];
  /** Where upstream says that it has it from: the article there, or else the feed. */
  via?: string | undefined;
  language?: string | undefined;
  credit?: string | undefined;
}

/** As a format's reader gives it. */
export type RawItem = Omit<FeedItem, 'title'> & { title: string | undefined };
export type RawFeed = Omit<Feed, 'items' | 'leftOut'> & { items: RawItem[] };

export interface Enclosure {
  url: string;
  type?: string | undefined;
  /** Bytes. */
  length?: number | undefined;
}

export interface Tombstone {
  guid: string;
  at?: string | undefined;
}

/** A feed that cannot be read. The message is a sentence for the site's owner. */
export class InvalidFeedError extends Error {
  override name = 'InvalidFeedError';
}

/** Counts what is left out by its kind: a fault of all items is one sentence. */
export class LeftOut {
  private readonly kinds = new Map<string, { count: number; example: string }>();

  add(kind: string, example: string): void {
    const known = this.kinds.get(kind);
    if (known) known.count += 1;
    else this.kinds.set(kind, { count: 1, example: example.slice(0, 200) });
  }

  sentences(): string[] {
    return [...this.kinds].map(([kind, { count, example }]) => {
      const others = count > 1 ? ` and ${count - 1} more` : '';
      return `${kind}: ${JSON.stringify(example)}${others}`;
    });
  }
}

/** The newest, in the feed's order, chosen before they are read. Those without a time come last. */
export function newest<Item>(
  items: Item[],
  timeOf: (item: Item) => string | undefined,
  { leftOut, mostItems }: { leftOut: LeftOut; mostItems: number },
): Item[] {
  if (items.length <= mostItems) return items;
  const timed = items.map((item, at) => ({ at, time: timeOf(item) ?? '' }));
  timed.sort((one, other) => (one.time === other.time ? one.at - other.at : one.time < other.time ? 1 : -1));
  leftOut.add(`Items or removals beyond the ${mostItems} newest`, String(items.length - mostItems));
  const taken = new Set(timed.slice(0, mostItems).map(({ at }) => at));
  return items.filter((_, at) => taken.has(at));
}

/** An absolute http(s) address without a password in it. */
export function addressIn(written: string | undefined, base: string, leftOut: LeftOut): string | undefined {
  const trimmed = written?.trim();
  if (!trimmed) return undefined;
  const url = URL.canParse(trimmed, base) ? new URL(trimmed, base) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url.href;
  leftOut.add('An address that is not http or https, or has a password in it', trimmed);
  return undefined;
}

const longestLine = 2000;

/** One line of a format that leaves open whether it is plain text or HTML, as RSS 2.0 does. */
export function lineOf(text: string | undefined): string | undefined {
  const short = text?.slice(0, longestLine) ?? '';
  return oneLine(hasTags(short, /^(?:br|img|wbr)$/) ? plainText(short) : decodeReferences(short));
}

// What reorders a line, which no article's may have.
const deceptive = /[\u202A-\u202E\u2066-\u2069]/gu;
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** Undefined if there is nothing to see. */
export function oneLine(text: string | undefined): string | undefined {
  const line = repaired(text?.slice(0, longestLine) ?? '')
    .replace(deceptive, '')
    .replace(/\s+/g, ' ')
    .trim();
  return visible.test(line) ? line : undefined;
}

/** HTML of a format that leaves open whether it is plain text or HTML. */
export function blockOf(text: string | undefined): string | undefined {
  if (!text?.trim()) return undefined;
  return hasTags(text, /^(?:br|div|hr|img|li|p|td)$/) ? text : textAsHtml(decodeReferences(text));
}

/** Without those of the same letters. */
export function distinct(names: (string | undefined)[]): string[] {
  const first = new Map<string, string>();
  for (const name of names) if (name && !first.has(name.toLowerCase())) first.set(name.toLowerCase(), name);
  return [...first.values()];
}
