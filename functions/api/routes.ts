import { articlePath, type FeedFormat, pushPath } from '../article/addresses.ts';

const article = articlePath('{slug}');

/** Where other systems have their feeds: WordPress, Ghost, Hugo, Jekyll. */
export const oldFeeds: Record<string, FeedFormat> = {
  feed: 'rss',
  rss: 'rss',
  'index.xml': 'rss',
  atom: 'atom',
  'feed.xml': 'atom',
};
/** Below `/feed`, or as `/?feed=`: WordPress. */
export const oldFeedForms: Record<string, FeedFormat> = { rss2: 'rss', rss: 'rss', rdf: 'rss', atom: 'atom' };

/** Every public address, in OpenAPI's notation. */
export const routes = {
  front: '/',
  news: '/news',
  stream: '/{kind}/{name}',
  corrections: '/corrections',
  mostRead: '/most-read',
  article,
  articleJson: `${article}.json`,
  views: `${article}/views`,
  rss: '/rss.xml',
  atom: '/atom.xml',
  json: '/feed.json',
  oldFeed: '/{old}',
  oldFeedForm: '/feed/{form}',
  correctionsRss: '/corrections/rss.xml',
  correctionsAtom: '/corrections/atom.xml',
  correctionsJson: '/corrections/feed.json',
  streamRss: '/{kind}/{name}/rss.xml',
  streamAtom: '/{kind}/{name}/atom.xml',
  streamJson: '/{kind}/{name}/feed.json',
  streamOldFeed: '/{kind}/{name}/{old}',
  streamOldFeedForm: '/{kind}/{name}/feed/{form}',
  archive: '/archive',
  archiveMonth: '/archive/{month}',
  archiveFeed: '/archive/{month}/{format}.xml',
  archivePart: '/archive/{month}/{part}/{format}.xml',
  correctionsArchive: '/corrections/archive',
  correctionsArchiveMonth: '/corrections/archive/{month}',
  correctionsArchiveFeed: '/corrections/archive/{month}/{format}.xml',
  correctionsArchivePart: '/corrections/archive/{month}/{part}/{format}.xml',
  streamArchive: '/{kind}/{name}/archive',
  streamArchiveMonth: '/{kind}/{name}/archive/{month}',
  streamArchiveFeed: '/{kind}/{name}/archive/{month}/{format}.xml',
  streamArchivePart: '/{kind}/{name}/archive/{month}/{part}/{format}.xml',
  media: '/media/{file}',
  stylesheet: '/style.{hash}.css',
  feedStylesheet: '/feed.css',
  oldFeedStylesheet: '/feed.{hash}.css',
  favicon: '/favicon.ico',
  feeds: '/feeds',
  about: '/about',
  openapi: '/openapi.json',
  opml: '/opml.xml',
  robots: '/robots.txt',
  sitemap: '/sitemap.xml',
  newsSitemap: '/news-sitemap.xml',
  streamsSitemap: '/sitemap-streams.xml',
  monthSitemap: '/sitemap-{month}.xml',
  push: pushPath('{id}'),
} as const;

type RouteName = keyof typeof routes;

/** What a public address takes of its query; nothing where it is not named. */
export const queryParameters: Partial<Record<RouteName, readonly ('before' | 'after' | 'preview')[]>> = {
  article: ['preview'],
  articleJson: ['preview'],
  news: ['before', 'after'],
  stream: ['before', 'after'],
  corrections: ['before', 'after'],
  correctionsArchiveMonth: ['before', 'after'],
  correctionsJson: ['before'],
  correctionsArchiveFeed: ['before'],
  archiveMonth: ['before', 'after'],
  streamArchiveMonth: ['before', 'after'],
  json: ['before'],
  streamJson: ['before'],
  archiveFeed: ['before'],
  streamArchiveFeed: ['before'],
};

/**
 * What people open, and an article's JSON: links to them carry marks such as `utm_source`, so they ignore what they do not take of a
 * query. Every other address redirects to itself without it, or each made-up query would be one more copy to render and to keep.
 */
export const ignoreQueries: readonly RouteName[] = [
  'front',
  'news',
  'stream',
  'corrections',
  'mostRead',
  'article',
  'articleJson',
  'views',
  'archive',
  'archiveMonth',
  'streamArchive',
  'streamArchiveMonth',
  'correctionsArchive',
  'correctionsArchiveMonth',
  'feeds',
  'about',
  'push',
];

/** The desk in the browser, and its files below it. */
export const deskPath = '/desk';

/** Every signed address. */
export const writeRoutes = {
  articles: '/articles',
  storedArticle: '/articles/{slug}',
  drafts: '/drafts',
  draft: '/drafts/{slug}',
  draftPicture: '/drafts/media/{file}',
  restore: '/articles/{slug}/restore',
  previewLink: '/articles/{slug}/preview',
  erase: '/articles/{slug}/erase',
  versions: '/articles/{slug}/versions',
  version: '/articles/{slug}/versions/{n}',
  preview: '/preview',
  repair: '/repair',
  stats: '/stats',
  pictures: '/media',
  picture: '/media/{file}',
  import: '/import',
  sources: '/sources',
  redirects: '/redirects',
  settings: '/settings',
} as const;

/** Of parameters in public addresses. */
export const parameterPatterns: Record<string, string> = {
  // Slugs have no capitals: with them an address redirects.
  slug: '[A-Za-z0-9-]+',
  old: Object.keys(oldFeeds).join('|').replaceAll('.', '\\.'),
  form: Object.keys(oldFeedForms).join('|'),
  kind: 'category|tag|source',
  file: '[a-z0-9._-]+',
  hash: '[0-9a-f]+',
  format: 'rss|atom',
  part: '[1-9]\\d*',
  month: '\\d{4}-(?:0[1-9]|1[0-2])',
  id: '[A-Za-z0-9_-]{32}',
};

/** An address for hono, whose parameters span a whole path segment: the `slug` of `{slug}.json` includes `.json`. */
export function honoPath(template: string, patterns: Record<string, string> = {}): string {
  return template.replace(/([^/{]*)\{(\w+)\}([^/]*)/g, (_, before: string, name: string, after: string) => {
    const pattern = patterns[name];
    return pattern === undefined
      ? `:${name}`
      : `:${name}{${literal(before)}${wrap(pattern, before + after)}${literal(after)}}`;
  });
}

// An alternative must not match a part of the segment.
function wrap(pattern: string, around: string): string {
  return around === '' && !pattern.includes('|') ? pattern : `(?:${pattern})`;
}

function literal(text: string): string {
  return text.replaceAll('.', '\\.');
}
