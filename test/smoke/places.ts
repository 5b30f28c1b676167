import { expect, test } from 'vitest';
import { expectWellFormed, feedPaths, site, siteUrl, slug, soon } from './site.ts';

const months = ['', '/rss.xml', '/atom.xml'].map((end) => `/archive/<its month>${end}`);

/** Every list, feed and sitemap of the newest articles: a published one is in all of them, a removed one in none. */
export function testPlaces(article: { id: string; month: string }, isThere: boolean): void {
  const check = (path: string, isIn: (path: string) => Promise<boolean>) =>
    test(`is ${isThere ? 'in' : 'not in'} ${path}`, () =>
      soon(async () => {
        const named = path.replace('<its month>', article.month);
        expect({ path: named, isThere: await isIn(named) }).toEqual({ path: named, isThere });
      }));
  for (const path of ['/news', ...months.slice(0, 1)]) check(path, isListed);
  for (const path of [...feedPaths, ...months.slice(1)])
    check(path, async (named) => {
      // Atom tells of removed articles, in an element of another name.
      const text = (await readDocument(named)).replace(/<at:deleted-entry\b[^>]*>/g, '');
      return text.includes(article.id);
    });
  for (const path of ['/sitemap.xml', '/news-sitemap.xml'])
    check(path, async () => {
      const text = await readDocument(path);
      // The sitemap of a large site names one per month.
      const part = `/sitemap-${article.month}.xml`;
      const map = text.includes(`${part}</loc>`) ? await readDocument(part) : text;
      return map.includes(`<loc>${siteUrl}/news/${slug}</loc>`);
    });
}

/** On its first page; a month without articles has none. */
async function isListed(path: string): Promise<boolean> {
  const { status, text } = await site.read(path, { headers: { accept: 'application/json' } });
  if (status === 404) return false;
  expect(status).toBe(200);
  return JSON.parse(text).items.some((card: { slug: string }) => card.slug === slug);
}

/** From the API itself: the edge may show for a minute what was. Empty for a month without articles. */
async function readDocument(path: string): Promise<string> {
  const { status, text } = await site.readFresh(path);
  if (status === 404) return '';
  expect(status).toBe(200);
  expectWellFormed(path, text);
  return text;
}
