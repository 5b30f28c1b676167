import type { Desk } from './desk.ts';
import { varyByAccept } from './reading.ts';
import { expectIn, expectSame, expectThat, type Report } from './report.ts';

const periods = ['today', 'week', 'month', 'ever'];

/** Its form alone: an article that is opened now is ranked in some minutes. */
export async function checkMostRead(report: Report, desk: Desk): Promise<void> {
  await report.check('/most-read is a page, with a section a period', async () => {
    const { text, header } = await desk.page('/most-read');
    expectIn('vary', header('vary'), varyByAccept);
    for (const period of periods) expectIn('page', text, `<h2 id="${period}"`);
  });

  await report.check('/most-read is JSON for those who prefer it, the most read first', async () => {
    const found = await desk.json('/most-read');
    expectSame('periods', Object.keys(found.periods), periods);
    for (const period of periods) {
      const views: number[] = found.periods[period].map((card: { views: number }) => card.views);
      expectThat(views.length <= 10 && views.every((n) => n > 0), 'at most 10 that were opened', views);
      expectSame(
        `views of ${period}`,
        views,
        views.toSorted((one, other) => other - one),
      );
    }
  });
}
