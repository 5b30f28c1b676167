import { Feed } from 'feed';
import { feedFormats, feedStylesheetPath, streamPath } from '../article/addresses.ts';
import { zonedTime } from '../article/calendar.ts';
import { absoluteUrl, imageOf, type SiteContext, sourceFeedOf, sourceOf } from '../article/site-context.ts';
import { type FeedContent, type FeedStream, feedContent } from './feed-content.ts';
import { archiveMark, historyLinks } from './feed-history.ts';
import { buildXml, parseXml } from './xml.ts';

/** Atom 1.0, RFC 4287, with the tombstones of RFC 6721 and the history of RFC 5005. */
export function renderAtom(stream: FeedStream, context: SiteContext): string {
  const { site } = context;
  const content = feedContent(stream, 'atom', context);
  const { feed } = parseXml(skeleton(content).atom1());
  const { entry: entries = [], link: _, ...head } = feed;
  return buildXml({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    '?xml-stylesheet': { '@type': 'text/css', '@href': absoluteUrl(feedStylesheetPath, context) },
    feed: {
      ...head,
      '@xml:lang': site.language,
      '@xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
      ...archiveMark(content),
      title: content.title,
      subtitle: site.description,
      updated: zonedTime(content.updated, site.timeZone),
      author: { name: site.title },
      link: [
        { '@rel': 'self', '@type': feedFormats.atom.type, '@href': content.feedUrl },
        { '@rel': 'alternate', '@type': 'text/html', '@href': content.pageUrl },
        ...historyLinks(content),
        ...content.hubs.map((hub) => ({ '@rel': 'hub', '@href': hub })),
      ],
      entry: content.entries.map((entry, index) => ({ ...entries[index], ...entryFields(entry, context) })),
      'at:deleted-entry': content.tombstones.map(({ id, when }) => ({
        '@ref': id,
        '@when': zonedTime(when, site.timeZone),
      })),
    },
  });
}

// The package marks plain titles as HTML and re-encodes ids, so texts, ids and links are put in afterwards.
function skeleton({ id, title, updated, entries }: FeedContent): Feed {
  const feed = new Feed({
    id,
    title,
    generator: 'Newswire',
    updated: new Date(updated),
    copyright: '',
  });
  for (const { slug, url, updatedAt } of entries)
    feed.addItem({ title: slug, link: url, date: new Date(updatedAt) });
  return feed;
}

function entryFields(entry: FeedContent['entries'][number], context: SiteContext) {
  const { site } = context;
  const image = imageOf(entry, context);
  const source = sourceOf(entry, context);
  return {
    '@xml:lang': entry.language,
    title: entry.title,
    id: entry.id,
    link: [
      { '@rel': 'alternate', '@type': 'text/html', '@href': entry.url },
      ...(entry.source && source.url ? [{ '@rel': 'via', '@href': source.url, '@title': source.name }] : []),
      ...(image
        ? [{ '@rel': 'enclosure', '@type': image.type, '@length': image.length, '@href': image.url }]
        : []),
    ],
    updated: zonedTime(entry.updatedAt, site.timeZone),
    published: zonedTime(entry.publishedAt, site.timeZone),
    author: entry.authors.map((name) => ({ name })),
    category: [
      ...(entry.category ? [categoryOf('category', entry.category, context)] : []),
      ...entry.tags.map((tag) => categoryOf('tag', tag, context)),
    ],
    source: sourceFeed(entry, context),
    summary: entry.summary,
    content: entry.contentHtml === undefined ? undefined : { '@type': 'html', '#text': entry.contentHtml },
  };
}

// RFC 4287 §4.2.11: the feed that the entry was first in, as far as site.yaml knows it, at the time that the entry is of.
function sourceFeed(entry: FeedContent['entries'][number], context: SiteContext) {
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

function categoryOf(kind: string, label: string, context: SiteContext) {
  return { '@term': label, '@scheme': absoluteUrl(streamPath(kind), context) };
}
