import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { StartError } from './settings.ts';

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

/** Sends an answer of API Gateway's own. */
export function sendMessage(response: ServerResponse, statusCode: number, message: string): ServerResponse {
  return sendJson(response, statusCode, JSON.stringify({ message }));
}

/** Sends what a function returned. */
export function sendResult(response: ServerResponse, result: unknown): ServerResponse {
  if (typeof result !== 'object' || result === null || !('statusCode' in result))
    return sendJson(response, 200, typeof result === 'string' ? result : JSON.stringify(result));
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded } = result as StructuredResult;
  if (!Number.isInteger(statusCode)) return sendMessage(response, 500, 'Internal Server Error');
  response.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies) response.setHeader('set-cookie', cookies);
  const content = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  // Where there is no body to send, the function may have stated the length that it would have.
  const isBodiless = response.req.method === 'HEAD' || statusCode === 204 || statusCode === 304;
  if (!isBodiless || content.length > 0) response.setHeader('content-length', content.length);
  return response.end(content);
}

type StructuredResult = APIGatewayProxyStructuredResultV2 & { statusCode: number };

function sendJson(response: ServerResponse, statusCode: number, body: string): ServerResponse {
  return sendResult(response, { statusCode, headers: { 'content-type': 'application/json' }, body });
}
