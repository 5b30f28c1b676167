import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command.ts';
import type { Access } from './access.ts';
import { connectionError, findWrongAddress } from './connection-errors.ts';
import { type Answer, send } from './http.ts';
import { problemFaults, sendSigned } from './write-api.ts';

/** Every attempt failed in a way that passes. The last one may have been carried out all the same. */
export class GivenUpError extends CommandError {
  override name = 'GivenUpError';
}

/** Chance and time, which tests replace. */
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
/** The longest Retry-After that is obeyed. */
const longestRetryAfter = 60_000;

const passingStatuses = [429, 500, 502, 503, 504];
// ABORT_ERR is our own time limit.
const passingErrors =
  'ABORT_ERR EAI_AGAIN ECONNABORTED ECONNRESET EHOSTUNREACH ENETUNREACH EPIPE ETIMEDOUT ERR_STREAM_PREMATURE_CLOSE';

/** Requests that may be sent twice. POST only repairs, or restores a version by its number: creating an article with it would create two. */
type Repeatable = 'DELETE' | 'GET' | 'PUT' | 'POST';

/** A write API for many requests: repeats what fails in passing. Throws CommandError where no other request would do better. */
export class RetryingClient {
  readonly #access: Access;
  readonly #waiting: Waiting;

  constructor(access: Access, given: Waiting = waiting) {
    this.#access = access;
    this.#waiting = given;
  }

  /** Throws GivenUpError, a CommandError, when every attempt failed in passing. */
  async send(
    method: Repeatable,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { publishUrl } = this.#access;
    const attempt = () => sendSigned(this.#access, method, path, { body, headers, keepsConnection: true });
    const answer = await this.#repeat(attempt).catch((error) => {
      throw error instanceof CommandError ? error : connectionError(publishUrl, error);
    });
    const wrongAddress = findWrongAddress(publishUrl, answer, Date.now());
    if (wrongAddress) throw new CommandError(wrongAddress);
    return answer;
  }

  /** What everybody may read; follows a redirect to elsewhere, as to a large picture. Throws GivenUpError. */
  async read(path: string): Promise<Answer> {
    const { publishUrl } = this.#access;
    const get = (url: string) =>
      this.#repeat(() => send(url, { keepsConnection: true })).catch((error) => {
        throw error instanceof CommandError ? error : connectionError(publishUrl, error);
      });
    const answer = await get(publishUrl + path);
    return answer.status === 302 ? get(new URL(answer.header('location') ?? '', publishUrl).href) : answer;
  }

  /** Follows `next` through all pages of a list. Throws CommandError, which begins with `failure`, when one cannot be read. */
  async *pages<Page>(
    method: 'GET' | 'POST',
    list: string,
    failure: string,
  ): AsyncGenerator<Page & { next: string | null }> {
    for (let path: string | null = list; path !== null; ) {
      const answer = await this.send(method, path);
      if (answer.status !== 200) throw new CommandError(`${failure}: ${problemFaults(answer)[0]?.message}`);
      const page: Page & { next: string | null } = JSON.parse(answer.text);
      yield page;
      // Only its query: a signed request must go nowhere else.
      path = page.next === null ? null : list + new URL(page.next, this.#access.publishUrl).search;
    }
  }

  async #repeat(attempt: () => Promise<Answer>): Promise<Answer> {
    const { pause, random, now } = this.#waiting;
    for (let count = 1; ; count += 1) {
      const came = await attempt().catch(requirePassing);
      if (!(came instanceof Error) && !passingStatuses.includes(came.status)) return came;
      const reason = came instanceof Error ? came.message : `status ${came.status}`;
      if (count === attempts) throw new GivenUpError(`no answer in ${attempts} attempts (${reason})`);
      const asked = came instanceof Error ? 0 : retryAfter(came, now());
      if (asked > longestRetryAfter)
        throw new GivenUpError(`the site asks to come back in ${Math.ceil(asked / 1000)} s (${reason})`);
      // Spread, so that requests that failed together do not come back together.
      const longest = Math.min(longestPause, firstPause * 2 ** (count - 1));
      await pause(asked + longest * (asked > 0 ? random() : 0.5 + random() / 2));
    }
  }
}

function requirePassing(error: NodeJS.ErrnoException): Error {
  if (!passingErrors.split(' ').includes(error.code ?? '')) throw error;
  return error;
}

/** Milliseconds; RFC 9110 §10.2.3 allows seconds and a date. */
function retryAfter(answer: Answer, now: number): number {
  const value = answer.header('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return Math.max(0, (Date.parse(value) || now) - now);
}
