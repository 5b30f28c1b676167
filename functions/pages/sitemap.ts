import { aboutPath, articlePath, feedsPath, streamPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { zonedTime } from '../article/calendar.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import type { NamedStream } from '../feed/opml.ts';
import { buildXml, type XmlObject } from '../feed/xml.ts';

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** https://www.sitemaps.org/protocol.html: the pages of these streams and articles. */
export function renderSitemap(streams: NamedStream[], cards: Card[], context: SiteContext): string {
  const own = streams.length > 0 ? ['/', feedsPath, aboutPath] : [];
  const pages = [...own, ...streams.map(({ name }) => streamPath(name))];
  return document('urlset', {
    url: [
      ...pages.map((path) => ({ loc: absoluteUrl(path, context) })),
      ...cards.map((card) => urlOf(card, context)),
    ],
  });
}

/** The sitemaps that a large site is split into, by their paths. */
export function renderSitemapIndex(paths: string[], context: SiteContext): string {
  return document('sitemapindex', { sitemap: paths.map((path) => ({ loc: absoluteUrl(path, context) })) });
}

/** Google's news sitemap: the articles of the last two days, at most 1,000; it may be empty. */
export function renderNewsSitemap(cards: Card[], context: SiteContext): string {
  const { site } = context;
  return document('urlset', {
    '@xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
    url: cards.map((card) => ({
      loc: absoluteUrl(articlePath(card.slug), context),
      'news:news': {
        'news:publication': {
          'news:name': site.title,
          'news:language': newsLanguage(card.language ?? site.language),
        },
        'news:publication_date': zonedTime(card.publishedAt, site.timeZone),
        'news:title': card.title,
      },
    })),
  });
}

function urlOf({ slug, updatedAt }: Card, context: SiteContext) {
  return {
    loc: absoluteUrl(articlePath(slug), context),
    lastmod: zonedTime(updatedAt, context.site.timeZone),
  };
}

function document(root: string, content: XmlObject): string {
  return buildXml({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    [root]: { '@xmlns': namespace, ...content },
  });
}

// ISO 639 codes, but for Chinese, which Google wants told apart by its script.
function newsLanguage(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  if (language !== 'zh') return language;
  return script === 'Hant' ? 'zh-tw' : 'zh-cn';
}
