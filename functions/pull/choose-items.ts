import { createHash } from 'node:crypto';
import type { FollowSettings } from '../article/followed-source.ts';
import { labelName } from '../article/stream-name.ts';
import { plainText } from './feed-html.ts';
import type { FeedItem } from './feed-item.ts';

/** By what a source knows an item: its guid, or else its link. */
export interface Identity {
  guid?: string | undefined;
  /** Absent where several items of the feed have the same, and for a home page. */
  link?: string | undefined;
}

/** Only within the source: no other one's item has the same. */
export function identityIn(source: string, { guid, link }: FeedItem, isShared: boolean): Identity {
  const isOwn = link !== undefined && !isShared && new URL(link).pathname !== '/';
  return {
    guid: guid === undefined ? undefined : identityOf(source, guid),
    link: isOwn ? linkOf(source, link) : undefined,
  };
}

/** How an item of the source with this guid is known. */
export function identityOf(source: string, guid: string): string {
  return hashOf(source, 'guid', guid);
}

/** How an item of the source with this link is known. */
export function linkOf(source: string, link: string): string {
  return hashOf(source, 'link', link);
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Links that more than one item has. */
export function sharedLinks(items: FeedItem[]): Set<string> {
  const seen = new Set<string>();
  return new Set(
    items.flatMap(({ link }) => (link !== undefined && seen.size === seen.add(link).size ? [link] : [])),
  );
}

/** Whether the item is this site's own, come back: by an id, an address, or where upstream has it from. */
export function isOurs({ guid, link, via }: FeedItem, site: { authority: string; baseUrl: string }): boolean {
  const { host } = new URL(site.baseUrl);
  const isHere = (address: string | undefined) =>
    address !== undefined && URL.canParse(address) && new URL(address).host === host;
  return guid?.startsWith(`tag:${site.authority},`) || [guid, link, via].some(isHere);
}

// Scripts that write no spaces between words.
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}\p{sc=Myanmar}]/u;

/** Whether the item has what the settings include, and nothing that they exclude: a label, or words of its title or text. */
export function isWanted(
  item: FeedItem,
  { include, exclude }: Pick<FollowSettings, 'include' | 'exclude'>,
): boolean {
  if (include.length === 0 && exclude.length === 0) return true;
  const labels = new Set(item.labels.map(labelName));
  const text = [item.title, item.summary ?? '', plainText(item.html ?? '')].map(spaced).join('|');
  const has = (wanted: string) =>
    labels.has(labelName(wanted)) ||
    text.includes(unspaced.test(wanted) ? wordsOf(wanted) : ` ${wordsOf(wanted)} `);
  return (include.length === 0 || include.some(has)) && !exclude.some(has);
}

function spaced(text: string): string {
  return ` ${wordsOf(text)} `;
}

function wordsOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}+#]+/u)
    .join(' ')
    .trim();
}

/** The newest first; those without a time last, in the feed's order. */
export function newestFirst(items: FeedItem[]): FeedItem[] {
  const timeOf = ({ publishedAt, updatedAt }: FeedItem) => publishedAt ?? updatedAt ?? '';
  return items.toSorted((one, other) =>
    timeOf(one) === timeOf(other) ? 0 : timeOf(one) < timeOf(other) ? 1 : -1,
  );
}
