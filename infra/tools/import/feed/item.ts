import { bodyOf } from '../../../../functions/pull/article-of-item.ts';
import { plainText } from '../../../../functions/pull/feed-html.ts';
import type { FeedItem } from '../../../../functions/pull/feed-item.ts';
import { fitFields } from '../fit-fields.ts';
import type { OldArticle } from '../old-site.ts';
import { slugInAddress } from '../slug-in-address.ts';

// What plugins of WordPress put below the text of each item, for those who copy feeds.
const appeared =
  /<p>The post <a [^>]{1,2000}>[^<]{0,1000}<\/a> (?:appeared first on|first appeared on) <a [^>]{1,2000}>[^<]{0,1000}<\/a>\.<\/p>\s*$/;

/** As the site's own: it names no source. `place` is the feed's document. */
export function articleOf(item: FeedItem, place: string): OldArticle {
  const { guid, link, publishedAt, updatedAt, labels } = item;
  const date = publishedAt ?? updatedAt;
  const { html } = bodyOf(item, { show: 'full', pixels: 'drop' });
  const { fields, notes } = fitFields({
    title: item.title,
    html: html?.replace(appeared, ''),
    summary: item.html && item.summary && !isBeginning(item.summary, item.html) ? item.summary : undefined,
    publishedAt: date,
    updatedAt,
    authors: item.authors,
    categories: labels.slice(0, 1),
    tags: labels.slice(1),
    image: item.picture,
    language: item.language,
    // What readers take for it where a feed says none.
    guid: guid ?? link,
    draft: date === undefined || undefined,
  });
  return {
    kind: 'article',
    place: link ?? guid ?? place,
    slug: link && slugInAddress(link),
    addresses: [...new Set([link, isAddressBeside(guid, link) ? guid : undefined])].filter(
      (one) => one !== undefined,
    ),
    fields,
    notes: [
      ...(date === undefined ? ['a draft: the feed tells no date of it that is certain, with a zone'] : []),
      ...notes,
    ],
  };
}

/** WordPress’s are: /?p=12 leads to the article. */
function isAddressBeside(guid: string | undefined, link: string | undefined): boolean {
  return (
    guid !== undefined &&
    link !== undefined &&
    URL.canParse(guid) &&
    new URL(guid).host === new URL(link).host
  );
}

/** Whether a program cut it off the text: the site does that itself. */
function isBeginning(summary: string, html: string): boolean {
  const start = summary.replace(/\s*(?:\[?(?:…|\.\.\.)\]?|The post ).*$/s, '');
  return plainText(html.slice(0, 50_000)).startsWith(start);
}
