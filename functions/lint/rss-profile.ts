import { channelsOf, itemsOf } from './rss-rules.ts';
import type { Rules } from './rule.ts';
import { childrenOf, finding, findings, none, type XmlDocument } from './xml-document.ts';

/** The best practices of https://www.rssboard.org/rss-profile. */
export const rssProfile: Rules<XmlDocument> = {
  'rss-self-link': (document) =>
    channelsOf(document).flatMap((channel) => {
      const self = childrenOf(channel, 'atom:link').filter(({ attributes }) => attributes.rel === 'self');
      const { href, type } = self[0]?.attributes ?? {};
      const { url = href } = document;
      if (self.length === 1 && href === url && type === 'application/rss+xml') return [];
      const where = document.url === undefined ? '' : ` to ${document.url}`;
      return [
        finding(self[0] ?? channel, `Needs one atom:link of rel self and type application/rss+xml${where}`),
      ];
    }),

  // Readers that take a title for HTML show such references as characters, all others as markup.
  'rss-plain-text': (document) =>
    [...channelsOf(document), ...itemsOf(document)].flatMap((parent) => {
      const also = parent.kind === 'channel' ? ['description'] : [];
      return findings(
        childrenOf(parent, 'title', 'category', ...also).filter(({ start, end }) =>
          /&(?!#x(?:26|3c);)(?:amp|lt|#0*38|#0*60|#x0*26|#x0*3c);|<!\[CDATA\[[^\]]*[<&]/i.test(
            document.source.slice(start, end),
          ),
        ),
        'Is plain text, in which & and < are to be written as &#x26; and &#x3C;',
      );
    }),

  'rss-one-enclosure': (document) =>
    findings(
      itemsOf(document).flatMap((item) => childrenOf(item, 'enclosure').slice(1)),
      'Many readers know one enclosure an item',
    ),

  'rss-description-first': (document) =>
    findings(
      itemsOf(document).filter(({ children }) => {
        const kinds = children.map(({ kind }) => kind);
        return (
          kinds.includes('content:encoded') && kinds.indexOf('description') > kinds.indexOf('content:encoded')
        );
      }),
      'The description has to come before content:encoded, or readers show it instead',
    ),

  'rss-author-name': none(
    'author managingEditor webMaster',
    ({ text }) => text.includes('@') && !/^\S+ \([^)]+\)$/.test(text.trim()),
    'The address needs a name: desk@example.org (News Desk)',
  ),

  'rss-text-input': none('textInput', () => true, 'No reader supports it'),
};
