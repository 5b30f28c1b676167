import { InvalidArticleError, TooLargeError } from '../article/fault.ts';
import { problemResponse } from '../runtime/problem.ts';
import { TakenError } from '../store/transaction.ts';
import { PreconditionFailedError } from './preconditions.ts';
import { UnreadableJsonError, WrongTypeError } from './request-body.ts';

/** The answer to a write that its sender can mend; undefined for every other failure. */
export function refusalResponse(error: unknown): Response | undefined {
  if (error instanceof UnreadableJsonError)
    return problemResponse('unreadable-json', { detail: error.message });
  if (error instanceof WrongTypeError) return problemResponse('wrong-type', { detail: error.message });
  if (error instanceof InvalidArticleError) return problemResponse('faulty-fields', { errors: error.faults });
  if (error instanceof TooLargeError) return problemResponse('too-large', { detail: error.message });
  if (error instanceof TakenError) {
    const { pointer, message } = error;
    return problemResponse('taken', { errors: [{ pointer, message }] });
  }
  if (error instanceof PreconditionFailedError)
    return problemResponse('changed', {
      detail: 'The article is not as the request expects it. Read it again before you replace or remove it.',
    });
  return undefined;
}
