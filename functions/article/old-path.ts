/** Where readers of an old address are led: to a path of this site, or an http(s) address. */
export interface Redirect {
  /** As `spellOldPath` spells it; with `/*` at its end it stands for all that begins so. */
  from: string;
  /** With `/*` at its end, what the star of `from` stood for is carried over. */
  to: string;
}

/** What only tells where a reader came from. */
const tracking = /^(utm_.*|fbclid|gclid)$/i;
const star = '/*';
/** An old path with a star may have as many steps before it: so many prefixes of an address are looked for. */
export const mostSteps = 4;
/** DynamoDB takes a sort key of 1,024 bytes. */
export const mostPathBytes = 1_000;

/**
 * An address in the one spelling in which old addresses are kept and looked for: percent-decoded, in NFC, without a slash at its end and
 * without what tracks readers. What would mean something else is left encoded, with capitals. Never throws.
 */
export function spellOldPath({ pathname, search }: Pick<URL, 'pathname' | 'search'>): string {
  const path = pathname
    .replace(/(?:%[0-9a-f]{2})+|[%*]/gi, decoded)
    .normalize('NFC')
    .replace(/\/+/g, '/');
  const query = new URLSearchParams(
    [...new URLSearchParams(search)].filter(([name]) => !tracking.test(name)),
  );
  query.sort();
  return `${path.length > 1 ? path.replace(/\/$/, '') : path}${query.size > 0 ? `?${query}` : ''}`;
}

function decoded(run: string): string {
  try {
    return decodeURIComponent(run === '%' ? '%25' : run).replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these stay encoded
      /[%?#*\\\0-\x1f\x7f]/g,
      (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
    );
  } catch {
    return run.toUpperCase();
  }
}

/** What people write as an old path, spelled as it is looked for; or what is wrong with it. */
export function readOldPath(written: string): { from: string } | { fault: string } {
  const fault = (fault: string) => ({ fault });
  if (!/^\/(?![/\\])/.test(written)) return fault('must be a path of the old site, such as /2019/05/title');
  if (written.includes('#')) return fault('holds "#": what follows it no browser sends');
  if (/\p{Surrogate}/u.test(written)) return fault('holds a damaged character');
  const isPrefix = written.endsWith(star);
  const plain = isPrefix ? written.slice(0, -1) : written;
  if (plain.includes('*'))
    return fault('may have "*" at its end alone, behind a slash: /old/* (a star that is meant is %2A)');
  const spelled = spellOldPath(new URL(`https://site.invalid${plain}`));
  if (isPrefix && spelled.includes('?'))
    return fault('has "*" in its query: without the query it stands for any');
  const from = isPrefix ? spelled.replace(/\/?$/, star) : spelled;
  if (Buffer.byteLength(from) > mostPathBytes) return fault(`has more than ${mostPathBytes} bytes`);
  if (isPrefix && stepsOf(spelled).length > mostSteps)
    return fault(`has more than ${mostSteps} steps before its "*"`);
  return { from };
}

/** Old paths that lead on from an address, the closest first: itself, without its query, and at most five that end with a star. */
export function oldPathsFor(spelled: string): string[] {
  const [path = ''] = spelled.split('?');
  const steps = stepsOf(path);
  const prefixes = Array.from({ length: Math.min(mostSteps, steps.length) + 1 }, (_, above) =>
    ['', ...steps.slice(0, Math.min(mostSteps, steps.length) - above), '*'].join('/'),
  );
  return [...new Set([spelled, path]), ...prefixes].filter(
    (from) => Buffer.byteLength(from) <= mostPathBytes,
  );
}

/** Where this redirect leads from an address that `oldPathsFor` has found it for. A rest can make no other host of the target. */
export function targetOf({ from, to }: Redirect, spelled: string): string {
  if (!from.endsWith(star) || !to.endsWith(star)) return to;
  const [path = ''] = spelled.split('?');
  // What is left encoded is not encoded twice.
  const rest = encodeURI(path.slice(from.length - 1)).replaceAll('%25', '%');
  const isOwnPage = rest === '' && /^\/[^*]/.test(to);
  return to.slice(0, isOwnPage ? -2 : -1) + rest;
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((step) => step !== '');
}
