import { Feed } from 'feed';
import { feedStylesheetPath, streamPath } from '../article/addresses.ts';
import { rssGuid } from '../article/article.ts';
import { absoluteUrl, type SiteContext, sharedImageOf, sourceFeedOf } from '../article/site-context.ts';
import { type FeedContent, type FeedInput, feedContent } from './feed-content.ts';
import { buildXml, escapeAmpersands, escapeHtml, parseXml, type XmlObject } from './xml.ts';

type Entry = FeedContent['entries'][number];

/** RSS 2.0, https://www.rssboard.org/rss-specification, following https://www.rssboard.org/rss-profile. */
export function renderRss(input: FeedInput, context: SiteContext): string {
  const content = feedContent(input, 'rss', context);
  const { rss } = parseXml(write(content, context));
  const { item = [], 'atom:link': self, ...channel } = rss.channel;
  const items: XmlObject[] = [item].flat();
  const finished = {
    ...rss,
    '@xmlns:atom': 'http://www.w3.org/2005/Atom',
    '@xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    '@xmlns:media': 'http://search.yahoo.com/mrss/',
    channel: {
      ...channel,
      'fh:archive': content.isArchive
        ? { '@xmlns:fh': 'http://purl.org/syndication/history/1.0' }
        : undefined,
      'atom:link': [self, ...content.links.map(({ rel, url }) => ({ '@href': url, '@rel': rel }))],
      item: content.entries.map((entry, index) => finishItem(items[index], entry, context)),
    },
  };
  return buildXml({ rss: finished }, absoluteUrl(feedStylesheetPath, context));
}

/** What `feed` writes as the profile asks. */
function write(content: FeedContent, context: SiteContext): string {
  const { site } = context;
  const feed = new Feed({
    title: escapeAmpersands(content.title),
    description: escapeAmpersands(site.description),
    link: content.pageUrl,
    feedLinks: { rss: content.feedUrl },
    language: site.language,
    generator: 'Newswire',
    updated: new Date(content.updated),
  });
  for (const entry of content.entries) {
    const image = sharedImageOf(entry, context);
    feed.addItem({
      title: '',
      id: escapeAmpersands(rssGuid(entry)),
      link: entry.url,
      date: new Date(entry.publishedAt),
      category: entry.labels.map(({ kind, label }) => ({
        name: escapeAmpersands(label),
        domain: absoluteUrl(streamPath(kind), context),
      })),
      ...(image?.length !== undefined &&
        image.type && { enclosure: { url: image.url, length: image.length, type: image.type } }),
    });
  }
  return feed.rss2();
}

/**
 * Adds the texts and the elements that `feed` does not support. `feed` would put texts into CDATA, which two `]]>` break, and where
 * readers that decode references again spoil code examples.
 */
function finishItem(item: XmlObject | undefined, entry: Entry, context: SiteContext): XmlObject {
  const { source } = entry;
  const feed = sourceFeedOf(entry, context);
  const image = sharedImageOf(entry, context);
  return {
    title: entry.title,
    ...item,
    // Readers treat a description as HTML, so plain text is escaped once more.
    description: escapeHtml(entry.summary),
    'content:encoded': entry.contentHtml,
    'dc:creator': entry.creators.map(({ name }) => name),
    'dc:rights': entry.credit,
    'dc:language': entry.language,
    // RSS's source needs the address of a feed; dc:source names sources without one.
    source: source && feed ? { '@url': feed, '#text': source.name } : undefined,
    'dc:source': feed ? undefined : source?.name,
    'atom:link': entry.original
      ? { '@rel': 'via', '@href': entry.original, '@title': source?.name }
      : undefined,
    'media:content': image && {
      '@url': image.url,
      '@medium': 'image',
      '@type': image.type,
      '@fileSize': image.length,
      '@width': image.width,
      '@height': image.height,
      'media:description': image.alt && { '@type': 'plain', '#text': image.caption ?? image.alt },
      'media:credit': image.credit,
    },
  };
}
