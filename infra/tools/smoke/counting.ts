import type { Answer, Request } from '../api/http.ts';
import { type Desk, patience } from './desk.ts';
import { expectIn, expectSame, type Report } from './report.ts';

const page = { headers: { accept: 'text/html' } };

/** What counts as a view and what does not, on an article that nobody else reads. */
export async function checkCounting(report: Report, desk: Desk, slug: string): Promise<void> {
  const views = async (): Promise<number> => (await desk.json(`/news/${slug}`)).views;

  await report.check('a page view is one view, and the page shows it', async () => {
    const before = await views();
    const answer = await desk.read(`/news/${slug}`, page);
    expectSame('status', answer.status, 200);
    expectIn('page', answer.text, `<data class="views" value="${before + 1}">`);
    expectSame('views', await views(), before + 1);
  });

  await report.check('a POST is one view', async () => {
    const before = await views();
    const answer = await desk.read(`/news/${slug}/views`, { method: 'POST' });
    expectSame('status', answer.status, 200);
    expectSame('answer', JSON.parse(answer.text), { slug, views: before + 1 });
    expectSame('views', await views(), before + 1);
  });

  const uncounted: [string, string, Request][] = [
    ['JSON', `/news/${slug}.json`, {}],
    ['HEAD', `/news/${slug}`, { method: 'HEAD' }],
    ['reading ahead', `/news/${slug}`, { headers: { ...page.headers, 'sec-purpose': 'prefetch' } }],
    ['a crawler', `/news/${slug}`, { headers: { ...page.headers, 'user-agent': 'Googlebot/2.1' } }],
  ];
  for (const [name, path, request] of uncounted)
    await report.check(`${name} is no view`, async () => {
      const before = await views();
      const answer: Answer = await desk.read(path, request);
      expectSame('status', answer.status, 200);
      expectSame('views', await views(), before);
    });

  await report.check(
    '/stats lists it with the views of the day',
    async () => {
      const { today, items } = JSON.parse((await desk.readSigned('/stats')).text);
      const listed = items.find((item: { slug: string }) => item.slug === slug);
      const all = await views();
      expectSame('views in all and by day', [listed?.views, listed?.days], [all, { [today]: all }]);
    },
    { patience },
  );
}
