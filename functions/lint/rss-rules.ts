import type { Rules } from './rule.ts';
import { findRfc822Fault, isEmail, isHttpUrl, isLanguage, isMediaType } from './values.ts';
import {
  amongSiblings,
  childrenOf,
  none,
  noneFor,
  textOf,
  unique,
  type XmlDocument,
  type XmlElement,
  type XmlRule,
} from './xml-document.ts';

/** What RSS itself knows in a channel and in an item. */
const known: Record<string, string[]> = {
  'rss/channel': (
    'title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs ' +
    'cloud ttl image rating textInput skipHours skipDays item'
  ).split(' '),
  'channel/item': 'title link description author category comments enclosure guid pubDate source'.split(' '),
};
const repeatable = ['category', 'item', 'enclosure'];

function requires(kinds: string, names: string[]): XmlRule {
  return noneFor(
    kinds,
    names,
    (parent, name) => !textOf(parent, name),
    (name) => `Has no ${name}, or an empty one`,
  );
}

/** RSS 2.0, https://www.rssboard.org/rss-specification. */
export const rssRules: Rules<XmlDocument> = {
  'rss-version': none('rss', ({ attributes }) => attributes.version !== '2.0', 'The version has to be 2.0'),

  'rss-one-channel': none(
    'rss',
    (root) => childrenOf(root, 'channel').length !== 1,
    'Has to hold exactly one channel',
  ),

  'rss-channel-required': requires('rss/channel', ['title', 'link', 'description']),

  'rss-item-text': none(
    'channel/item',
    (item) => !textOf(item, 'title') && !textOf(item, 'description'),
    'Has neither a title nor a description',
  ),

  'rss-unknown-element': none(
    '*',
    (element) => isOfRss(element) && !known[element.parent?.path ?? '']?.includes(element.kind),
    ({ parent }) => `RSS knows no such element in ${parent?.kind}, and it is of no namespace`,
  ),

  'rss-misplaced-item': none(
    'item',
    ({ parent }) => parent?.kind !== 'channel',
    'Items belong in the channel',
  ),

  'rss-repeated-element': unique(
    '*',
    (element) =>
      isOfRss(element) && !repeatable.includes(element.kind)
        ? amongSiblings(element, element.kind)
        : undefined,
    'May be there once only',
  ),

  'rss-date': none(
    'pubDate lastBuildDate',
    ({ text }) => findRfc822Fault(text) !== undefined,
    ({ text }) => `${text} ${findRfc822Fault(text)}`,
  ),

  'rss-build-date': none(
    'channel/item',
    (item) =>
      Date.parse(textOf(item, 'pubDate') ?? '') > Date.parse(textOf(item.parent, 'lastBuildDate') ?? ''),
    'Is newer than the lastBuildDate of its channel',
  ),

  'rss-guid': none(
    'channel/item',
    (item) => !textOf(item, 'guid'),
    'Has no guid, so that readers guess what is new',
  ),

  'rss-guid-unique': unique(
    'guid',
    ({ text }) => text.trim() || undefined,
    ({ text }) => `Another item has the guid ${text.trim()}`,
  ),

  'rss-guid-permalink': none(
    'guid',
    ({ attributes, text }) =>
      text.trim() !== '' && attributes.isPermaLink !== 'false' && !isHttpUrl(text.trim()),
    'A guid that is no address has to say isPermaLink="false"',
  ),

  'rss-address': none(
    'link url docs comments enclosure',
    (element) => addressOf(element) !== '' && !isHttpUrl(addressOf(element)),
    (element) => `${addressOf(element)} is no absolute http or https address`,
  ),

  'rss-enclosure': none(
    'enclosure',
    ({ attributes: { url, length = '', type = '' } }) =>
      url === undefined || !/^\d+$/.test(length) || !isMediaType(type),
    'Needs url, length as a number of bytes, and type',
  ),

  'rss-author': none(
    'author managingEditor webMaster',
    ({ text }) => !isEmail(text.trim().split(/[\s(]/)[0] ?? ''),
    'Has to begin with an e-mail address; names belong in dc:creator',
  ),

  'rss-image': requires('image', ['url', 'title', 'link']),

  'rss-image-of-channel': noneFor(
    'channel/image',
    ['title', 'link'],
    (image, name) => {
      const own = textOf(image, name);
      return own !== undefined && own !== (textOf(image.parent, name) ?? own);
    },
    (name) => `Its ${name} is not the channel's`,
  ),

  'rss-source': none(
    'source',
    ({ attributes: { url = '' } }) => !isHttpUrl(url),
    'Needs the url of the feed that the item comes from',
  ),

  'rss-language': none(
    'language',
    ({ text }) => !isLanguage(text),
    ({ text }) => `${text} is no language tag of BCP 47`,
  ),
};

/** Whether it stands in a channel or an item, and is of no namespace: the parser has seen those declared. */
function isOfRss({ kind, parent }: XmlElement): boolean {
  return !kind.includes(':') && Object.hasOwn(known, parent?.path ?? '');
}

function addressOf({ kind, attributes, text }: XmlElement): string {
  return kind === 'enclosure' ? (attributes.url ?? '') : text.trim();
}
