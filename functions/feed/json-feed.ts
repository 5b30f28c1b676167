import { zonedTime } from '../article/calendar.ts';
import { type SiteContext, sharedImageOf, sourceOf } from '../article/site-context.ts';
import { type FeedContent, type FeedInput, feedContent } from './feed-content.ts';

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ */
export function renderJsonFeed(input: FeedInput, context: SiteContext): string {
  const { site } = context;
  const { title, pageUrl, feedUrl, olderUrl, hubs, entries } = feedContent(input, 'json', context);
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: pageUrl,
    feed_url: feedUrl,
    next_url: olderUrl,
    description: site.description,
    language: site.language,
    authors: [{ name: site.title, url: `${context.baseUrl}/` }],
    hubs: hubs.length > 0 ? hubs.map((url) => ({ type: 'WebSub', url })) : undefined,
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      external_url: entry.original,
      title: entry.title,
      summary: entry.summary,
      ...(entry.contentHtml === undefined
        ? { content_text: [entry.summary, entry.credit].filter(Boolean).join('\n\n') }
        : { content_html: entry.contentHtml }),
      image: sharedImageOf(entry, context)?.url,
      attachments: attachmentsOf(entry, context),
      date_published: zonedTime(entry.publishedAt, site.timeZone),
      date_modified: zonedTime(entry.updatedAt, site.timeZone),
      authors: entry.creators.length > 0 ? entry.creators : undefined,
      tags: entry.labels.map(({ label }) => label),
      language: entry.language,
      _newswire: { source: sourceOf(entry, context) },
    })),
  };
  return JSON.stringify(feed, undefined, 2);
}

/** The format asks for the type of each, which is not known of every image from elsewhere. */
function attachmentsOf(entry: FeedContent['entries'][number], context: SiteContext) {
  const { url, type, length } = sharedImageOf(entry, context) ?? {};
  return type ? [{ url, mime_type: type, size_in_bytes: length }] : undefined;
}
