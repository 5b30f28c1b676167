import type { Fault } from './fault.ts';

/** How other systems call our fields. */
const fieldNames: Record<string, string> = {
  ...{
    date: 'publishedAt',
    published: 'publishedAt',
    pubDate: 'publishedAt',
    created: 'publishedAt',
    datePublished: 'publishedAt',
    publishDate: 'publishedAt',
    published_at: 'publishedAt',
  },
  ...{
    lastmod: 'updatedAt',
    modified: 'updatedAt',
    updated: 'updatedAt',
    dateModified: 'updatedAt',
    last_modified_at: 'updatedAt',
    updatedDate: 'updatedAt',
    updated_at: 'updatedAt',
  },
  ...{
    author: 'authors',
    byline: 'authors',
    description: 'summary',
    excerpt: 'summary',
    custom_excerpt: 'summary',
    subtitle: 'summary',
    deck: 'summary',
  },
  ...{
    categories: 'category',
    section: 'category',
    keywords: 'tags',
    tag: 'tags',
    lang: 'language',
    locale: 'language',
  },
  ...{
    cover: 'image',
    thumbnail: 'image',
    hero: 'image',
    feature_image: 'image',
    featured_image: 'image',
    heroImage: 'image',
    picture: 'image',
  },
  ...{
    slug: 'it into the address, or as the name of the file',
    permalink: 'its end as the name of the file',
  },
  ...{ headline: 'title', body: 'markdown', content: 'markdown', redirect_from: 'aliases', alias: 'aliases' },
};

/** Names our field where another system's name for it was written. */
export function nameKnownField({ pointer, message }: Fault): Fault {
  const ours =
    message === 'is not a known field' && Object.hasOwn(fieldNames, pointer.slice(1))
      ? fieldNames[pointer.slice(1)]
      : undefined;
  return { pointer, message: ours ? `${message}: write ${ours}` : message };
}
