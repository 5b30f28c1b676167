import { readDate } from './feed-date.ts';
import { withAbsoluteLinks } from './feed-html.ts';
import {
  blockOf,
  distinct,
  InvalidFeedError,
  lineOf,
  newest,
  oneLine,
  type RawFeed,
  type RawItem,
} from './feed-item.ts';
import {
  addressOf,
  dateIn,
  describedBy,
  enclosuresOf,
  labelsOf,
  languageOf,
  personOf,
  personsOf,
  pictureOf,
  type Reading,
} from './feed-modules.ts';
import { childOf, childrenOf, markupOf, textIn, textOf, type XmlElement } from './feed-xml.ts';
import { tombstonesIn } from './read-atom.ts';

const published = 'pubDate dc:date dcterms:issued dcterms:created atom:published';
const changed = 'atom:updated dcterms:modified';

/** RSS 0.90 to 2.0, with the modules that are in wide use. */
export function readRss(root: XmlElement, reading: Reading): RawFeed {
  const channel = childOf(root, 'channel');
  if (!channel) throw new InvalidFeedError('The feed is RSS without a channel.');
  const links = childrenOf(channel, 'atom:link');
  const link = (rel: string) => links.find(({ attributes }) => attributes.rel === rel);
  const follow = (element: XmlElement | undefined) =>
    element && addressOf(element, element.attributes.href ?? textOf(element), reading.url, reading);
  const home = follow(childOf(channel, 'link')) ?? follow(link('alternate'));
  const language = textIn(channel, 'language dc:language') ?? channel.language;
  // In RSS 1.0 items stand beside the channel, and some put them there in others.
  const items = [channel, root].flatMap((parent) => childrenOf(parent, 'item'));
  return {
    title: lineOf(textIn(channel, 'title dc:title')) ?? '',
    home,
    self: follow(link('self')),
    hub: follow(link('hub')),
    older: follow(link('prev-archive') ?? link('next')),
    generator: textIn(channel, 'generator'),
    items: newest(items, (item) => readDate(textIn(item, `${changed} ${published}`) ?? ''), reading).map(
      (item) => readItem(item, { language, base: home ?? reading.url }, reading),
    ),
    tombstones: tombstonesIn(channel, reading),
  };
}

function readItem(
  item: XmlElement,
  feed: { language: string | undefined; base: string },
  reading: Reading,
): RawItem {
  const { link, guid } = identityOf(item, feed.base, reading);
  const base = link ?? feed.base;
  const full = childOf(item, 'content:encoded xhtml:body xhtml:div');
  const described = childOf(item, 'description');
  const html = (element: XmlElement | undefined) => {
    const written = blockOf(markupOf(element));
    return written && withAbsoluteLinks(written, element?.base ?? base);
  };
  const body = html(full);
  const enclosures = enclosuresOf(item, base, reading);
  return {
    guid,
    link,
    title: lineOf(textIn(item, 'title dc:title media:title itunes:title')),
    html: body ?? html(described) ?? blockOf(describedBy(item)),
    summary: body ? lineOf(markupOf(described)) : undefined,
    authors: authorsOf(item),
    publishedAt: dateIn(item, published, reading),
    updatedAt: dateIn(item, changed, reading),
    labels: labelsOf(item),
    picture: pictureOf(item, enclosures, base, reading),
    enclosures,
    via: viaOf(item, base, reading),
    language: languageOf(textIn(item, 'dc:language') ?? item.language ?? feed.language),
    credit: lineOf(textIn(item, 'dc:rights dcterms:rights atom:rights')),
  };
}

function identityOf(
  item: XmlElement,
  base: string,
  reading: Reading,
): { link: string | undefined; guid: string | undefined } {
  const named = childOf(item, 'guid');
  const guid = oneLine(textOf(named)) ?? oneLine(item.attributes['rdf:about']);
  const alternate = childrenOf(item, 'atom:link').find(
    ({ attributes: { rel = 'alternate' } }) => rel === 'alternate',
  );
  // FeedBurner's own address counts who follows it, and leads to the original.
  const written =
    textIn(item, 'feedburner:origLink link') ?? (alternate ?? childOf(item, 'link'))?.attributes.href;
  const isLink =
    named?.attributes.isPermaLink?.trim().toLowerCase() !== 'false' && /^https?:/i.test(guid ?? '');
  return {
    guid,
    link: addressOf(childOf(item, 'link') ?? item, written ?? (isLink ? guid : undefined), base, reading),
  };
}

function authorsOf(item: XmlElement): string[] {
  const creators = childrenOf(item, 'dc:creator').flatMap((creator) => personsOf(textOf(creator)));
  const persons = childrenOf(item, 'atom:author').map((author) => oneLine(textIn(author, 'atom:name')));
  const written = [
    distinct(creators),
    distinct(persons),
    ...['author', 'itunes:author'].map((kind) => distinct([personOf(textIn(item, kind))])),
  ];
  return written.find((names) => names.length > 0) ?? [];
}

function viaOf(item: XmlElement, base: string, reading: Reading): string | undefined {
  const via = childrenOf(item, 'atom:link').find(({ attributes }) => attributes.rel === 'via');
  const source = childOf(item, 'source');
  const named = textIn(item, 'dc:source');
  return (
    addressOf(item, via?.attributes.href, base, reading) ??
    addressOf(item, source?.attributes.url, base, reading) ??
    (/^https?:/.test(named ?? '') ? addressOf(item, named, base, reading) : undefined)
  );
}
