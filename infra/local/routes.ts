import type { IncomingMessage, RequestListener } from 'node:http';
import { FunctionError } from './environment.ts';
import { functionAnswer, gatewayAnswer, type HttpAnswer, send } from './http-answer.ts';
import { apiRequest, httpEvent } from './http-event.ts';
import type { MatchRoute } from './route-table.ts';
import { isSigned } from './signature.ts';

const payloadLimit = 10 * 1024 * 1024;

export interface Routes {
  match: MatchRoute;
  invoke(functionId: string, event: unknown): Promise<unknown>;
  now(): Date;
}

/** Answers as the template's HTTP API does. */
export function serveRoutes(routes: Routes): RequestListener {
  return async (incoming, response) => {
    try {
      const body = await readBody(incoming);
      send(response, incoming.method ?? '', await answer(routes, incoming, body));
    } catch (error) {
      // The client went away.
      response.destroy(error as Error);
    }
  };
}

/** Undefined when it is too large: read to its end all the same, for a client that is cut off sees no answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= payloadLimit) chunks.push(chunk);
  }
  return length <= payloadLimit ? Buffer.concat(chunks) : undefined;
}

async function answer(
  { match, invoke, now }: Routes,
  incoming: IncomingMessage,
  body: Buffer | undefined,
): Promise<HttpAnswer> {
  if (!body) return gatewayAnswer(413, 'Request Entity Too Large');
  const request = apiRequest(incoming, body);
  if (!request) return gatewayAnswer(400, 'Bad Request');
  const found = match(request.method, request.path);
  if (!found) return gatewayAnswer(404, 'Not Found');
  const { route } = found;
  const time = now();
  if (route.isSigned && !(await isSigned(request, time))) return gatewayAnswer(403, 'Forbidden');
  const answered = invoke(route.functionId, httpEvent(request, found, time)).then(
    functionAnswer,
    failureAnswer,
  );
  return withinTime(route.timeoutMilliseconds, answered);
}

function failureAnswer(error: unknown): HttpAnswer {
  if (!(error instanceof FunctionError)) throw error;
  return gatewayAnswer(500, 'Internal Server Error');
}

/** A function that takes longer goes on to its own end, unheard. */
function withinTime(milliseconds: number, answered: Promise<HttpAnswer>): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(gatewayAnswer(503, 'Service Unavailable')), milliseconds);
    answered.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
