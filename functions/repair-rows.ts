import { Hono } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { writeRoutes } from './api/routes.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';
import { connectStore, limitCalls, type Store } from './store/connection.ts';
import { repairPage, UnknownPlaceError } from './store/repair/repair-page.ts';
import { describeRepaired, readRepairCursor } from './write/repair-answer.ts';

/** The signed repair, a page a request: whoever wants all of it follows `next`. */
export function repairRows({ store, now }: { store: Store; now: () => string }): Hono {
  const app = new Hono();

  app.post(writeRoutes.repair, async (c) => {
    const place = readRepairCursor(c.req.query('cursor'));
    if (!place) return problemResponse('unreadable-address');
    const page = await repairPage(store, place, now());
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

let serve: ReturnType<typeof handle> | undefined;

export function handler(event: LambdaEvent, context: LambdaContext) {
  logInvocation(context, event);
  limitCalls(context);
  serve ??= handle(repairRows({ store: connectStore(), now: () => new Date().toISOString() }));
  return serve(event, context);
}
