import { type Rules, repeated } from './rule.ts';
import {
  childrenOf,
  elementsOf,
  finding,
  findings,
  textOf,
  type XmlDocument,
  type XmlElement,
} from './xml-element.ts';

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

/** RSS 2.0, https://www.rssboard.org/rss-specification: what stands where, and how often. */
export const rssStructure: Rules<XmlDocument> = {
  'rss-version': ({ root }) =>
    root.attributes.version === '2.0' ? [] : [finding(root, 'The version has to be 2.0')],

  'rss-one-channel': ({ root }) =>
    childrenOf(root, 'channel').length === 1 ? [] : [finding(root, 'Has to hold exactly one channel')],

  'rss-channel-required': (document) =>
    channelsOf(document).flatMap((channel) =>
      ['title', 'link', 'description']
        .filter((kind) => !textOf(channel, kind))
        .map((kind) => finding(channel, `Has no ${kind}, or an empty one`)),
    ),

  'rss-item-text': (document) =>
    findings(
      itemsOf(document).filter((item) => !textOf(item, 'title') && !textOf(item, 'description')),
      'Has neither a title nor a description',
    ),

  'rss-unknown-element': (document) =>
    [...channelsOf(document), ...itemsOf(document)].flatMap((parent) => {
      const known = parent.kind === 'item' ? itemElements : channelElements;
      // A colon: of a namespace, which the parser has seen declared.
      const unknown = parent.children.filter(({ kind }) => !kind.includes(':') && !known.includes(kind));
      return findings(unknown, `RSS knows no such element in ${parent.kind}, and it is of no namespace`);
    }),

  'rss-misplaced-item': (document) =>
    findings(
      elementsOf(document, 'item').filter(({ parent }) => parent?.kind !== 'channel'),
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
};
