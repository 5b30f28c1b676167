import { Readable } from 'node:stream';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import { parseFeed as parseByRowan } from '@rowanmanning/feed-parser';
import FeedParser from 'feedparser';
import { parseFeed as parseByFeedsmith } from 'feedsmith';
import RssParser from 'rss-parser';

/** What a reader makes of an entry; what it does not tell, or tells in its own way, is left out. */
export interface ReadEntry {
  title: string;
  link: string;
  id: string;
  /** ISO 8601 in UTC with milliseconds. */
  published?: string;
  updated?: string;
  content?: string;
  image?: string;
}

interface Read {
  title: string;
  entries: ReadEntry[];
}

interface Reader {
  name: string;
  read(text: string, url: string): Read | Promise<Read>;
}

type Format = 'rss' | 'atom' | 'json';

// biome-ignore lint/suspicious/noExplicitAny: each library has a shape of its own, that a test compares as a whole
type Any = any;

const feedparser: Reader = {
  name: 'feedparser',
  async read(text, url) {
    const items: Any[] = [];
    for await (const item of Readable.from([text]).pipe(new FeedParser({ feedurl: url }))) items.push(item);
    return {
      title: items[0].meta.title,
      entries: items.map((item) => ({
        // It takes tags out of its titles; this is how it read them.
        title: (item['rss:title'] ?? item['atom:title'])['#'],
        ...{ link: item.link, id: item.guid, content: item.description },
        published: item.pubdate.toISOString(),
        ...imageAt(item.enclosures[0]?.url),
      })),
    };
  },
};

const rssParser: Reader = {
  name: 'rss-parser',
  async read(text) {
    const { title, items }: Any = await new RssParser().parseString(text);
    const entries = items.map((item: Any) => ({
      ...{ title: item.title, link: item.link, id: item.guid ?? item.id, published: item.isoDate },
      content: item['content:encoded'] ?? item.content,
    }));
    return { title, entries };
  },
};

const rowan: Reader = {
  name: '@rowanmanning/feed-parser',
  read(text) {
    const { title, items }: Any = parseByRowan(text);
    const entries = items.map(({ title, url, id, published, content, media }: Any) => ({
      ...{ title, link: url, id, content },
      published: published.toISOString(),
      ...imageAt(media[0]?.url),
    }));
    return { title, entries };
  },
};

const feedsmith: Reader = {
  name: 'feedsmith',
  read(text) {
    const { format, feed }: Any = parseByFeedsmith(text);
    const entries = (feed.items ?? feed.entries).map(feedsmithEntries[format as Format]);
    return { title: feed.title.value ?? feed.title, entries };
  },
};

const feedsmithEntries: Record<Format, (entry: Any) => ReadEntry> = {
  rss: ({ title, link, guid, pubDate, content, media }) => ({
    ...{ title, link, id: guid.value, published: iso(pubDate), content: content.encoded },
    ...imageAt(media?.contents[0].url),
  }),
  atom: ({ title, links, id, published, updated, content }) => ({
    ...{ title: title.value, link: links.find(({ rel }: Any) => rel === 'alternate').href, id },
    ...{ published: iso(published), updated: iso(updated), content: content.value },
  }),
  json: ({ title, url, id, date_published, date_modified, content_html }) => ({
    ...{
      title,
      link: url,
      id,
      published: iso(date_published),
      updated: iso(date_modified),
      content: content_html,
    },
  }),
};

const extractus: Reader = {
  name: '@extractus/feed-extractor',
  read(text) {
    const isJson = text.startsWith('{');
    const found: Any = isJson ? extractFromJson(JSON.parse(text)) : extractFromXml(text);
    // Of Atom it gives the updated as the time of publication.
    const time = text.includes('<updated>') ? 'updated' : 'published';
    const entries = found.entries.map(({ title, link, id, published }: Any) => ({
      title,
      link,
      id,
      [time]: published,
    }));
    return { title: found.title, entries };
  },
};

function imageAt(url: string | undefined): { image?: string } {
  return url === undefined ? {} : { image: url };
}

function iso(date: string): string {
  return new Date(date).toISOString();
}

/** The readers of each format. */
export const npmReaders: Record<Format, Reader[]> = {
  rss: [feedparser, rssParser, rowan, feedsmith, extractus],
  atom: [feedparser, rssParser, rowan, feedsmith, extractus],
  json: [feedsmith, extractus],
};
