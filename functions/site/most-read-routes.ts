import type { Hono } from 'hono';
import { type Period, periodNames } from '../article/calendar.ts';
import type { Backend } from '../feed/backend.ts';
import { mostReadJson, type RankedCards, renderMostReadPage } from '../pages/most-read-page.tsx';
import { answerText } from './answer-text.ts';
import { readMostRead } from './most-read.ts';
import { prefersJson } from './negotiation.ts';
import { type Bindings, route } from './routing.ts';

const shown = 10;

/** What was opened most, by periods. */
export function mostReadRoutes(app: Hono<Bindings>, backend: Backend): void {
  route(app, backend, 'mostRead', {
    GET: async (c) => {
      const read = async (period: Period) => [period, await readMostRead(backend, period, shown)];
      const ranked: RankedCards = Object.fromEntries(await Promise.all(periodNames.map(read)));
      c.header('Vary', 'Accept');
      return prefersJson(c)
        ? answerText(c, JSON.stringify(mostReadJson(ranked, backend.context)), 'application/json')
        : answerText(c, renderMostReadPage(ranked, backend.context), 'text/html');
    },
  });
}
