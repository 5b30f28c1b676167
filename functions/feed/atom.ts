import { Feed } from 'feed';
import { feedFormats, feedStylesheetPath, streamPath } from '../article/addresses.ts';
import { zonedTime } from '../article/calendar.ts';
import { absoluteUrl, type SiteContext, sharedImageOf, sourceFeedOf } from '../article/site-context.ts';
import { type FeedContent, type FeedInput, feedContent } from './feed-content.ts';
import { buildXml, escapeAmpersands, parseXml, type XmlObject } from './xml.ts';

type Entry = FeedContent['entries'][number];

/** Atom 1.0 (RFC 4287) with tombstones (RFC 6721) and history (RFC 5005). */
export function renderAtom(input: FeedInput, context: SiteContext): string {
  const { site } = context;
  const content = feedContent(input, 'atom', context);
  const { tombstones } = content;
  const { entry = [], link, ...head } = parseXml(write(content, context)).feed;
  const entries: XmlObject[] = [entry].flat();
  const finished = {
    ...head,
    '@xml:lang': site.language,
    '@xmlns:at': tombstones.length > 0 ? 'http://purl.org/atompub/tombstones/1.0' : undefined,
    'fh:archive': content.isArchive ? { '@xmlns:fh': 'http://purl.org/syndication/history/1.0' } : undefined,
    link: [...link.map(typed), ...content.links.map(({ rel, url }) => ({ '@rel': rel, '@href': url }))],
    // In RFC 4287's schema, elements of other namespaces come before the entries.
    'at:deleted-entry': tombstones.map(({ id, when }) => ({
      '@ref': id,
      '@when': zonedTime(when, site.timeZone),
    })),
    entry: content.entries.map((entry, index) => finishEntry(entries[index], entry, context)),
  };
  return buildXml({ feed: finished }, absoluteUrl(feedStylesheetPath, context));
}

/** What `feed` writes as we want it. */
function write(content: FeedContent, { site }: SiteContext): string {
  const date = (iso: string) =>
    // `feed` calls this method to write a date; ours are in the site's time zone.
    Object.assign(new Date(iso), { toISOString: () => zonedTime(iso, site.timeZone) });
  const feed = new Feed({
    id: content.id,
    title: escapeAmpersands(content.title),
    description: escapeAmpersands(site.description),
    author: { name: escapeAmpersands(site.title) },
    link: content.pageUrl,
    feedLinks: { atom: content.feedUrl },
    generator: 'Newswire',
    updated: date(content.updated),
  });
  for (const entry of content.entries)
    feed.addItem({
      title: '',
      link: entry.url,
      date: date(entry.updatedAt),
      published: date(entry.publishedAt),
    });
  return feed.atom1();
}

/**
 * Replaces what `feed` gets wrong, and adds what it does not support. It puts texts into CDATA as HTML, re-encodes ids, leaves a
 * `<` in categories and guesses an enclosure's type.
 */
function finishEntry(written: XmlObject | undefined, entry: Entry, context: SiteContext): XmlObject {
  const image = sharedImageOf(entry, context);
  return {
    ...written,
    '@xml:lang': entry.language,
    author: entry.creators.map(({ name, url }) => ({ name, uri: url })),
    title: entry.title,
    id: entry.id,
    link: [
      typed(written?.link),
      ...(entry.original ? [{ '@rel': 'via', '@href': entry.original, '@title': entry.source?.name }] : []),
      ...(image
        ? [{ '@rel': 'enclosure', '@type': image.type, '@length': image.length, '@href': image.url }]
        : []),
    ],
    category: entry.labels.map(({ kind, label }) => ({
      '@term': label,
      '@scheme': absoluteUrl(streamPath(kind), context),
    })),
    rights: entry.credit,
    source: sourceFeed(entry, context),
    summary: entry.summary,
    content: entry.contentHtml === undefined ? undefined : { '@type': 'html', '#text': entry.contentHtml },
  };
}

function typed(link: XmlObject | undefined): XmlObject {
  const type = link?.['@rel'] === 'self' ? feedFormats.atom.type : 'text/html';
  return { '@rel': 'alternate', '@type': type, ...link };
}

// RFC 4287 §4.2.11: the feed that first published the entry, if site.yaml names it. Its time is the entry's.
function sourceFeed(entry: Entry, context: SiteContext): XmlObject | undefined {
  const feed = sourceFeedOf(entry, context);
  return feed
    ? {
        id: feed,
        title: entry.source?.name,
        updated: zonedTime(entry.updatedAt, context.site.timeZone),
        link: { '@rel': 'self', '@href': feed },
      }
    : undefined;
}
