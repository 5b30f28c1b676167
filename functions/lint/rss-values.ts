import { channelsOf, itemsOf } from './rss-structure.ts';
import { type Rules, repeated } from './rule.ts';
import { isEmail, isHttpUrl, isLanguage, isMediaType, isRfc822 } from './values.ts';
import { childrenOf, elementsOf, finding, findings, textOf, type XmlDocument } from './xml-element.ts';

/** RSS 2.0: what the elements hold. */
export const rssValues: Rules<XmlDocument> = {
  'rss-date': (document) =>
    findings(
      elementsOf(document, 'pubDate', 'lastBuildDate').filter(({ text }) => !isRfc822(text)),
      ({ text }) => `${text} is no date of RFC 822 with a year of four digits and a zone as GMT or a number`,
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

  'rss-guid-permalink': (document) =>
    findings(
      elementsOf(document, 'guid').filter(
        ({ attributes, text }) =>
          text.trim() !== '' && attributes.isPermaLink !== 'false' && !isHttpUrl(text.trim()),
      ),
      'A guid that is no address has to say isPermaLink="false"',
    ),

  'rss-address': (document) => [
    ...findings(
      elementsOf(document, 'link', 'url', 'docs', 'comments').filter(
        ({ text }) => text !== '' && !isHttpUrl(text.trim()),
      ),
      ({ text }) => `${text} is no absolute http or https address`,
    ),
    ...findings(
      elementsOf(document, 'enclosure').filter(
        ({ attributes: { url } }) => url !== undefined && !isHttpUrl(url),
      ),
      ({ attributes: { url } }) => `${url} is no absolute http or https address`,
    ),
  ],

  'rss-enclosure': (document) =>
    findings(
      elementsOf(document, 'enclosure').filter(
        ({ attributes: { url, length = '', type = '' } }) =>
          url === undefined || !/^\d+$/.test(length) || !isMediaType(type),
      ),
      'Needs url, length as a number of bytes, and type',
    ),

  'rss-author': (document) =>
    findings(
      elementsOf(document, 'author', 'managingEditor', 'webMaster').filter(
        ({ text }) => !isEmail(text.trim().split(/[\s(]/)[0] ?? ''),
      ),
      'Has to begin with an e-mail address; names belong into dc:creator',
    ),

  'rss-image': (document) =>
    elementsOf(document, 'image').flatMap((image) =>
      ['url', 'title', 'link']
        .filter((kind) => !textOf(image, kind))
        .map((kind) => finding(image, `Has no ${kind}, or an empty one`)),
    ),

  'rss-image-of-channel': (document) =>
    channelsOf(document).flatMap((channel) =>
      childrenOf(channel, 'image').flatMap((image) =>
        ['title', 'link']
          .filter((kind) => differ(textOf(image, kind), textOf(channel, kind)))
          .map((kind) => finding(image, `Its ${kind} is not the channel's`)),
      ),
    ),

  'rss-source': (document) =>
    findings(
      elementsOf(document, 'source').filter(({ attributes: { url = '' } }) => !isHttpUrl(url)),
      'Needs the url of the feed that the item comes from',
    ),

  'rss-language': (document) =>
    findings(
      elementsOf(document, 'language').filter(({ text }) => !isLanguage(text)),
      ({ text }) => `${text} is no language tag of BCP 47`,
    ),
};

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
