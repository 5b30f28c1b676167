const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The first full minute that is at least so many seconds after `now`: what is due in one minute is done together. */
export function dueTime(now: string, seconds: number): string {
  return onGrid(Date.parse(now) + seconds * 1000, minute);
}

/**
 * When to repeat what has failed: after about as long as it has failed already, a minute at least and an hour at most, later if
 * so many seconds were asked for, up to an hour; undefined when it has failed for a day. Times lie on a grid as wide as the wait,
 * so that all that fails for long comes due together.
 */
export function nextTry(since: string, now: string, askedSeconds = 0): string | undefined {
  const age = Date.parse(now) - Date.parse(since);
  if (age >= day) return undefined;
  const wait = Math.min(hour, minute * 2 ** Math.floor(Math.log2(Math.max(1, age / minute))));
  const earliest = Math.min(hour, Math.max(minute, askedSeconds * 1000));
  return onGrid(Date.parse(now) + earliest, wait);
}

function onGrid(time: number, step: number): string {
  return new Date(Math.ceil(time / step) * step).toISOString();
}
