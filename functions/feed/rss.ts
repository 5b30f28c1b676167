import { Feed } from 'feed';
import { feedFormats, feedStylesheetPath, streamPath } from '../article/addresses.ts';
import { absoluteUrl, imageOf, type SiteContext, sourceFeedOf, sourceOf } from '../article/site-context.ts';
import { type FeedContent, type FeedStream, feedContent } from './feed-content.ts';
import { archiveMark, historyLinks } from './feed-history.ts';
import { buildXml, parseXml } from './xml.ts';

/** RSS 2.0, https://www.rssboard.org/rss-specification, by the profile of the same board. */
export function renderRss(stream: FeedStream, context: SiteContext): string {
  const { site } = context;
  const content = feedContent(stream, 'rss', context);
  const feed = skeleton(content, context);
  const { rss } = parseXml(feed.rss2());
  const { item: items = [], ...channel } = rss.channel;
  return buildXml({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    '?xml-stylesheet': { '@type': 'text/css', '@href': absoluteUrl(feedStylesheetPath, context) },
    rss: {
      '@version': '2.0',
      '@xmlns:atom': 'http://www.w3.org/2005/Atom',
      '@xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
      '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      '@xmlns:media': 'http://search.yahoo.com/mrss/',
      channel: {
        ...channel,
        title: content.title,
        description: site.description,
        ...archiveMark(content),
        'atom:link': [
          { '@href': content.feedUrl, '@rel': 'self', '@type': feedFormats.rss.type },
          ...historyLinks(content),
          ...content.hubs.map((hub) => ({ '@href': hub, '@rel': 'hub' })),
        ],
        item: content.entries.map((entry, index) => ({ ...items[index], ...itemFields(entry, context) })),
      },
    },
  });
}

// The package writes texts into CDATA that a second `]]>` ends early, so the texts are put in afterwards.
function skeleton(
  { id, title, pageUrl, feedUrl, updated, entries }: FeedContent,
  { site }: SiteContext,
): Feed {
  const feed = new Feed({
    id,
    title,
    link: pageUrl,
    feedLinks: { rss: feedUrl },
    language: site.language,
    generator: 'Newswire',
    updated: new Date(updated),
    copyright: '',
  });
  for (const { id, slug, url, publishedAt } of entries)
    feed.addItem({ id, title: slug, link: url, date: new Date(publishedAt) });
  return feed;
}

function itemFields(entry: FeedContent['entries'][number], context: SiteContext) {
  const source = entry.source && sourceOf(entry, context);
  const feed = sourceFeedOf(entry, context);
  const image = imageOf(entry, context);
  const labels: [string, string][] = [
    ...(entry.category ? [['category', entry.category] as [string, string]] : []),
    ...entry.tags.map((tag): [string, string] => ['tag', tag]),
  ];
  return {
    title: entry.title,
    guid: { '@isPermaLink': 'false', '#text': entry.id },
    'dc:creator': entry.authors,
    'dc:language': entry.language,
    category: labels.map(([kind, label]) => ({
      '@domain': absoluteUrl(streamPath(kind), context),
      '#text': label,
    })),
    // Names the feed that an item comes from; a source without one is credited by other means.
    source: source && feed ? { '@url': feed, '#text': source.name } : undefined,
    'dc:source': feed ? undefined : source?.name,
    'atom:link': source?.url ? { '@rel': 'via', '@href': source.url, '@title': source.name } : undefined,
    // Readers take a description for HTML, so that a plain text has to be written as such.
    description: escapeHtml(entry.summary),
    'content:encoded': entry.contentHtml,
    enclosure:
      image?.length !== undefined && image.type
        ? { '@url': image.url, '@length': image.length, '@type': image.type }
        : undefined,
    'media:content': image && {
      '@url': image.url,
      '@medium': 'image',
      '@type': image.type,
      '@fileSize': image.length,
      '@width': image.width,
      '@height': image.height,
      'media:description': image.alt && { '@type': 'plain', '#text': image.alt },
    },
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
