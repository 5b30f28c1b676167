import { InvalidArticleError, TooLargeError } from '../article/fault.ts';
import { problemResponse } from '../runtime/problem.ts';
import { TakenError } from '../store/transaction.ts';

/** The stored article is not the one the client wants to replace or remove. */
export class PreconditionFailedError extends Error {
  override name = 'PreconditionFailedError';
}

/** The answer to a write that its sender can mend; undefined for every other failure. */
export function refusalResponse(error: unknown): Response | undefined {
  if (error instanceof SyntaxError)
    return problemResponse({ status: 400, title: 'Unreadable JSON', detail: error.message });
  if (error instanceof InvalidArticleError)
    return problemResponse({ status: 422, title: 'Faulty fields', errors: error.faults });
  if (error instanceof TooLargeError)
    return problemResponse({ status: 413, title: 'Content Too Large', detail: error.message });
  if (error instanceof TakenError)
    return problemResponse({
      status: 409,
      title: 'Conflict',
      errors: [{ pointer: error.pointer, message: error.message }],
    });
  if (error instanceof PreconditionFailedError)
    return problemResponse({
      status: 412,
      title: 'Precondition Failed',
      detail: 'The article was changed by someone else meanwhile. Read it again before you replace it.',
    });
  return undefined;
}
