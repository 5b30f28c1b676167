import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { type Level, type LintFault, linkedDocuments, lintFeed } from '../../../functions/lint/lint-feed.ts';
import { type Answer, type Request, send } from '../api/http.ts';
import { httpRules, levelOfHttp } from './http-rules.ts';

/** An address that was read once, uncompressed. */
export interface Polled {
  /** Behind all redirects. */
  url: string;
  answer: Answer;
  /** Asks the same address again. */
  ask(headers: Record<string, string>, method?: string): Promise<Answer>;
}

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

const maxRedirects = 5;
const feedTypes = [
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/json',
];
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
    const status = (await poll(url).catch(() => undefined))?.answer.status;
    if (status === 200) continue;
    const message = `The ${relation} ${url} gives ${status ?? 'no answer'}`;
    faults.push({ rule: 'history-resolves', level: 'error', message });
  }
  return { url, faults, isPage: false, next: linked.map(({ url }) => url) };
}

async function lintPage({ url, answer }: Polled): Promise<Linted> {
  const feeds = announcedFeeds(parse(answer.text)).filter(({ href = '' }) => URL.canParse(href, url));
  const faults: AddressFault[] = [];
  const add = (rule: string, level: Level, message: string) => faults.push({ rule, level, message });
  if (feeds.length === 0) add('discovery', 'error', 'The page announces no feed');
  const next: string[] = [];
  for (const { href = '', type = '', title } of feeds) {
    const feed = new URL(href, url).href;
    next.push(feed);
    if (!title) add('discovery-title', 'advice', `${href} has no title`);
    if (!URL.canParse(href)) add('discovery-address', 'advice', `${href} is not absolute`);
    const served = (await poll(feed).catch(() => undefined))?.answer.header('content-type');
    if (!served?.toLowerCase().startsWith(type.toLowerCase()))
      add('discovery-type', 'error', `${href} is announced as ${type}, and is ${served || 'nothing'}`);
  }
  return { url, faults, isPage: true, next };
}

/** The attributes of the links to feeds in the head of a page: autodiscovery. */
function announcedFeeds(node: DefaultTreeAdapterTypes.Node): Record<string, string | undefined>[] {
  if (node.nodeName === 'body') return [];
  if (node.nodeName !== 'link' || !('attrs' in node))
    return 'childNodes' in node ? node.childNodes.flatMap(announcedFeeds) : [];
  const link = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  const { rel = '', type = '', href } = link;
  const isAlternate = rel.toLowerCase().split(/\s+/).includes('alternate');
  return isAlternate && feedTypes.includes(type.toLowerCase()) && href !== undefined ? [link] : [];
}

async function poll(address: string): Promise<Polled> {
  let url = new URL(address).href;
  let answer = await get(url);
  for (let turns = 0; isRedirect(answer) && turns < maxRedirects; turns += 1) {
    url = new URL(answer.header('location') ?? '', url).href;
    answer = await get(url);
  }
  return { url, answer, ask: (headers, method) => get(url, { headers, ...(method && { method }) }) };
}

function get(url: string, { headers, ...request }: Request = {}): Promise<Answer> {
  return send(url, { ...request, headers: { 'accept-encoding': 'identity', ...headers } });
}

function isRedirect({ status, header }: Answer): boolean {
  return [301, 302, 303, 307, 308].includes(status) && header('location') !== undefined;
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
