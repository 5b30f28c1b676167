import { once } from 'node:events';
import {
  createServer,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { StartError } from './settings.ts';

/** What a function returned, or API Gateway itself says, in the one form that can be sent. */
export interface HttpAnswer {
  statusCode: number;
  /** With lower-case names. */
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** On this machine alone; port 0 is any free one. Throws StartError when the port is taken. */
export async function listen(
  port: number,
  listener: RequestListener,
): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartError(`Port ${port} is in use: stop what listens there, or set PORT to another one`);
  }
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** API Gateway's own answers. */
export function gatewayAnswer(statusCode: number, message: string): HttpAnswer {
  return json(statusCode, JSON.stringify({ message }));
}

export function functionAnswer(result: unknown): HttpAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result))
    return json(200, typeof result === 'string' ? result : JSON.stringify(result));
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as APIGatewayProxyStructuredResultV2;
  if (!statusCode || !Number.isInteger(statusCode)) return gatewayAnswer(500, 'Internal Server Error');
  const lowerCased = Object.entries(headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    statusCode,
    headers: { ...Object.fromEntries(lowerCased), ...(cookies && { 'set-cookie': cookies }) },
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function json(statusCode: number, text: string): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}

/** To HEAD without the body, but with the length that the function states or the body has. */
export function send(
  response: ServerResponse,
  method: string,
  { statusCode, headers, body }: HttpAnswer,
): void {
  const isBodiless = method === 'HEAD' || statusCode === 204 || statusCode === 304;
  const length = isBodiless ? (headers['content-length'] ?? (body.length || undefined)) : body.length;
  const { 'content-length': _, ...rest } = headers;
  response.writeHead(statusCode, { ...rest, ...(length !== undefined && { 'content-length': length }) });
  response.end(body);
}
