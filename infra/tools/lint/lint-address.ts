import { type LintFault, linkedDocuments, lintFeed } from '../../../functions/lint/lint-feed.ts';
import { announcedFeeds } from './announced-feeds.ts';
import { httpRules, levelOfHttp } from './http-rules.ts';
import { type Polled, poll } from './polled-feed.ts';

/** A fault of a document, or without a place one of the answer as a whole. */
export type AddressFault = Omit<LintFault, 'place'> & { place?: string };

export interface Linted {
  /** Behind all redirects. */
  url: string;
  faults: AddressFault[];
  isPage: boolean;
  /** What to look at next: a page's feeds, or the documents in which a feed goes on. */
  next: string[];
}

// Of documents that are asked for again and again, by some readers with the date alone; older ones are read once.
const rulesOfPolled = ['http-last-modified'];

/** Everything that is wrong with a feed and how it is served; of a page, with how it announces its feeds. */
export async function lintAddress(address: string, { isHistory } = { isHistory: false }): Promise<Linted> {
  const polled = await poll(address).catch((error: Error) => error);
  if (polled instanceof Error) return notRead(address, 'http-answer', reasonOf(polled));
  const { url, answer } = polled;
  if (answer.status !== 200) return notRead(url, 'http-status', `Gives ${answer.status}`);
  try {
    return await (isPage(polled) ? lintPage(polled) : lintPolled(polled, isHistory));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return notRead(url, 'http-answer', reasonOf(error));
  }
}

async function lintPolled(feed: Polled, isHistory: boolean): Promise<Linted> {
  const { url, answer } = feed;
  const faults: AddressFault[] = lintFeed(answer.text, {
    url,
    contentType: answer.header('content-type') ?? '',
  });
  for (const [rule, check] of Object.entries(httpRules)) {
    if (isHistory && rulesOfPolled.includes(rule)) continue;
    for (const message of await check(feed)) faults.push({ rule, level: levelOfHttp(rule), message });
  }
  const isReadable = !faults.some(({ rule }) => rule.endsWith('well-formed'));
  const linked = isReadable ? linkedDocuments(answer.text) : [];
  for (const { relation, url } of linked) {
    const status = await poll(url).then(
      ({ answer }) => answer.status,
      () => undefined,
    );
    if (status !== 200)
      faults.push({
        rule: 'history-resolves',
        level: 'error',
        message: `The ${relation} ${url} gives ${status ?? 'no answer'}`,
      });
  }
  return { url, faults, isPage: false, next: linked.map(({ url }) => url) };
}

async function lintPage({ url, answer }: Polled): Promise<Linted> {
  const feeds = announcedFeeds(answer.text).filter(({ href }) => URL.canParse(href, url));
  const faults: AddressFault[] =
    feeds.length === 0 ? [{ rule: 'discovery', level: 'error', message: 'The page announces no feed' }] : [];
  for (const { href, type, title } of feeds) {
    if (!title) faults.push({ rule: 'discovery-title', level: 'advice', message: `${href} has no title` });
    if (!URL.canParse(href))
      faults.push({ rule: 'discovery-address', level: 'advice', message: `${href} is not absolute` });
    const served = await poll(new URL(href, url).href).then(
      ({ answer }) => answer.header('content-type'),
      () => '',
    );
    if (!served?.toLowerCase().startsWith(type.toLowerCase()))
      faults.push({
        rule: 'discovery-type',
        level: 'error',
        message: `${href} is announced as ${type}, and is ${served || 'nothing'}`,
      });
  }
  return { url, faults, isPage: true, next: feeds.map(({ href }) => new URL(href, url).href) };
}

function notRead(url: string, rule: string, message: string): Linted {
  return { url, faults: [{ rule, level: 'fatal', message }], isPage: false, next: [] };
}

function isPage({ answer }: Polled): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(answer.header('content-type') ?? '');
}

function reasonOf(error: Error): string {
  return error.message || ('code' in error ? String(error.code) : error.name);
}
