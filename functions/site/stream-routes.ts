import type { Context, Hono } from 'hono';
import { archivePath, readCursor, streamPath, writeCursor } from '../article/addresses.ts';
import { monthOf } from '../article/calendar.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { labelName, newsStream } from '../article/stream-name.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { findMonths, findNewerMonth, findOlderMonth, visibleMonth } from '../feed/months.ts';
import { findMostRead } from '../feed/most-read.ts';
import { findLabel, findStreamCards } from '../feed/stream-cards.ts';
import { renderArchivePage } from '../pages/archive-page.tsx';
import { renderFrontPage } from '../pages/front-page.tsx';
import { renderStreamPage, streamJson } from '../pages/stream-page.tsx';
import type { Bindings } from '../runtime/lambda.ts';
import { positionOf, readBriefCards, readCards } from '../store/cards.ts';
import { KeptPages } from './kept-pages.ts';
import { prefersJson, respondProblem, respondText } from './respond.ts';
import { route, streamRoute } from './routing.ts';

const streamPageSize = 20;
const mostReadOnFront = 5;

/** The front page, the pages of every stream, and those of its months. */
export function streamRoutes(app: Hono<Bindings>, rendering: FeedBackend): void {
  const backend = { ...rendering, pages: new KeptPages() };
  route(app, backend, 'front', {
    GET: async (c) => {
      const [found, { week }] = await Promise.all([
        findStreamCards(backend, readCards, {
          stream: newsStream,
          limit: streamPageSize,
          now: backend.now(),
        }),
        findMostRead(backend, ['week']),
      ]);
      const page = { cards: found?.cards ?? [], mostRead: week.slice(0, mostReadOnFront) };
      return backend.pages.respond(c, 'text/html', page, (front) => renderFrontPage(front, backend.context));
    },
  });
  route(app, backend, 'news', { GET: (c) => respondStream(c, backend, newsStream) });
  route(app, backend, 'stream', {
    GET: (c) => {
      const { kind, name } = c.req.param();
      const canonical = labelName(name ?? '');
      if (canonical === '') return respondProblem(c, backend, 'not-found');
      const stream = `${kind}/${canonical}`;
      const { search } = new URL(c.req.url);
      if (canonical !== name)
        return c.redirect(absoluteUrl(streamPath(stream), backend.context) + search, 308);
      return respondStream(c, backend, stream);
    },
  });
  streamRoute(app, backend, 'corrections', (c, stream) => respondStream(c, backend, stream));
  for (const name of ['archive', 'correctionsArchive', 'streamArchive'] as const)
    streamRoute(app, backend, name, (c, stream) => respondArchive(c, backend, stream));
  for (const name of ['archiveMonth', 'correctionsArchiveMonth', 'streamArchiveMonth'] as const)
    streamRoute(app, backend, name, (c, stream) => respondStream(c, backend, stream, c.req.param('month')));
}

/** A page of a stream, or of one of its months, as HTML or JSON. */
async function respondStream(
  c: Context,
  backend: FeedBackend & { pages: KeptPages },
  stream: string,
  month?: string,
): Promise<Response> {
  const { before, after } = c.req.query();
  const place = { before: readCursor(before), after: readCursor(after) };
  if ((before !== undefined && !place.before) || (after !== undefined && !place.after) || (before && after))
    return respondProblem(c, backend, 'unreadable-address');
  const now = backend.now();
  const range = month === undefined ? { upTo: now } : visibleMonth(backend, month);
  // One more than a page tells whether there is another.
  const found = await readCards(backend.store, { stream, limit: streamPageSize + 1, ...range, ...place });
  const cards = place.after ? found.slice(-streamPageSize) : found.slice(0, streamPageSize);
  const hasMore = found.length > streamPageSize;
  const first = cards[0];
  const last = cards.at(-1);
  if (month !== undefined && !first) return respondProblem(c, backend, 'not-found');
  const label = await findLabel(backend.store, stream, first, now);
  if (label === undefined) return respondProblem(c, backend, 'not-found');

  const address = month === undefined ? streamPath(stream) : archivePath(stream, month);
  const pathAt = (side: keyof typeof place, position: string | undefined) =>
    position && `${address}?${side}=${writeCursor(position)}`;
  const page = {
    stream: { name: stream, label },
    month,
    cards,
    // If all that is newer than a place fits one page, that is the first page.
    path: pathAt('before', place.before) ?? (hasMore ? pathAt('after', place.after) : undefined),
    older: last && (place.after || hasMore) ? pathAt('before', positionOf(last)) : undefined,
    newer:
      first && (place.before || (place.after && hasMore)) ? pathAt('after', positionOf(first)) : undefined,
  };
  c.header('Vary', 'Accept');
  if (prefersJson(c))
    return backend.pages.respond(c, 'application/json', page, (shown) =>
      JSON.stringify(streamJson(shown, backend.context)),
    );
  const [olderMonth, newerMonth] = await Promise.all([
    month && findOlderMonth(backend, stream, month),
    month && findNewerMonth(backend, stream, month),
  ]);
  return backend.pages.respond(c, 'text/html', { ...page, olderMonth, newerMonth }, (shown) =>
    renderStreamPage(shown, backend.context),
  );
}

async function respondArchive(c: Context, backend: FeedBackend, stream: string): Promise<Response> {
  const [found, months] = await Promise.all([
    findStreamCards(backend, readBriefCards, { stream, limit: 1, now: backend.now() }),
    findMonths(backend, stream),
  ]);
  if (!found) return respondProblem(c, backend, 'not-found');
  const newest = found.cards[0] && monthOf(found.cards[0].publishedAt, backend.context.site.timeZone);
  // One that began with an article of the last minute, of which no list tells yet.
  if (newest && !months.includes(newest)) months.unshift(newest);
  const page = renderArchivePage({ name: stream, label: found.label }, months, backend.context);
  return respondText(c, page, 'text/html');
}
