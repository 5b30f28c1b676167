import type { Hono } from 'hono';
import { streamPath } from '../article/addresses.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { labelName, newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { findStreamCards } from '../feed/stream-cards.ts';
import { renderFrontPage } from '../pages/front-page.tsx';
import { answerStream, pageSize } from './answer-stream.ts';
import { answerText } from './answer-text.ts';
import { problem } from './errors.ts';
import { readMostRead } from './most-read.ts';
import { type Bindings, route } from './routing.ts';

/** Of the front page. */
const mostReadSize = 5;

/** The front page and the pages of every stream, as HTML or JSON. */
export function streamRoutes(app: Hono<Bindings>, backend: Backend): void {
  route(app, backend, 'front', {
    GET: async (c) => {
      const [found, mostRead] = await Promise.all([
        findStreamCards(backend, newsStream, { limit: pageSize, now: backend.now() }),
        readMostRead(backend, 'week', mostReadSize),
      ]);
      const page = renderFrontPage({ cards: found?.cards ?? [], mostRead }, backend.context);
      return answerText(c, page, 'text/html');
    },
  });
  route(app, backend, 'news', { GET: (c) => answerStream(c, backend, newsStream) });
  route(app, backend, 'stream', {
    GET: (c) => {
      const { kind, name } = c.req.param();
      const canonical = labelName(name ?? '');
      if (canonical === '') return problem(c, backend, 'not-found');
      const stream = `${kind}/${canonical}`;
      const { search } = new URL(c.req.url);
      if (canonical !== name)
        return c.redirect(absoluteUrl(streamPath(stream), backend.context) + search, 308);
      return answerStream(c, backend, stream);
    },
  });
}
