import type { Context, Hono } from 'hono';
import { labelName, newsStream } from '../article/stream-name.ts';
import { absoluteUrl, streamPath } from '../publish/addresses.ts';
import { renderFrontPage } from '../publish/front-page.tsx';
import { renderStreamPage, streamJson } from '../publish/stream-page.tsx';
import { readCursor, writeCursor } from '../runtime/cursor.ts';
import { positionOf, readCards } from '../store/cards.ts';
import type { Desk } from './desk.ts';
import { problem } from './errors.ts';
import { prefersJson } from './negotiation.ts';
import { type Bindings, route } from './routing.ts';
import { findLabel, findStreamCards } from './stream-cards.ts';

const pageSize = 20;

/** The front page and the pages of every stream, as HTML or JSON. */
export function streamRoutes(app: Hono<Bindings>, desk: Desk): void {
  route(app, desk, 'front', {
    GET: async (c) => {
      const found = await findStreamCards(desk, newsStream, pageSize, desk.now());
      c.header('Cache-Control', 'no-cache');
      return c.html(renderFrontPage({ cards: found?.cards ?? [], mostRead: [] }, desk.context));
    },
  });
  route(app, desk, 'news', { GET: (c) => answerStream(c, desk, newsStream) });
  route(app, desk, 'stream', {
    GET: (c) => {
      const { kind, name } = c.req.param();
      const canonical = labelName(name ?? '');
      if (canonical === '') return problem(c, desk, 'not-found');
      const stream = `${kind}/${canonical}`;
      if (canonical !== name) return c.redirect(absoluteUrl(streamPath(stream), desk.context), 308);
      return answerStream(c, desk, stream);
    },
  });
}

async function answerStream(c: Context, desk: Desk, stream: string): Promise<Response> {
  const { before, after } = c.req.query();
  const place = { before: readCursor(before), after: readCursor(after) };
  if ((before !== undefined && !place.before) || (after !== undefined && !place.after) || (before && after))
    return problem(c, desk, 'unreadable-address');
  const now = desk.now();
  // One more than a page, to know whether there is another.
  const found = await readCards(desk.store, { stream, upTo: now, limit: pageSize + 1, ...place });
  const cards = place.after ? found.slice(-pageSize) : found.slice(0, pageSize);
  const more = found.length > pageSize;
  const label = await findLabel(desk.store, stream, cards[0], now);
  if (label === undefined) return problem(c, desk, 'not-found');

  const address = streamPath(stream);
  const at = (side: keyof typeof place, position: string | undefined) =>
    position && `${address}?${side}=${writeCursor(position)}`;
  const first = cards[0];
  const last = cards.at(-1);
  const page = {
    stream,
    label,
    cards,
    path: at('before', place.before) ?? at('after', place.after) ?? address,
    older: last && (place.after || more) ? at('before', positionOf(last)) : undefined,
    newer: first && (place.before || (place.after && more)) ? at('after', positionOf(first)) : undefined,
  };
  c.header('Vary', 'Accept');
  c.header('Cache-Control', 'no-cache');
  return prefersJson(c)
    ? c.json(streamJson(page, desk.context))
    : c.html(renderStreamPage(page, desk.context));
}
