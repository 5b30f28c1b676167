import { CommandError } from '../command.ts';
import { isLoopback } from './access.ts';
import type { Answer } from './http.ts';

/** The words for a connection that no retry will make; `setting` is the option that names another address. */
export function connectionError(url: string, cause: NodeJS.ErrnoException, setting = '--to'): CommandError {
  if (cause.code === 'ECONNREFUSED')
    return new CommandError(
      isLoopback(url)
        ? `Nothing answers at ${url}: is the site running? Start it with npm start, or name another with ${setting}`
        : `${url} takes no connections: check the address`,
      { cause },
    );
  if (cause.code === 'ENOTFOUND')
    return new CommandError(`There is no host ${new URL(url).hostname}: check the address`, { cause });
  return new CommandError(`${url} cannot be reached: ${cause.message || cause.code}`, { cause });
}

/** Why no request to this address will succeed; undefined for an answer of a write API about one article. */
export function findWrongAddress(url: string, answer: Answer, now: number): string | undefined {
  const { status } = answer;
  const type = answer.header('content-type') ?? '';
  if (status === 403) return forbidden(url, answer, now);
  // A redirect to another article comes from the write API; any other leads to another site.
  const leadsAway = status >= 300 && status < 400 && !/\/articles\//.test(answer.header('location') ?? '');
  if (leadsAway) return `${url} leads to ${answer.header('location')}: name that address with --to`;
  const isOurs = status === 404 ? type.startsWith('application/problem+json') : /\bjson\b/.test(type);
  if (isOurs || status === 204 || status === 308) return undefined;
  return `There is no write API at ${url} (status ${status}): name the stack's output PublishUrl with --to`;
}

const skewThatMatters = 5 * 60_000;

function forbidden(url: string, answer: Answer, now: number): string {
  const skew = now - Date.parse(answer.header('date') ?? '');
  const clock =
    Math.abs(skew) > skewThatMatters
      ? `This computer's clock is ${Math.round(Math.abs(skew) / 60_000)} minutes ${skew < 0 ? 'behind' : 'ahead of'} the site's: set it right.`
      : '';
  const reasons = isLoopback(url)
    ? 'Is it the local stage that listens there?'
    : 'Do your AWS credentials belong to the account of the site, and may they call its API (execute-api:Invoke)? ' +
      "Is it the output PublishUrl, not the site's own address?";
  return `${url} refuses the signature (403). ${clock || reasons}`;
}
