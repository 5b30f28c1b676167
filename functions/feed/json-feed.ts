import { zonedTime } from '../article/calendar.ts';
import { imageOf, type SiteContext, sourceOf } from '../article/site-context.ts';
import { type FeedInput, feedContent } from './feed-content.ts';

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
      title: entry.title,
      summary: entry.summary,
      ...(entry.contentHtml === undefined
        ? { content_text: entry.summary }
        : { content_html: entry.contentHtml }),
      image: imageOf(entry, context)?.url,
      date_published: zonedTime(entry.publishedAt, site.timeZone),
      date_modified: zonedTime(entry.updatedAt, site.timeZone),
      authors: entry.authors.length > 0 ? entry.authors.map((name) => ({ name })) : undefined,
      tags: entry.labels.map(({ label }) => label),
      language: entry.language,
      _newswire: { source: sourceOf(entry, context) },
    })),
  };
  return JSON.stringify(feed, undefined, 2);
}
