import { type Desk, patience } from './desk.ts';
import { expectWellFormed, feedPaths } from './feeds.ts';
import { expectSame, type Report } from './report.ts';

interface Placed {
  slug: string;
  id: string;
  /** Such as 2026-03, of the site's zone. */
  month: string;
}

/** Every list, feed and map of the newest articles: a published one is in all of them, a removed one in none. */
export async function checkPlaces(
  report: Report,
  desk: Desk,
  { slug, id, month }: Placed,
  isThere: boolean,
): Promise<void> {
  const check = (path: string, isIn: () => Promise<boolean>) =>
    report.check(
      `it is ${isThere ? 'in' : 'out of'} ${path}`,
      async () => expectSame(`${slug} in it`, await isIn(), isThere),
      { patience },
    );
  for (const path of ['/news', `/archive/${month}`]) await check(path, () => isListed(desk, path, slug));
  for (const path of [...feedPaths, `/archive/${month}/rss.xml`, `/archive/${month}/atom.xml`])
    await check(path, async () => {
      // Atom tells of removed articles, in an element of another name.
      const text = (await readDocument(desk, path)).replace(/<at:deleted-entry\b[^>]*>/g, '');
      return text.includes(id);
    });
  for (const path of ['/sitemap.xml', '/news-sitemap.xml'])
    await check(path, async () => {
      const text = await readDocument(desk, path);
      // That of a large site leads to one of each month.
      const part = `/sitemap-${month}.xml`;
      const map = text.includes(`${part}</loc>`) ? await readDocument(desk, part) : text;
      return map.includes(`<loc>${desk.settings.siteUrl}/news/${slug}</loc>`);
    });
}

/** On the first page; a month without articles has none. */
async function isListed(desk: Desk, path: string, slug: string): Promise<boolean> {
  const { status, text } = await desk.read(path, { headers: { accept: 'application/json' } });
  if (status === 404) return false;
  expectSame('status', status, 200);
  return JSON.parse(text).items.some((card: { slug: string }) => card.slug === slug);
}

/** Read past the edge, which may show for a minute what was. Empty for a month without articles. */
async function readDocument(desk: Desk, path: string): Promise<string> {
  const { status, text } = await desk.readFresh(path);
  if (status === 404) return '';
  expectSame('status', status, 200);
  expectWellFormed(path, text);
  return text;
}
