import { distinct } from '../../../../functions/pull/feed-item.ts';
import { childrenOf, textIn, type XmlElement } from '../../../../functions/pull/feed-xml.ts';
import { fitFields } from '../fit-fields.ts';
import type { OldArticle } from '../old-site.ts';
import type { PostDates } from './post-dates.ts';
import { labelsOf } from './post-labels.ts';
import { metaOf, metasOf, type SiteFacts } from './site-facts.ts';
import { textOfPost } from './text-of-post.ts';

// Of the plugins and themes that count most sites' readers.
const counters =
  'views post_views_count _post_views post_views wpb_post_views_count _count-views_all entry_views tie_views pageviews'.split(
    ' ',
  );
/** A post as an article of ours. */
export function articleOfPost(
  item: XmlElement,
  dates: PostDates,
  facts: SiteFacts,
  place: string,
): OldArticle {
  const text = (kind: string) => textIn(item, kind);
  const id = text('wp:post_id') ?? '';
  const status = text('wp:status') ?? 'publish';
  const hasPassword = text('wp:post_password') !== undefined;
  const isPublic = /^(?:publish|future)$/.test(status) && !hasPassword;
  const body = textOfPost(text('content:encoded') ?? '', { id, facts, footnotes: metaOf(item, 'footnotes') });
  const { others, ...labels } = labelsOf(item, facts);
  const picture = facts.attachments.get(metaOf(item, '_thumbnail_id') ?? '');
  const views = metasOf(item, ...counters)
    .map(Number)
    .filter((count) => Number.isSafeInteger(count) && count >= 0);
  const { fields, notes } = fitFields({
    title: text('title'),
    html: body.html,
    summary: text('excerpt:encoded'),
    publishedAt: dates.isFloating && !isPublic ? undefined : dates.publishedAt,
    updatedAt: dates.updatedAt,
    authors: authorsOf(item, facts),
    ...labels,
    image: picture && { url: picture.url, alt: picture.alt, caption: picture.caption },
    guid: text('guid'),
    views: views.length > 0 ? Math.max(...views) : undefined,
    draft: isPublic ? undefined : true,
  });
  return {
    kind: 'article',
    place,
    slug: decoded(text('wp:post_name')),
    addresses: addressesOf(item, { id, home: facts.home, pages: body.pages }),
    fields,
    notes: [
      ...notes,
      ...body.notes,
      ...others.map((other) => `the label ${other} is left out`),
      ...(hasPassword ? ['it was behind a password: it is a draft'] : []),
      ...(isPublic || hasPassword || status === 'draft' ? [] : [noteOn(status)]),
      ...(text('wp:is_sticky') === '1' ? ['it stood above all others: articles have no fixed place'] : []),
      ...(metaOf(item, '_thumbnail_id') && !picture ? ['its lead picture is not in the export'] : []),
    ],
  };
}

function noteOn(status: string): string {
  const known = new Map([
    ['pending', 'it waited for a review'],
    ['private', 'it was private'],
  ]);
  return `${known.get(status) ?? `its status "${status}" is unknown`}: it is a draft`;
}

/** Those that a plugin for several authors names, or else the one of WordPress. */
function authorsOf(item: XmlElement, { authors }: SiteFacts): string[] {
  const named = childrenOf(item, 'category')
    .filter(({ attributes }) => attributes.domain === 'author')
    .map((element) => {
      const name = element.content.join('').trim();
      return (
        authors.get(name) ?? authors.get((element.attributes.nicename ?? '').replace(/^cap-/, '')) ?? name
      );
    });
  const login = textIn(item, 'dc:creator') ?? '';
  return named.length > 0 ? named : [authors.get(login) ?? login];
}

function addressesOf(
  item: XmlElement,
  { id, home, pages }: { id: string; home: string; pages: number },
): string[] {
  const link = textIn(item, 'link');
  const name = textIn(item, 'wp:post_name');
  const guid = textIn(item, 'guid') ?? '';
  const bare = (url: string) => url.replace(/^https?:\/\/(?:www\.)?/, '');
  const end = link?.endsWith('/') ? '/' : '';
  const parts = link?.replace(/\/$/, '').split('/') ?? [];
  const renamed = (old: string) =>
    name && parts.at(-1) === name ? [[...parts.slice(0, -1), old].join('/') + end] : [];
  return distinct([
    link,
    ...(home ? [`${home}/?p=${id}`] : [`/?p=${id}`]),
    home && bare(guid).startsWith(`${bare(home)}/`) ? guid : undefined,
    ...metasOf(item, '_wp_old_slug').flatMap(renamed),
    ...Array.from(
      { length: link && !link.includes('?') ? pages - 1 : 0 },
      (_, index) => `${link?.replace(/\/$/, '')}/${index + 2}${end}`,
    ),
  ]);
}

/** Names in other scripts are percent-encoded. */
function decoded(name: string | undefined): string | undefined {
  try {
    return name && decodeURIComponent(name);
  } catch {
    return name;
  }
}
