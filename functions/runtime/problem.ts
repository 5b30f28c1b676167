/** Every kind of problem, under its name in the API's description. */
export const problems = {
  'unreadable-address': { status: 400, title: 'Unreadable Address' },
  'unreadable-json': { status: 400, title: 'Unreadable JSON' },
  'not-found': { status: 404, title: 'Not Found' },
  'wrong-method': { status: 405, title: 'Method Not Allowed' },
  taken: { status: 409, title: 'Taken by Another Article' },
  'in-use': { status: 409, title: 'In Use' },
  public: { status: 409, title: 'Public' },
  'not-deleted': { status: 409, title: 'Not Deleted' },
  gone: { status: 410, title: 'Gone' },
  changed: { status: 412, title: 'Changed Meanwhile' },
  'too-large': { status: 413, title: 'Content Too Large' },
  'wrong-type': { status: 415, title: 'Unsupported Media Type' },
  'faulty-fields': { status: 422, title: 'Faulty Fields' },
  failure: { status: 500, title: 'Internal Server Error' },
  busy: { status: 503, title: 'Service Unavailable' },
} as const;

export type ProblemKind = keyof typeof problems;

interface Details {
  detail?: string | undefined;
  /** Every invalid field, by JSON pointer. */
  errors?: { pointer: string; message: string }[] | undefined;
}

/** RFC 9457. Its `type` points into the site's own description of the API. */
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

/** The answer to an unexpected error: whether to try again, but nothing about its cause. */
export function failureResponse(error: unknown): Response {
  return isTransient(error)
    ? busyResponse('The news desk is busy. Try again in a moment.')
    : problemResponse('failure');
}

export function busyResponse(detail: string, seconds = 5): Response {
  return problemResponse('busy', { detail }, { 'Retry-After': String(seconds) });
}

// Trying again is useless until somebody deploys a fix.
const permanent = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];
// By name, since this room knows neither the SDK nor the store.
const transient = ['TimeoutError', 'AbortError', 'NetworkingError', 'UnsettledError'];
// Codes of a broken connection that come without the name of a system call.
const brokenConnection = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Whether the same request may succeed in a moment. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || permanent.includes(error.name)) return false;
  // Only errors of the SDK have $metadata or, on a broken connection, $response.
  if ('$metadata' in error || '$response' in error || transient.includes(error.name)) return true;
  // A system error with a path is about a file. A code alone says nothing: damaged data has one too.
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  return path === undefined && (syscall !== undefined || brokenConnection.includes(code ?? ''));
}
