import { readDate } from './feed-date.ts';
import { withAbsoluteLinks } from './feed-html.ts';
import {
  distinct,
  type Enclosure,
  InvalidFeedError,
  newest,
  oneLine,
  type RawFeed,
  type RawItem,
} from './feed-item.ts';
import { addressOf, type JsonObject, objectOf, objectsOf, textAsHtmlOf, textOf } from './feed-json.ts';
import { dateOf, languageOf, type Reading } from './feed-modules.ts';
import { isNinjs, readNinjs } from './read-ninjs.ts';

/** JSON Feed 1.0 and 1.1, or ninjs: one item, a list of them, or one under `items`. */
export function readJson(source: string, reading: Reading): RawFeed {
  let feed: unknown;
  try {
    feed = JSON.parse(source);
  } catch (cause) {
    throw new InvalidFeedError('The feed is no valid JSON: it ends too early or has a mistake.', { cause });
  }
  const { version, items } = objectOf(feed);
  if (/^https?:\/\/(?:www\.)?jsonfeed\.org\/version\/1/.test(textOf(version) ?? ''))
    return readJsonFeed(objectOf(feed), reading);
  const list = Array.isArray(feed) ? feed : (items ?? [feed]);
  const ninjs = objectsOf(list).filter(isNinjs);
  if (ninjs.length === 0)
    throw new InvalidFeedError('The address answers JSON that is neither a JSON Feed nor ninjs.');
  return readNinjs(ninjs, reading);
}

function readJsonFeed(feed: JsonObject, reading: Reading): RawFeed {
  const home = addressOf(feed.home_page_url, reading);
  const hubs = objectsOf(feed.hubs).filter(({ type }) => /^websub$/i.test(textOf(type) ?? ''));
  return {
    title: oneLine(textOf(feed.title)) ?? '',
    home,
    self: addressOf(feed.feed_url, reading),
    hub: addressOf(hubs[0]?.url, reading),
    older: addressOf(feed.next_url, reading),
    items: newest(
      objectsOf(feed.items),
      (item) => readDate(textOf(item.date_modified) ?? textOf(item.date_published) ?? ''),
      reading,
    ).map((item) => readItem(item, feed, reading)),
    tombstones: [],
  };
}

function readItem(item: JsonObject, feed: JsonObject, reading: Reading): RawItem {
  const link = addressOf(item.url, reading);
  const base = link ?? reading.url;
  const html = textOf(item.content_html) ?? textAsHtmlOf(item.content_text) ?? textAsHtmlOf(item.summary);
  const enclosures = objectsOf(item.attachments).flatMap((attachment): Enclosure[] => {
    const url = addressOf(attachment.url, reading, base);
    const bytes = attachment.size_in_bytes;
    return url
      ? [{ url, type: textOf(attachment.mime_type), length: typeof bytes === 'number' ? bytes : undefined }]
      : [];
  });
  const picture =
    addressOf(item.image, reading, base) ??
    addressOf(item.banner_image, reading, base) ??
    enclosures.find(({ type }) => type?.startsWith('image/'))?.url;
  return {
    // A number is against the specification, which asks readers to take it.
    guid: oneLine(typeof item.id === 'number' ? String(item.id) : textOf(item.id)),
    link,
    title: oneLine(textOf(item.title)),
    html: html && withAbsoluteLinks(html, base),
    summary: oneLine(textOf(item.summary)),
    authors: authorsOf(item) ?? authorsOf(feed) ?? [],
    publishedAt: dateOf(textOf(item.date_published), reading),
    updatedAt: dateOf(textOf(item.date_modified), reading),
    labels: Array.isArray(item.tags) ? distinct(item.tags.map((tag) => oneLine(textOf(tag)))) : [],
    picture: picture === undefined ? undefined : { url: picture },
    enclosures,
    via: addressOf(item.external_url, reading, base),
    language: languageOf(textOf(item.language) ?? textOf(feed.language)),
    // The format has no field for it; other newswires tell it so.
    credit: oneLine(textOf(objectOf(objectOf(item._newswire).source).credit)),
  };
}

/** Of 1.1, or else the one of 1.0. */
function authorsOf({ authors, author }: JsonObject): string[] | undefined {
  const persons = objectsOf(authors).length > 0 ? objectsOf(authors) : [objectOf(author)];
  const names = distinct(persons.map(({ name }) => oneLine(textOf(name))));
  return names.length > 0 ? names : undefined;
}
