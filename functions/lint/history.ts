import { relOf } from './atom-structure.ts';
import { type Rules, repeated } from './rule.ts';
import { childrenOf, elementsOf, findings, type XmlDocument, type XmlElement } from './xml-element.ts';

const relations = ['prev-archive', 'next-archive', 'current'];

/** Feed history, RFC 5005, for RSS by its Appendix B. */
export const history: Rules<XmlDocument> = {
  'history-unique': (document) => findings(repeated(historyLinks(document), relOf), 'May be there once only'),

  'history-loop': (document) =>
    findings(
      historyLinks(document).filter(
        (link) => relOf(link) !== 'current' && link.attributes.href === document.url,
      ),
      'Leads to the document itself',
    ),

  'history-current': (document) =>
    findings(
      elementsOf(document, 'fh:archive').filter(
        () =>
          !historyLinks(document).some(
            (link) => relOf(link) === 'current' && link.attributes.href !== document.url,
          ),
      ),
      'An archive document needs a link of rel current, to the feed that one subscribes to',
    ),

  'history-next': (document) =>
    findings(
      historyLinks(document).filter(
        (link) => relOf(link) === 'next-archive' && elementsOf(document, 'fh:archive').length === 0,
      ),
      'Only an archive document, with fh:archive, has a next one',
    ),

  'history-complete': (document) =>
    findings(
      elementsOf(document, 'fh:complete').filter(() => elementsOf(document, 'fh:archive').length > 0),
      'A document with fh:archive cannot be complete',
    ),
};

function historyLinks({ root }: XmlDocument): XmlElement[] {
  const feed = root.kind === 'rss' ? childrenOf(root, 'channel')[0] : root;
  return feed ? childrenOf(feed, 'atom:link').filter((link) => relations.includes(relOf(link))) : [];
}
