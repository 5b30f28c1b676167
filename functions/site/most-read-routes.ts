import type { Hono } from 'hono';
import { type Period, periodNames } from '../article/period.ts';
import type { Desk } from '../feed/desk.ts';
import { mostReadJson, type RankedCards, renderMostReadPage } from '../pages/most-read-page.tsx';
import { answerText } from './answer-text.ts';
import { readMostRead } from './most-read.ts';
import { prefersJson } from './negotiation.ts';
import { type Bindings, route } from './routing.ts';

const shown = 10;

/** What was opened most, by periods. */
export function mostReadRoutes(app: Hono<Bindings>, desk: Desk): void {
  route(app, desk, 'mostRead', {
    GET: async (c) => {
      const read = async (period: Period) => [period, await readMostRead(desk, period, shown)];
      const ranked: RankedCards = Object.fromEntries(await Promise.all(periodNames.map(read)));
      c.header('Vary', 'Accept');
      return prefersJson(c)
        ? answerText(c, JSON.stringify(mostReadJson(ranked, desk.context)), 'application/json')
        : answerText(c, renderMostReadPage(ranked, desk.context), 'text/html');
    },
  });
}
