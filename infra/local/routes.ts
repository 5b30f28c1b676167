import type { IncomingMessage, RequestListener } from 'node:http';
import { functionId } from './account.ts';
import { FunctionError } from './environment.ts';
import type { Invoke } from './functions.ts';
import { httpEvent, readRequest } from './http-event.ts';
import type { FindKnown } from './resources.ts';
import { functionAnswer, gatewayAnswer, type HttpAnswer, send } from './server.ts';
import { isSigned } from './signature.ts';
import { unknownError } from './template.ts';

const payloadLimit = 10 * 1024 * 1024;
/** HTTP APIs wait no longer for a function. */
const timeoutMilliseconds = 30_000;

export interface Route {
  /** ANY and a path, the last part of which may be `{proxy+}`. */
  key: string;
  functionId: string;
  isSigned: boolean;
  /** The whole path, or for `{proxy+}` the beginning of it. */
  path: string;
  isGreedy: boolean;
}

export interface Routes {
  find: FindKnown;
  invoke: Invoke;
  now(): Date;
}

/** Answers as the template's HTTP API does. */
export function serveRoutes({ find, invoke, now }: Routes): RequestListener {
  const routes = readRoutes(find);
  return async (incoming, response) => {
    try {
      const body = await readBody(incoming);
      send(response, incoming.method ?? '', await answer(incoming, body));
    } catch (error) {
      // The client went away.
      response.destroy(error as Error);
    }
  };

  async function answer(incoming: IncomingMessage, body: Buffer | undefined): Promise<HttpAnswer> {
    if (!body) return gatewayAnswer(413, 'Request Entity Too Large');
    const request = readRequest(incoming, body);
    if (!request) return gatewayAnswer(400, 'Bad Request');
    const route = routes.find(({ path, isGreedy }) =>
      isGreedy ? request.path.startsWith(path) : request.path === path,
    );
    if (!route) return gatewayAnswer(404, 'Not Found');
    if (route.isSigned && !(await isSigned(request))) return gatewayAnswer(403, 'Forbidden');
    const answered = invoke(route.functionId, httpEvent(request, route, now()));
    return withinTime(answered.then(functionAnswer, failureAnswer));
  }
}

/** The most specific first, as API Gateway chooses: whole paths, then the longest beginning. */
function readRoutes(find: FindKnown): Route[] {
  const integrations = new Map(
    find('AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [id, properties.IntegrationUri]),
  );
  const routes = find('AWS::ApiGatewayV2::Route').map(({ id, properties }): Route => {
    const { RouteKey: key, Target, AuthorizationType } = properties;
    const integration = integrations.get(Target.replace('integrations/', ''));
    if (!integration) throw unknownError(`the integration of ${id}`);
    return {
      key,
      functionId: functionId(integration),
      isSigned: AuthorizationType === 'AWS_IAM',
      path: key.replace('ANY ', '').replace('{proxy+}', ''),
      isGreedy: key.endsWith('{proxy+}'),
    };
  });
  return routes.sort(
    (one, other) => Number(one.isGreedy) - Number(other.isGreedy) || other.path.length - one.path.length,
  );
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

function failureAnswer(error: unknown): HttpAnswer {
  if (!(error instanceof FunctionError)) throw error;
  return gatewayAnswer(500, 'Internal Server Error');
}

/** A function that takes longer goes on to its own end, unheard. */
function withinTime(answered: Promise<HttpAnswer>): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(gatewayAnswer(503, 'Service Unavailable')), timeoutMilliseconds);
    answered.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
