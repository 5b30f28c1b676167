import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { account } from './account.ts';
import type { Route } from './routes.ts';

export interface ApiRequest {
  method: string;
  /** As an HTTP API hands it on: percent-decoded, and cut at a decoded question mark. */
  path: string;
  /** As it was sent, percent-encoded. */
  rawPath: string;
  rawQuery: string;
  /** In lower case, repeated ones joined by commas. */
  headers: Record<string, string>;
  body: Buffer;
  sourceIp: string;
}

/** Of the connection, which ends at API Gateway: functions do not see them. */
const ownHeaders = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Undefined when the path is not percent-encoded UTF-8. */
export function readRequest(incoming: IncomingMessage, body: Buffer): ApiRequest | undefined {
  const [rawPath = '', ...query] = (incoming.url ?? '').split('?');
  let path: string;
  try {
    path = decodeURIComponent(rawPath).split('?')[0] as string;
  } catch {
    return undefined;
  }
  return {
    method: incoming.method ?? '',
    path,
    rawPath,
    rawQuery: query.join('?'),
    headers: joinedHeaders(incoming),
    body,
    sourceIp: incoming.socket.remoteAddress ?? '',
  };
}

function joinedHeaders({ headersDistinct }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(headersDistinct))
    if (!ownHeaders.includes(name)) headers[name] = values.join(name === 'cookie' ? '; ' : ',');
  return headers;
}

/** Whose credentials a signed request was made with. */
const localUser = {
  accessKey: account.credentials.accessKeyId,
  accountId: account.id,
  callerId: 'local',
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: `arn:aws:iam::${account.id}:user/local`,
  userId: 'local',
};

/** Payload format 2.0: what is absent is left out, never null. */
export function httpEvent(request: ApiRequest, route: Route, now: Date): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = request.headers;
  const query = queryParameters(request.rawQuery);
  const isBase64Encoded = request.body.length > 0 && !isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: {
      ...headers,
      ...(request.body.length > 0 && { 'content-length': String(request.body.length) }),
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': headers.host?.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(route.isGreedy && { pathParameters: { proxy: request.path.slice(route.path.length) } }),
    requestContext: {
      accountId: account.id,
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
      ...(route.isSigned && { authorizer: { iam: localUser } }),
    },
    ...(request.body.length > 0 && { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

function queryParameters(rawQuery: string): Record<string, string> {
  const query = new URLSearchParams(rawQuery);
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')]));
}

/** Everything else arrives as base64, also forms and bodies without a type: observed on AWS, which documents no list. */
function isText(contentType = ''): boolean {
  return /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i.test(contentType);
}

/** 12/Mar/2020:19:03:58 +0000 */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
