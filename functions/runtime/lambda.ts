import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemResponse } from './problem.ts';
import { withEncodedPath } from './request.ts';

/** What routes find in `c.env`; nothing when a test calls the app directly. */
export type Bindings = { Bindings: { event?: APIGatewayProxyEventV2 } };

/**
 * Answers requests of an HTTP API (payload format 2.0). hono's own adapter knows four other kinds of event, and makes base64 of a body
 * byte by byte: 2 ms of a feed.
 */
export async function answerEvent(
  app: { fetch(request: Request, env: Bindings['Bindings']): Response | Promise<Response> },
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { rawPath } = withEncodedPath(event);
  let request: Request;
  try {
    request = requestOf({ ...event, rawPath });
  } catch (error) {
    // Such as a GET with a body.
    if (error instanceof TypeError) return resultOf(new Response('Invalid request', { status: 400 }));
    throw error;
  }
  // A URL is tidied when it is read: IAM would have judged `/drafts/../articles/x`, and the app been asked for `/articles/x`.
  if (new URL(request.url).pathname !== rawPath) return resultOf(problemResponse('not-found'));
  return resultOf(await app.fetch(request, { event }));
}

function requestOf(event: APIGatewayProxyEventV2): Request {
  const { requestContext, rawPath, rawQueryString, body, isBase64Encoded } = event;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers))
    if (value) headers.set(name, /[^\0-\x7F]/.test(value) ? encodeURIComponent(value) : value);
  const query = rawQueryString ? `?${rawQueryString}` : '';
  return new Request(`https://${requestContext.domainName}${rawPath}${query}`, {
    method: requestContext.http.method,
    headers,
    ...(body && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
  });
}

const text = /^(text\/|application\/([\w.-]+\+)?(json|xml)\b)/;

async function resultOf(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = Object.fromEntries(response.headers);
  const isBase64Encoded = 'content-encoding' in headers || !text.test(headers['content-type'] ?? 'text/');
  const body = Buffer.from(await response.arrayBuffer()).toString(isBase64Encoded ? 'base64' : 'utf8');
  return { statusCode: response.status, headers, body, isBase64Encoded };
}
