import { retryAfter } from './safe-fetch.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export interface Try {
  /** In milliseconds since 1970. */
  now: number;
  /** In minutes, as site.yaml says. */
  every: number;
  /** Tries in a row that failed, this one included. */
  failures: number;
  /** Of the answer, if there was one. */
  headers?: Headers;
  /** From 0 up to 1: spreads the tries, so that no source meets all its followers in the same second. */
  chance: number;
}

/**
 * When a source is asked again, in milliseconds since 1970. Each failure in a row doubles the pause. The source may ask for a longer
 * one by Retry-After or max-age (RFC 9110 section 10.2.3, RFC 9111 section 5.2.2.1), never for a shorter one. Up to a tenth is added;
 * a day is the longest pause.
 */
export function nextTry({ now, every, failures, headers, chance }: Try): number {
  const pause = every * minute * 2 ** Math.min(failures, 20);
  const asked = Math.max(retryAfter(headers, now), maxAge(headers));
  return now + Math.min(day, Math.max(pause, asked) * (1 + chance / 10));
}

function maxAge(headers: Headers | undefined): number {
  const directives = headers?.get('cache-control')?.toLowerCase().split(',') ?? [];
  const seconds = directives.map((directive) => /^\s*max-age\s*=\s*"?(\d+)"?\s*$/.exec(directive)?.[1]);
  return Number(seconds.find((found) => found !== undefined) ?? 0) * 1000;
}
