import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** What a function returned, or API Gateway itself says, in the one form that can be sent. */
export interface HttpAnswer {
  statusCode: number;
  /** With lower-case names. */
  headers: OutgoingHttpHeaders;
  body: Buffer;
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
  return {
    statusCode,
    headers: {
      ...Object.fromEntries(
        Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies && { 'set-cookie': cookies }),
    },
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
