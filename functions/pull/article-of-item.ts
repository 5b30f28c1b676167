import { createHash } from 'node:crypto';
import type { Article } from '../article/article.ts';
import { type ArticleInput, parseArticleInput } from '../article/article-input.ts';
import { textAsHtml } from '../article/body-writing.ts';
import { InvalidArticleError } from '../article/fault.ts';
import type { Site } from '../article/site.ts';
import { truncate } from '../article/text.ts';
import { escapeHtml, plainText, withoutPixels } from './feed-html.ts';
import type { Enclosure, FeedItem } from './feed-item.ts';

export type FollowedSource = Site['sources'][number] & {
  feed: string;
  follow: NonNullable<Site['sources'][number]['follow']>;
};

export function isFollowed(source: Site['sources'][number]): source is FollowedSource {
  return source.follow !== undefined && source.feed !== undefined;
}

export interface Pulled {
  input: ArticleInput;
  /** Of what upstream says: neither its times nor what site.yaml adds. */
  hash: string;
  /** Optional fields that no article may have so. */
  dropped: string[];
}

const teaserLength = 500;
const mostFiles = 20;
const required = ['', 'title', 'html', 'text'];

/** What is stored of an item, in place of `current` if that is there. Throws InvalidArticleError. */
export function articleOfItem(
  item: FeedItem,
  { source, current, now }: { source: FollowedSource; current: Article | undefined; now: string },
): Pulled {
  const { follow } = source;
  const said = {
    title: truncate(item.title, 300),
    ...bodyOf(item, follow),
    summary: item.html && item.summary && truncate(item.summary, 1000),
    // Which language it is the site knows; upstream's own word for it need not be one.
    language: item.language,
    source: {
      name: source.name,
      credit: source.credit ? undefined : item.credit && truncate(item.credit, 300),
    },
    original: item.link,
    authors: item.authors.slice(0, 20),
    image: item.picture,
  };
  const fields = {
    ...said,
    category: follow.category,
    tags: follow.tags,
    guid: current ? current.guid : item.guid,
    draft: current ? current.draft : follow.publish === 'drafts',
    aliases: current?.aliases,
    // A stranger's clock embargoes nothing here, and an edit moves no date.
    publishedAt: current?.publishedAt ?? earliest(item.publishedAt ?? item.updatedAt ?? now, now),
    updatedAt: item.updatedAt && item.updatedAt <= now ? item.updatedAt : undefined,
  };
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  return { ...fitted(fields), hash };
}

/** With what is attached and the text does not show below it. */
export function bodyOf(
  { html, summary, title, enclosures }: FeedItem,
  { show, pixels }: Pick<FollowedSource['follow'], 'show' | 'pixels'>,
) {
  if (show === 'summary')
    return { text: truncate((summary ?? plainText(html ?? '')) || title, teaserLength) };
  const text = html ?? textAsHtml(summary || title);
  const own = pixels === 'keep' ? text : withoutPixels(text);
  // Pictures are left to the text and to the lead: feeds name each in many sizes.
  const files = enclosures.filter(({ type }) => !type?.startsWith('image/')).slice(0, mostFiles);
  return { html: [own, ...files.filter(({ url }) => !own.includes(escapeHtml(url))).map(fileOf)].join('') };
}

function fileOf({ url, type = '' }: Enclosure): string {
  const address = escapeHtml(url);
  const [kind] = type.split('/');
  if (kind === 'audio' || kind === 'video') return `<p><${kind} controls src="${address}"></${kind}></p>`;
  return `<p><a href="${address}">${address.replace(/[?#].*|\/$/gs, '').replace(/.*\//s, '')}</a></p>`;
}

/** Without optional fields that are faulty. */
function fitted(fields: Record<string, unknown>): Omit<Pulled, 'hash'> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  try {
    return { input: parseArticleInput(undefined, given), dropped: [] };
  } catch (error) {
    if (!(error instanceof InvalidArticleError)) throw error;
    const names = new Set(error.faults.map(({ pointer }) => pointer.split('/')[1] ?? ''));
    if (required.some((name) => names.has(name))) throw error;
    const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)));
    // Whose text it is must be told in any case.
    const source = names.has('source') && { source: { name: Object(fields.source).name } };
    return { input: parseArticleInput(undefined, { ...rest, ...source }), dropped: [...names] };
  }
}

function earliest(one: string, other: string): string {
  return one < other ? one : other;
}
