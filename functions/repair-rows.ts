import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import { Hono } from 'hono';
import { recomputeLists } from './announce/keep-directories.ts';
import type { RepairedJson } from './api/answers.ts';
import { writeRoutes } from './api/routes.ts';
import type { SiteContext } from './article/site-context.ts';
import type { Backend } from './feed/backend.ts';
import { loadContext } from './runtime/content.ts';
import { answerEvent } from './runtime/lambda.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';
import { connectStore, limitCalls } from './store/connection.ts';
import {
  type RepairedPage,
  type RepairPlace,
  repairPage,
  repairSteps,
  UnknownPlaceError,
} from './store/repair/repair-page.ts';

/** The signed repair. Repairs one page per request; follow `next` for the rest. */
export function repairRows(backend: Backend): Hono {
  const { store, now } = backend;
  const app = new Hono();

  app.post(writeRoutes.repair, async (c) => {
    const place = readRepairCursor(c.req.query('cursor'));
    if (!place) return problemResponse('unreadable-address');
    const page = await repairPage(store, place, now());
    // What the kept lists say follows from the cards, which are in order now.
    if (!page.next) await recomputeLists(backend);
    for (const finding of page.findings) logger.warn('A row was not as its article says', { ...finding });
    return c.json(describeRepaired(page));
  });

  app.all(writeRoutes.repair, () => problemResponse('wrong-method', {}, { Allow: 'POST' }));
  app.notFound(() => problemResponse('not-found'));
  app.onError((error) => {
    if (error instanceof UnknownPlaceError) return problemResponse('unreadable-address');
    logger.error('A repair failed', { error });
    return failureResponse(error);
  });
  return app;
}

let app: Hono | undefined;

export function handler(event: APIGatewayProxyEventV2, context: LambdaContext) {
  logInvocation(context, event);
  limitCalls(context);
  app ??= repairRows({
    store: connectStore(),
    context: loadContext<SiteContext>(),
    now: () => new Date().toISOString(),
  });
  return answerEvent(app, event);
}

/** One page of a repair, and how far the run has come. */
export function describeRepaired({ next, ...page }: RepairedPage): RepairedJson {
  return {
    ...page,
    done: next?.step ?? repairSteps,
    steps: repairSteps,
    next: next ? `/repair?cursor=${writeCursor(next)}` : null,
  };
}

function writeCursor({ step, after }: RepairPlace): string {
  return Buffer.from(JSON.stringify([step, ...(after ? [after.pk, after.sk] : [])])).toString('base64url');
}

/** Where to go on; without a cursor at the beginning. Undefined for a cursor that is not ours. */
export function readRepairCursor(cursor: string | undefined): RepairPlace | undefined {
  if (cursor === undefined) return { step: 0 };
  const [step, pk, sk] = parse(Buffer.from(cursor, 'base64url').toString());
  const isStep = Number.isInteger(step) && Number(step) >= 0 && Number(step) < repairSteps;
  if (!isStep || typeof pk !== typeof sk) return undefined;
  if (typeof pk !== 'string' || typeof sk !== 'string') return { step: Number(step) };
  return { step: Number(step), after: { pk, sk } };
}

function parse(text: string): unknown[] {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
