import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { functionId } from './account.ts';
import { FunctionError } from './environment.ts';
import type { Invoke } from './functions.ts';
import { httpEvent } from './http-event.ts';
import type { FindKnown } from './resources.ts';
import { sendMessage, sendResult } from './server.ts';
import { isSigned } from './signature.ts';
import { unknownError } from './template.ts';

const maxBodyBytes = 10 * 1024 * 1024;

export interface Route {
  /** A method, or ANY, and a path, the last part of which may be `{proxy+}`. */
  key: string;
  method: string;
  functionId: string;
  isSigned: boolean;
  /** The whole path, or for `{proxy+}` the beginning of it. */
  path: string;
  isGreedy: boolean;
}

/** Answers as the template's HTTP API does. Its own limit of 30 s is longer than the timeout of any function behind it. */
export function serveRoutes(
  find: FindKnown,
  invoke: Invoke,
  { now, drafts = false }: { now: () => Date; drafts?: boolean | undefined },
): RequestListener {
  const routes = readRoutes(find);
  const routeOf = (method: string, path: string) =>
    routes.find(
      (each) =>
        ['ANY', method].includes(each.method) &&
        (each.isGreedy ? path.startsWith(each.path) : path === each.path),
    );

  /** What the function answers; where there is nothing for readers, the article that is to be there, by its preview link. */
  async function ask(route: Route, event: ReturnType<typeof httpEvent>): Promise<unknown> {
    const answer = await invoke(route.functionId, event);
    const [, slug] = /^\/news\/([a-z0-9-]+)$/.exec(event.rawPath) ?? [];
    if (!drafts || !slug || Object(answer).statusCode !== 404) return answer;
    const { requestContext } = event;
    const rawPath = `/articles/${slug}/preview`;
    const http = { ...requestContext.http, method: 'POST', path: rawPath };
    const writing = routeOf('POST', rawPath);
    const link =
      writing &&
      (await invoke(writing.functionId, { ...event, rawPath, requestContext: { ...requestContext, http } }));
    if (Object(link).statusCode !== 200) return answer;
    const { body, isBase64Encoded } = link as { body: string; isBase64Encoded: boolean };
    const { url } = JSON.parse(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString());
    return invoke(route.functionId, { ...event, rawQueryString: new URL(url).search.slice(1) });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    // Read to its end even where it is too large: a client that is cut off sees no answer.
    const body = await buffer(request);
    if (body.length > maxBodyBytes) return sendMessage(response, 413, 'Request Entity Too Large');
    const path = decodePath(request.url ?? '');
    if (path === undefined) return sendMessage(response, 400, 'Bad Request');
    const route = routeOf(request.method ?? '', path);
    if (!route) return sendMessage(response, 404, 'Not Found');
    const event = httpEvent({ request, body, path, route, now: now() });
    if (route.isSigned && !(await isSigned(request, event.headers, body)))
      return sendMessage(response, 403, 'Forbidden');
    try {
      return sendResult(response, await ask(route, event));
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return sendMessage(response, 500, 'Internal Server Error');
    }
  }

  // What fails here is that the client went away.
  return (request, response) => void answer(request, response).catch((error) => response.destroy(error));
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
    const [method = '', path = ''] = key.split(' ');
    return {
      key,
      method,
      functionId: functionId(integration),
      isSigned: AuthorizationType === 'AWS_IAM',
      path: path.replace('{proxy+}', ''),
      isGreedy: key.endsWith('{proxy+}'),
    };
  });
  return routes.sort(
    (one, other) => Number(one.isGreedy) - Number(other.isGreedy) || other.path.length - one.path.length,
  );
}

/** As an HTTP API hands it on: cut at a decoded question mark; undefined when it is not percent-encoded UTF-8. */
function decodePath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '').split('?')[0];
  } catch {
    return undefined;
  }
}
