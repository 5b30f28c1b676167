import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { account } from './account.ts';
import type { Route } from './routes.ts';

export interface RoutedRequest {
  request: IncomingMessage;
  body: Buffer;
  /** Decoded. */
  path: string;
  route: Route;
  now: Date;
}

/** Of the connection, which ends at API Gateway: functions do not see them. */
const ownHeaders = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

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

/** Payload format 2.0. What is absent is undefined, and as JSON left out. */
export function httpEvent({ request, body, path, route, now }: RoutedRequest) {
  const rawQuery = (request.url ?? '').split('?').slice(1).join('?');
  const query = new URLSearchParams(rawQuery);
  const { cookie, ...headers } = joinHeaders(request);
  const sourceIp = request.socket.remoteAddress ?? '';
  const hasBody = body.length > 0;
  const isBase64Encoded = hasBody && !isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: rawQuery,
    cookies: cookie?.split('; '),
    headers: {
      ...headers,
      ...(hasBody && { 'content-length': String(body.length) }),
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': headers.host?.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    queryStringParameters:
      query.size > 0
        ? Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')]))
        : undefined,
    pathParameters: route.isGreedy ? { proxy: path.slice(route.path.length) } : undefined,
    requestContext: {
      accountId: account.id,
      apiId: 'local',
      authorizer: route.isSigned ? { iam: localUser } : undefined,
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? '',
        path,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    body: hasBody ? body.toString(isBase64Encoded ? 'base64' : 'utf8') : undefined,
    isBase64Encoded,
  };
}

function joinHeaders({ headersDistinct }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headersDistinct)
      .filter(([name]) => !ownHeaders.includes(name))
      .map(([name, values = []]) => [name, values.join(name === 'cookie' ? '; ' : ',')]),
  );
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
