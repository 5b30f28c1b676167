import type { Context } from 'hono';
import { archivePath, streamPath } from '../article/addresses.ts';
import type { Backend } from '../feed/backend.ts';
import { findNewerMonth, findOlderMonth, visibleMonth } from '../feed/months.ts';
import { findLabel } from '../feed/stream-cards.ts';
import { renderStreamPage, streamJson } from '../pages/stream-page.tsx';
import { readCursor, writeCursor } from '../runtime/cursor.ts';
import { positionOf, readCards } from '../store/cards.ts';
import { answerText } from './answer-text.ts';
import { problem } from './errors.ts';
import { prefersJson } from './negotiation.ts';

export const pageSize = 20;

/** A page of a stream, or of one month of it, as HTML or JSON. */
export async function answerStream(
  c: Context,
  backend: Backend,
  stream: string,
  month?: string,
): Promise<Response> {
  const { before, after } = c.req.query();
  const place = { before: readCursor(before), after: readCursor(after) };
  if ((before !== undefined && !place.before) || (after !== undefined && !place.after) || (before && after))
    return problem(c, backend, 'unreadable-address');
  const now = backend.now();
  const range = month === undefined ? { upTo: now } : visibleMonth(backend, month);
  // One more than a page, to know whether there is another.
  const found = await readCards(backend.store, { stream, limit: pageSize + 1, ...range, ...place });
  const cards = place.after ? found.slice(-pageSize) : found.slice(0, pageSize);
  const more = found.length > pageSize;
  const first = cards[0];
  const last = cards.at(-1);
  if (month !== undefined && !first) return problem(c, backend, 'not-found');
  const label = await findLabel(backend.store, stream, first, now);
  if (label === undefined) return problem(c, backend, 'not-found');

  const address = month === undefined ? streamPath(stream) : archivePath(stream, month);
  const at = (side: keyof typeof place, position: string | undefined) =>
    position && `${address}?${side}=${writeCursor(position)}`;
  const page = {
    stream,
    label,
    month,
    cards,
    // What comes after a place, and is not more than a page, is the first page again.
    path: at('before', place.before) ?? (more ? at('after', place.after) : undefined),
    older: last && (place.after || more) ? at('before', positionOf(last)) : undefined,
    newer: first && (place.before || (place.after && more)) ? at('after', positionOf(first)) : undefined,
  };
  c.header('Vary', 'Accept');
  if (prefersJson(c))
    return answerText(c, JSON.stringify(streamJson(page, backend.context)), 'application/json');
  const [olderMonth, newerMonth] = await Promise.all([
    month && findOlderMonth(backend, stream, month),
    month && findNewerMonth(backend, stream, month),
  ]);
  return answerText(c, renderStreamPage({ ...page, olderMonth, newerMonth }, backend.context), 'text/html');
}
