import { textAsHtml } from '../article/body-writing.ts';
import { readDate } from './feed-date.ts';
import { plainText, withAbsoluteLinks } from './feed-html.ts';
import { distinct, newest, oneLine, type RawFeed, type RawItem, type Tombstone } from './feed-item.ts';
import {
  addressOf,
  dateOf,
  describedBy,
  enclosuresOf,
  labelsOf,
  languageOf,
  pictureOf,
  type Reading,
} from './feed-modules.ts';
import { childOf, childrenOf, markupOf, textIn, textOf, type XmlElement } from './feed-xml.ts';

/** RFC 4287, with tombstones (RFC 6721). */
export function readAtom(feed: XmlElement, reading: Reading): RawFeed {
  return {
    title: lineIn(feed, 'atom:title') ?? '',
    home: linkOf(feed, 'alternate', reading.url, reading),
    self: linkOf(feed, 'self', reading.url, reading),
    hub: linkOf(feed, 'hub', reading.url, reading),
    older: linkOf(feed, 'prev-archive', reading.url, reading) ?? linkOf(feed, 'next', reading.url, reading),
    generator: textIn(feed, 'atom:generator'),
    items: newest(
      childrenOf(feed, 'atom:entry'),
      (entry) => readDate(textIn(entry, 'atom:updated atom:published') ?? ''),
      reading,
    ).map((entry) => readEntry(entry, feed, reading)),
    tombstones: tombstonesIn(feed, reading),
  };
}

/** Those below the feed or channel. */
export function tombstonesIn(feed: XmlElement, reading: Reading): Tombstone[] {
  const removals = childrenOf(feed, 'at:deleted-entry');
  const taken = newest(removals, ({ attributes }) => readDate(attributes.when ?? ''), reading);
  return taken.flatMap(({ attributes: { ref, when } }) => {
    const guid = oneLine(ref);
    return guid ? [{ guid, at: dateOf(when, reading) }] : [];
  });
}

function readEntry(entry: XmlElement, feed: XmlElement, reading: Reading): RawItem {
  const source = childOf(entry, 'atom:source');
  const link = linkOf(entry, 'alternate', reading.url, reading);
  const base = link ?? reading.url;
  const text = childOf(entry, 'atom:content');
  const summary = childOf(entry, 'atom:summary');
  const body = htmlOf(text, base, reading);
  const enclosures = enclosuresOf(entry, base, reading);
  const inherited = (kind: string) => [entry, source, feed].find((holder) => childOf(holder, kind));
  return {
    guid: oneLine(textIn(entry, 'atom:id')),
    link: link ?? (text?.attributes.src && addressOf(text, text.attributes.src, base, reading)),
    title: lineIn(entry, 'atom:title') ?? oneLine(textIn(entry, 'media:title')),
    html: body ?? htmlOf(summary, base, reading) ?? describedHtml(entry),
    summary: body ? lineOfText(summary) : undefined,
    // RFC 4287 §4.2.1.
    authors: distinct(
      childrenOf(inherited('atom:author'), 'atom:author').map((author) =>
        oneLine(textIn(author, 'atom:name')),
      ),
    ),
    publishedAt: dateOf(textIn(entry, 'atom:published'), reading),
    updatedAt: dateOf(textIn(entry, 'atom:updated'), reading),
    labels: labelsOf(entry),
    picture: pictureOf(entry, enclosures, base, reading),
    enclosures,
    via:
      linkOf(entry, 'via', base, reading) ??
      linkOf(source, 'alternate', base, reading) ??
      linkOf(source, 'self', base, reading),
    language: languageOf(text?.language ?? entry.language),
    credit: lineIn(inherited('atom:rights'), 'atom:rights'),
  };
}

/** Of several the one in HTML. */
function linkOf(
  element: XmlElement | undefined,
  rel: string,
  base: string,
  reading: Reading,
): string | undefined {
  const links = childrenOf(element, 'atom:link').filter(
    ({ attributes }) => (attributes.rel ?? 'alternate') === rel,
  );
  const link = links.find(({ attributes }) => attributes.type?.includes('html')) ?? links[0];
  return link && addressOf(link, link.attributes.href, base, reading);
}

/** A text construct as plain text on one line, RFC 4287 §3.1. */
function lineIn(element: XmlElement | undefined, kind: string): string | undefined {
  return lineOfText(childOf(element, kind));
}

function lineOfText(text: XmlElement | undefined): string | undefined {
  return oneLine(isMarkup(text) ? plainText(markupOf(text)) : textOf(text));
}

function isMarkup(text: XmlElement | undefined): boolean {
  return /^(?:html|xhtml|text\/html|application\/xhtml\+xml)$/i.test(text?.attributes.type ?? '');
}

/** RFC 4287 §4.1.3.3. */
function htmlOf(text: XmlElement | undefined, base: string, reading: Reading): string | undefined {
  const { type = 'text', src } = text?.attributes ?? {};
  if (!text || src !== undefined) {
    if (src) reading.leftOut.add('A text that is not in the feed', src);
    return undefined;
  }
  if (!isMarkup(text) && !/^text($|\/)/i.test(type)) {
    reading.leftOut.add('A text that is neither HTML nor plain', type);
    return undefined;
  }
  const inner = type === 'xhtml' ? (childOf(text, 'xhtml:div') ?? text) : text;
  const written =
    isMarkup(text) || childrenOf(text).length > 0
      ? markupOf(inner)
      : textOf(inner).trim() && textAsHtml(textOf(inner));
  return written.trim() ? withAbsoluteLinks(written.trim(), inner.base ?? base) : undefined;
}

function describedHtml(entry: XmlElement): string | undefined {
  const text = describedBy(entry)?.trim();
  return text ? textAsHtml(text) : undefined;
}
