import type { Fault } from '../article/fault.ts';

/** Every kind of problem, as the API's description names it: one status and one title each. */
export const problems = {
  'unreadable-address': { status: 400, title: 'Unreadable Address' },
  'unreadable-json': { status: 400, title: 'Unreadable JSON' },
  'not-found': { status: 404, title: 'Not Found' },
  'wrong-method': { status: 405, title: 'Method Not Allowed' },
  taken: { status: 409, title: 'Taken by Another Article' },
  gone: { status: 410, title: 'Gone' },
  changed: { status: 412, title: 'Changed Meanwhile' },
  'too-large': { status: 413, title: 'Content Too Large' },
  'wrong-type': { status: 415, title: 'Unsupported Media Type' },
  'faulty-fields': { status: 422, title: 'Faulty Fields' },
  failure: { status: 500, title: 'Internal Server Error' },
  busy: { status: 503, title: 'Service Unavailable' },
} as const;

export type ProblemKind = keyof typeof problems;

/** Of this one case: what happened, and every field that is wrong. */
interface Details {
  detail?: string | undefined;
  errors?: Fault[] | undefined;
}

/** RFC 9457. Its `type` leads into the site's own description of the API. */
export function problemResponse(
  kind: ProblemKind,
  { detail, errors }: Details = {},
  headers: Record<string, string> = {},
): Response {
  const { status, title } = problems[kind];
  const type = `/openapi.json#/components/responses/${kind}`;
  return new Response(JSON.stringify({ type, title, status, detail, errors }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

/** What a failure that is nobody's request tells the client: nothing of the inside, but whether to come again. */
export function failureResponse(error: unknown): Response {
  return isPassing(error)
    ? busyResponse('The news desk is busy. Try again in a moment.')
    : problemResponse('failure');
}

export function busyResponse(detail: string, seconds = 5): Response {
  return problemResponse('busy', { detail }, { 'Retry-After': String(seconds) });
}

// These stay until someone deploys: no use in trying again.
const lasting = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];
// By name, for the SDK and the store are not known here.
const passing = ['TimeoutError', 'AbortError', 'NetworkingError', 'UnsettledError'];
// What a broken connection may say without naming the system's call that met it.
const brokenConnection = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Whether the same may succeed in a moment. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || lasting.includes(error.name)) return false;
  // Only the SDK's errors carry $metadata, or $response on a broken connection: the database was out of reach.
  if ('$metadata' in error || '$response' in error || passing.includes(error.name)) return true;
  // Of the system's errors, those of files name a path. A code alone says nothing: damaged data has one too.
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  return path === undefined && (syscall !== undefined || brokenConnection.includes(code ?? ''));
}
