import type { Hono } from 'hono';
import { periodNames } from '../article/calendar.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { findMostRead } from '../feed/most-read.ts';
import { mostReadJson, renderMostReadPage } from '../pages/most-read-page.tsx';
import type { Bindings } from '../runtime/lambda.ts';
import { prefersJson, respondText } from './respond.ts';
import { route } from './routing.ts';

/** The articles with the most views, by period. */
export function mostReadRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  route(app, backend, 'mostRead', {
    GET: async (c) => {
      const ranked = await findMostRead(backend, periodNames);
      c.header('Vary', 'Accept');
      return prefersJson(c)
        ? respondText(c, JSON.stringify(mostReadJson(ranked, backend.context)), 'application/json')
        : respondText(c, renderMostReadPage(ranked, backend.context), 'text/html');
    },
  });
}
