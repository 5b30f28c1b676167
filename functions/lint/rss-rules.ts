import { type Rules, repeated } from './rule.ts';
import { findRfc822Fault, isEmail, isHttpUrl, isLanguage, isMediaType } from './values.ts';
import {
  childrenOf,
  elementsOf,
  finding,
  findings,
  none,
  textOf,
  type XmlDocument,
  type XmlElement,
  type XmlRule,
} from './xml-document.ts';

const channelElements = (
  'title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs ' +
  'cloud ttl image rating textInput skipHours skipDays item'
).split(' ');
const itemElements = 'title link description author category comments enclosure guid pubDate source'.split(
  ' ',
);
const repeatable = ['category', 'item', 'enclosure'];

export function channelsOf({ root }: XmlDocument): XmlElement[] {
  return childrenOf(root, 'channel');
}

export function itemsOf(document: XmlDocument): XmlElement[] {
  return channelsOf(document).flatMap((channel) => childrenOf(channel, 'item'));
}

/** What a required element is missing. */
function requires(parentsOf: (document: XmlDocument) => XmlElement[], kinds: string[]): XmlRule {
  return (document) =>
    parentsOf(document).flatMap((parent) =>
      kinds
        .filter((kind) => !textOf(parent, kind))
        .map((kind) => finding(parent, `Has no ${kind}, or an empty one`)),
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

  'rss-channel-required': requires(channelsOf, ['title', 'link', 'description']),

  'rss-item-text': (document) =>
    findings(
      itemsOf(document).filter((item) => !textOf(item, 'title') && !textOf(item, 'description')),
      'Has neither a title nor a description',
    ),

  'rss-unknown-element': (document) =>
    [...channelsOf(document), ...itemsOf(document)].flatMap((parent) => {
      const known = parent.kind === 'item' ? itemElements : channelElements;
      // One with a colon is of a namespace, which the parser has seen declared.
      const unknown = parent.children.filter(({ kind }) => !kind.includes(':') && !known.includes(kind));
      return findings(unknown, `RSS knows no such element in ${parent.kind}, and it is of no namespace`);
    }),

  'rss-misplaced-item': none(
    'item',
    ({ parent }) => parent?.kind !== 'channel',
    'Items belong into the channel',
  ),

  'rss-repeated-element': (document) =>
    [...channelsOf(document), ...itemsOf(document)].flatMap(({ children }) => {
      const single = children.filter(({ kind }) => !kind.includes(':') && !repeatable.includes(kind));
      return findings(
        repeated(single, ({ kind }) => kind),
        'May be there once only',
      );
    }),

  'rss-date': none(
    'pubDate lastBuildDate',
    ({ text }) => findRfc822Fault(text) !== undefined,
    ({ text }) => `${text} ${findRfc822Fault(text)}`,
  ),

  'rss-build-date': (document) =>
    channelsOf(document).flatMap((channel) => {
      const built = Date.parse(textOf(channel, 'lastBuildDate') ?? '');
      const newer = itemsOf(document).filter((item) => Date.parse(textOf(item, 'pubDate') ?? '') > built);
      return findings(newer, 'Is newer than the lastBuildDate of its channel');
    }),

  'rss-guid': (document) =>
    findings(
      itemsOf(document).filter((item) => !textOf(item, 'guid')),
      'Has no guid, so that readers guess what is new',
    ),

  'rss-guid-unique': (document) =>
    findings(
      repeated(
        elementsOf(document, 'guid').filter(({ text }) => text.trim() !== ''),
        ({ text }) => text.trim(),
      ),
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
    (element) => {
      const address = addressOf(element);
      return Boolean(address) && !isHttpUrl(String(address));
    },
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
    'Has to begin with an e-mail address; names belong into dc:creator',
  ),

  'rss-image': requires((document) => elementsOf(document, 'image'), ['url', 'title', 'link']),

  'rss-image-of-channel': (document) =>
    channelsOf(document).flatMap((channel) =>
      childrenOf(channel, 'image').flatMap((image) =>
        ['title', 'link']
          .filter((kind) => differ(textOf(image, kind), textOf(channel, kind)))
          .map((kind) => finding(image, `Its ${kind} is not the channel's`)),
      ),
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

function addressOf({ kind, attributes, text }: XmlElement): string | undefined {
  return kind === 'enclosure' ? attributes.url : text.trim();
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
