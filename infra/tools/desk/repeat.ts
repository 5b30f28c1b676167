import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command.ts';
import type { Answer } from './http.ts';

/** Nothing but passing failures came, up to the last attempt. What was asked for may have happened all the same. */
export class GivenUpError extends CommandError {
  override name = 'GivenUpError';
}

export interface Waiting {
  pause(milliseconds: number): Promise<unknown>;
  /** From 0 to below 1. */
  random(): number;
  now(): number;
}

const waiting: Waiting = { pause: delay, random: Math.random, now: Date.now };

const attempts = 8;
const firstPause = 250;
const longestPause = 10_000;
/** What a site may ask for. */
const longestPatience = 60_000;

const passingStatuses = [429, 500, 502, 503, 504];
// ABORT_ERR is our own time limit.
const passingErrors =
  'ABORT_ERR EAI_AGAIN ECONNABORTED ECONNRESET EHOSTUNREACH ENETUNREACH EPIPE ETIMEDOUT ERR_STREAM_PREMATURE_CLOSE';

/** The first answer that is no passing failure. Only for what does the same when it is done twice. Throws GivenUpError. */
export async function repeat(
  attempt: () => Promise<Answer>,
  { pause, random, now }: Waiting = waiting,
): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    const came = await attempt().catch(passingError);
    if (!(came instanceof Error) && !passingStatuses.includes(came.status)) return came;
    const reason = came instanceof Error ? came.message : `status ${came.status}`;
    if (count === attempts) throw new GivenUpError(`no answer in ${attempts} attempts (${reason})`);
    const asked = came instanceof Error ? 0 : retryAfter(came, now());
    if (asked > longestPatience)
      throw new GivenUpError(`the site asks to come back in ${Math.ceil(asked / 1000)} s (${reason})`);
    // Spread, so that those who failed together do not come back together.
    const longest = Math.min(longestPause, firstPause * 2 ** (count - 1));
    await pause(asked + longest * (asked > 0 ? random() : 0.5 + random() / 2));
  }
}

function passingError(error: NodeJS.ErrnoException): Error {
  if (!passingErrors.split(' ').includes(error.code ?? '')) throw error;
  return error;
}

/** Milliseconds; RFC 9110 §10.2.3 allows seconds and a date. */
function retryAfter(answer: Answer, now: number): number {
  const value = answer.header('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return Math.max(0, (Date.parse(value) || now) - now);
}
