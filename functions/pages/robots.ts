import { absoluteUrl, type SiteContext } from '../article/site-context.ts';

/** RFC 9309: everything is open to everyone, and the sitemaps are here. */
export function renderRobots(context: SiteContext): string {
  const sitemaps = ['/sitemap.xml', '/news-sitemap.xml'].map(
    (path) => `Sitemap: ${absoluteUrl(path, context)}`,
  );
  return ['User-agent: *', 'Disallow:', '', ...sitemaps, ''].join('\n');
}
