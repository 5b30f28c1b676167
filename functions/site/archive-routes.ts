import type { Context, Hono } from 'hono';
import { findArchiveDocument } from '../feed/archive-document.ts';
import type { Desk } from '../feed/desk.ts';
import { findMonths } from '../feed/months.ts';
import { findStreamCards } from '../feed/stream-cards.ts';
import { renderArchivePage } from '../pages/archive-page.tsx';
import { readCursor } from '../runtime/cursor.ts';
import { answerPart } from './answer-part.ts';
import { answerStream } from './answer-stream.ts';
import { answerText } from './answer-text.ts';
import { problem } from './errors.ts';
import { type Bindings, route, streamOf } from './routing.ts';

type Answer = (c: Context, desk: Desk, stream: string) => Promise<Response>;

const answers = {
  archive: answerArchive,
  archiveMonth: answerMonth,
  archiveFeed: answerFeed,
  archivePart: answerFeed,
  streamArchive: answerArchive,
  streamArchiveMonth: answerMonth,
  streamArchiveFeed: answerFeed,
  streamArchivePart: answerFeed,
} satisfies Record<string, Answer>;

/** All that was ever published, by months of the site's zone: as pages, and as the archive documents of RSS and Atom. */
export function archiveRoutes(app: Hono<Bindings>, desk: Desk): void {
  for (const [name, answer] of Object.entries(answers) as [keyof typeof answers, Answer][])
    route(app, desk, name, {
      GET: (c) => {
        const stream = streamOf(c);
        return stream === undefined ? problem(c, desk, 'not-found') : answer(c, desk, stream);
      },
    });
}

async function answerArchive(c: Context, desk: Desk, stream: string): Promise<Response> {
  const [found, months] = await Promise.all([
    findStreamCards(desk, stream, { limit: 1, now: desk.now() }),
    findMonths(desk, stream),
  ]);
  if (!found) return problem(c, desk, 'not-found');
  return answerText(c, renderArchivePage({ stream, label: found.label, months }, desk.context), 'text/html');
}

function answerMonth(c: Context, desk: Desk, stream: string): Promise<Response> {
  return answerStream(c, desk, stream, c.req.param('month'));
}

async function answerFeed(c: Context, desk: Desk, stream: string): Promise<Response> {
  const { month = '', part, format } = c.req.param();
  // What a full part holds is said by its number alone.
  const cursor = part === undefined ? c.req.query('before') : undefined;
  const before = readCursor(cursor);
  if (cursor !== undefined && before === undefined) return problem(c, desk, 'unreadable-address');
  const document = await findArchiveDocument(desk, {
    ...{ stream, month, before },
    format: format === 'rss.xml' ? 'rss' : 'atom',
    number: part === undefined ? undefined : Number(part),
  });
  return document ? answerPart(c, desk, document) : problem(c, desk, 'not-found');
}
