import { expect, test } from 'vitest';
import type { Request } from '../../infra/tools/api/http.ts';
import { site, slug, soon } from './site.ts';

const asPage = { headers: { accept: 'text/html' } };

async function viewsOf(): Promise<number> {
  return (await site.json(`/news/${slug}`)).views;
}

/** What counts as a view and what does not, on our own article, which nobody else reads. */
export function testCounting(): void {
  test('counts a page view once, and the page shows it', async () => {
    const before = await viewsOf();

    const { status, text } = await site.read(`/news/${slug}`, asPage);

    expect(status).toBe(200);
    expect(text).toContain(`<data class="views" value="${before + 1}">`);
    expect(await viewsOf()).toBe(before + 1);
  });

  test('counts a POST once', async () => {
    const before = await viewsOf();

    const { status, text } = await site.read(`/news/${slug}/views`, { method: 'POST' });

    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ slug, views: before + 1 });
    expect(await viewsOf()).toBe(before + 1);
  });

  test.each<[string, string, Request]>([
    ['JSON', `/news/${slug}.json`, {}],
    ['HEAD', `/news/${slug}`, { method: 'HEAD' }],
    ['reading ahead', `/news/${slug}`, { headers: { ...asPage.headers, 'sec-purpose': 'prefetch' } }],
    ['a crawler', `/news/${slug}`, { headers: { ...asPage.headers, 'user-agent': 'Googlebot/2.1' } }],
  ])('does not count %s', async (_what, path, request) => {
    const before = await viewsOf();

    const { status } = await site.read(path, request);

    expect({ status, views: await viewsOf() }).toEqual({ status: 200, views: before });
  });

  test('is in /stats with the views of the day', () =>
    soon(async () => {
      const { today, items } = JSON.parse((await site.readSigned('/stats')).text);
      const listed = items.find((item: { slug: string }) => item.slug === slug);
      const views = await viewsOf();
      expect(listed).toMatchObject({ views, days: { [today]: views } });
      expect(Object.keys(listed.days)).toEqual([today]);
    }));
}
