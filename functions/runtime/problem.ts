import type { Fault } from '../article/fault.ts';

/** RFC 9457. `title` is one for each type; `detail` speaks of this case. */
export interface Problem {
  status: number;
  title: string;
  detail?: string | undefined;
  type?: string | undefined;
  errors?: Fault[] | undefined;
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

// These stay until someone deploys: no use in trying again.
const lasting = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];

/** What a failure that is nobody's request tells the client: nothing of the inside, but whether to come again. */
export function failureResponse(error: unknown): Response {
  // Only the SDK's errors carry $metadata, or $response on a broken connection: the database was out of reach.
  const temporary =
    error instanceof Error &&
    !lasting.includes(error.name) &&
    ('$metadata' in error || '$response' in error || isNetworkError(error));
  return temporary
    ? problemResponse(
        {
          status: 503,
          title: 'Service Unavailable',
          detail: 'The news desk is busy. Try again in a moment.',
        },
        { 'Retry-After': '5' },
      )
    : problemResponse({ status: 500, title: 'Internal Server Error' });
}

function isNetworkError(error: Error): boolean {
  return (
    ['TimeoutError', 'AbortError', 'NetworkingError'].includes(error.name) ||
    'syscall' in error ||
    'code' in error
  );
}
