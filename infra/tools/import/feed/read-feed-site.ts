import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, openSync, unlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidFeedError } from '../../../../functions/pull/feed-item.ts';
import { readFeed } from '../../../../functions/pull/read-feed.ts';
import { CommandError } from '../../command.ts';
import type { LeftOut, OldEntry, OldSite, ReadOptions } from '../old-site.ts';
import { type Page, readHistory } from './history.ts';
import { articleOf } from './item.ts';

// Relative links of a file lead nowhere where nobody says where it is from.
const nowhere = 'https://feed.invalid/';
const maxBytes = 200_000_000;

export function isFeedAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** Whether a file that begins with these characters is RSS, Atom or JSON Feed, and no export of WordPress. */
export function isFeedFile(start: string): boolean {
  const isJson = /^\s*\{/.test(start) && /jsonfeed\.org\\?\/version\\?\/1/.test(start);
  return isJson || (/<(?:rss|feed|rdf:RDF)[\s>]/i.test(start) && !start.includes('wordpress.org/export/'));
}

/**
 * A feed in a file, or at an address with all of its history. That is asked for once, and kept in a file. Throws
 * CommandError if nothing can be read.
 */
export async function readFeedSite(place: string, { home, network }: ReadOptions): Promise<OldSite> {
  const fd = unnamedFile();
  const site: OldSite = {
    system: 'a feed',
    home,
    async *entries() {
      for await (const line of createInterface({
        input: createReadStream('', { fd, start: 0, autoClose: false }),
        crlfDelay: Infinity,
      }))
        yield JSON.parse(line);
    },
  };
  const lines = async function* () {
    const known = new Set<string>();
    for await (const page of isFeedAddress(place)
      ? readHistory(place, network)
      : [await readFeedFile(place, home)]) {
      // The whole host: a channel's link is often that of a list.
      const from = typeof page.feed === 'string' ? undefined : (page.feed.home ?? page.feed.self ?? page.url);
      if (from !== undefined && isFeedAddress(from)) site.home ??= new URL('/', from).href;
      for (const entry of entriesOf(page, known)) yield `${JSON.stringify(entry)}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream('', { fd, autoClose: false }));
  return site;
}

/** Without items that a newer page has. */
function* entriesOf({ url, feed }: Page, known: Set<string>): Generator<OldEntry> {
  const leftOut = (what: string, reason: string): LeftOut => ({ kind: 'left-out', place: url, what, reason });
  if (typeof feed === 'string') {
    yield leftOut('a page of the feed', feed);
    return;
  }
  for (const item of feed.items) {
    const key = item.guid ?? item.link ?? `${url} ${item.title}`;
    if (known.has(key)) continue;
    known.add(key);
    yield articleOf(item, url);
  }
  for (const sentence of feed.leftOut) yield leftOut('of the feed', sentence);
}

async function readFeedFile(file: string, home: string | undefined): Promise<Page> {
  const bytes = await readFile(file);
  const read = (url: string) => readFeed(bytes, { url, mostItems: Number.POSITIVE_INFINITY, maxBytes });
  try {
    const feed = read(home ?? nowhere);
    const from = feed.self ?? feed.home;
    return { url: file, feed: home === undefined && from !== undefined ? read(from) : feed };
  } catch (error) {
    throw error instanceof InvalidFeedError ? new CommandError(`${file}: ${error.message}`) : error;
  }
}

/** A file without a name: it is gone when the program ends, however it ends. */
function unnamedFile(): number {
  const path = join(tmpdir(), `newswire-feed-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}
