import type { Context, Hono } from 'hono';
import { findArchiveDocument } from '../feed/archive-document.ts';
import type { Backend } from '../feed/backend.ts';
import { findMonths } from '../feed/months.ts';
import { findStreamCards } from '../feed/stream-cards.ts';
import { renderArchivePage } from '../pages/archive-page.tsx';
import { readCursor } from '../runtime/cursor.ts';
import { answerPart } from './answer-part.ts';
import { answerStream } from './answer-stream.ts';
import { answerText } from './answer-text.ts';
import { problem } from './errors.ts';
import { type Bindings, route, streamOf } from './routing.ts';

type Answer = (c: Context, backend: Backend, stream: string) => Promise<Response>;

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
export function archiveRoutes(app: Hono<Bindings>, backend: Backend): void {
  for (const [name, answer] of Object.entries(answers) as [keyof typeof answers, Answer][])
    route(app, backend, name, {
      GET: (c) => {
        const stream = streamOf(c);
        return stream === undefined ? problem(c, backend, 'not-found') : answer(c, backend, stream);
      },
    });
}

async function answerArchive(c: Context, backend: Backend, stream: string): Promise<Response> {
  const [found, months] = await Promise.all([
    findStreamCards(backend, stream, { limit: 1, now: backend.now() }),
    findMonths(backend, stream),
  ]);
  if (!found) return problem(c, backend, 'not-found');
  return answerText(
    c,
    renderArchivePage({ stream, label: found.label, months }, backend.context),
    'text/html',
  );
}

function answerMonth(c: Context, backend: Backend, stream: string): Promise<Response> {
  return answerStream(c, backend, stream, c.req.param('month'));
}

async function answerFeed(c: Context, backend: Backend, stream: string): Promise<Response> {
  const { month = '', part, format } = c.req.param();
  // What a full part holds is said by its number alone.
  const cursor = part === undefined ? c.req.query('before') : undefined;
  const before = readCursor(cursor);
  if (cursor !== undefined && before === undefined) return problem(c, backend, 'unreadable-address');
  const document = await findArchiveDocument(backend, {
    ...{ stream, month, before },
    format: format === 'rss.xml' ? 'rss' : 'atom',
    number: part === undefined ? undefined : Number(part),
  });
  return document ? answerPart(c, backend, document) : problem(c, backend, 'not-found');
}
