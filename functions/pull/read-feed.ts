import { truncate } from '../article/text.ts';
import { findLinkedFeed, plainText } from './feed-html.ts';
import {
  type Feed,
  type FeedItem,
  InvalidFeedError,
  LeftOut,
  oneLine,
  type RawFeed,
  type RawItem,
} from './feed-item.ts';
import type { Reading } from './feed-modules.ts';
import { decodeFeed } from './feed-text.ts';
import { afterProlog, readXml } from './feed-xml.ts';
import { readAtom } from './read-atom.ts';
import { readJson } from './read-json.ts';
import { readRss } from './read-rss.ts';

/**
 * RSS 0.90 to 2.0 (RDF too), Atom 1.0, JSON Feed 1.0 and 1.1, ninjs 1 to 3, whatever `contentType` says. `url` is where the bytes came
 * from. Of more than `mostItems` items the newest are taken. Throws InvalidFeedError for what is no feed, or a feed that is not safe to read.
 */
export function readFeed(
  bytes: Uint8Array,
  {
    contentType,
    url,
    mostItems = 500,
    maxBytes = 8 * 2 ** 20,
  }: { contentType?: string | undefined; url: string; mostItems?: number; maxBytes?: number },
): Feed {
  if (bytes.length > maxBytes)
    throw new InvalidFeedError(`The feed is larger than ${maxBytes / 2 ** 20} MB.`);
  const source = decodeFeed(bytes, contentType).trim();
  const leftOut = new LeftOut();
  const { items, ...feed } = readFormat(source, { url, leftOut, mostItems });
  const titled = items.flatMap((item) => finished(item, leftOut));
  return { ...feed, items: withoutDoubles(titled, leftOut), leftOut: leftOut.sentences() };
}

function readFormat(source: string, reading: Reading): RawFeed {
  if (source === '') throw new InvalidFeedError('The feed is empty.');
  if (/^[{[]/.test(source)) return readJson(source, reading);
  if (!source.startsWith('<')) throw new InvalidFeedError('The address answers neither XML nor JSON.');
  if (/^<(?:!doctype\s+)?html\b/i.test(afterProlog(source))) throw webPage(source, reading.url);
  const root = readXml(source, reading.url);
  if (root.kind === 'rss' || root.kind === 'rdf:RDF') return readRss(root, reading);
  if (root.kind === 'atom:feed') return readAtom(root, reading);
  throw new InvalidFeedError(
    `The address answers XML that is no feed: its root is ${root.kind.slice(0, 100)}.`,
  );
}

function webPage(source: string, url: string): InvalidFeedError {
  const feed = findLinkedFeed(source, url);
  return new InvalidFeedError(
    `The address answers a web page, not a feed${feed ? `; the page names the feed ${feed}` : ''}.`,
  );
}

/** One without a title gets the beginning of its text as one. */
function finished(item: RawItem, leftOut: LeftOut): FeedItem[] {
  const { publishedAt, updatedAt } = item;
  const text = oneLine(plainText(item.html ?? item.summary ?? ''));
  const title = item.title ?? (text && truncate(text, 80));
  if (!title) leftOut.add('An item without title and text', item.guid ?? item.link ?? '');
  // A clock that runs wrong, or a time zone that was forgotten.
  const isEarlier = updatedAt !== undefined && publishedAt !== undefined && updatedAt < publishedAt;
  return !title ? [] : [{ ...item, title, updatedAt: isEarlier ? undefined : updatedAt }];
}

/** Of items with the same guid, or without one the same link, the newest: RFC 4287 §4.1.1. */
function withoutDoubles(items: FeedItem[], leftOut: LeftOut): FeedItem[] {
  const kept = new Map<string, FeedItem>();
  for (const [index, item] of items.entries()) {
    const key = item.guid ? `guid ${item.guid}` : `link ${item.link ?? index}`;
    const known = kept.get(key);
    if (known) leftOut.add('An item whose guid or link another has too', item.guid ?? item.link ?? '');
    if (!known || timeOf(item) > timeOf(known)) kept.set(key, item);
  }
  return [...kept.values()];
}

// Undated ones sort last.
function timeOf({ publishedAt, updatedAt }: FeedItem): string {
  return updatedAt ?? publishedAt ?? '';
}
