import { relOf } from './atom-rules.ts';
import { relativeAddressesIn } from './html-addresses.ts';
import { type Rules, repeated } from './rule.ts';
import { isHttpUrl, isIri, isLanguage, isMediaType, isRfc3339 } from './values.ts';
import {
  childrenOf,
  elementsOf,
  finding,
  findings,
  namespaces,
  none,
  textOf,
  type XmlDocument,
  type XmlElement,
} from './xml-document.ts';

const periods = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];
const historyRelations = ['prev-archive', 'next-archive', 'current'];

/** What extends RSS and Atom: content, dc, Media RSS, syndication, WebSub and the attributes of XML. */
export const moduleRules: Rules<XmlDocument> = {
  // One letter less, and readers see elements that they do not know.
  namespace: ({ elements }) =>
    elements.flatMap((element) =>
      Object.entries(element.attributes).flatMap(([name, uri]) => {
        const prefix = /^xmlns:(.+)/.exec(name)?.[1] ?? '';
        const expected = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : uri;
        return uri === expected ? [] : [finding(element, `${name} is ${uri} instead of ${expected}`)];
      }),
    ),

  language: ({ elements }) =>
    findings(
      elements.filter(({ attributes }) => attributes['xml:lang'] && !isLanguage(attributes['xml:lang'])),
      ({ attributes }) => `${attributes['xml:lang']} is no language tag of BCP 47`,
    ),

  'atom-link': none(
    'atom:link',
    ({ attributes: { rel, href = '', type = 'text/html', length = '0' } }) =>
      rel !== 'hub' && !(isHttpUrl(href) && isMediaType(type) && /^\d+$/.test(length)),
    'Needs an absolute http or https href; a type or length has to be one',
  ),

  'content-address': (document) =>
    elementsOf(document, 'description', 'content:encoded', 'atom:content', 'atom:summary')
      .filter(({ kind, attributes }) => !kind.startsWith('atom:') || attributes.type === 'html')
      .flatMap((element) =>
        relativeAddressesIn(element.text).map((address) =>
          finding(element, `${address || 'An empty address'} leads nowhere in a reader: it is relative`),
        ),
      ),

  'content-encoded': none(
    'content:encoded',
    ({ children }) => children.length > 0,
    'Its HTML has to be escaped',
  ),

  'dc-creator': none('dc:creator', ({ text }) => text.trim() === '', 'Has to name an author'),

  'media-content': none(
    'media:content',
    ({ attributes: { url = '', medium, type } }) => !isHttpUrl(url) || !(medium || type),
    'Needs an absolute url, and a medium or type',
  ),

  'media-thumbnail': none(
    'media:thumbnail',
    ({ attributes: { url = '' } }) => !isHttpUrl(url),
    'Needs an absolute url',
  ),

  'sy-update': none(
    'sy:updatePeriod sy:updateFrequency',
    ({ kind, text }) =>
      kind === 'sy:updatePeriod' ? !periods.includes(text.trim()) : !/^[1-9]\d*$/.test(text.trim()),
    `Has to be one of ${periods.join(', ')}; the frequency a number from 1 on`,
  ),

  'hub-address': none(
    'atom:link',
    ({ attributes: { rel, href = '' } }) => rel === 'hub' && !isHttpUrl(href),
    'A hub needs an absolute http or https address',
  ),

  'hub-unique': (document) =>
    findings(
      repeated(
        elementsOf(document, 'atom:link').filter(({ attributes }) => attributes.rel === 'hub'),
        ({ attributes: { href = '' } }) => href,
      ),
      'Names a hub for the second time',
    ),
};

/** Feed history, RFC 5005, for RSS by its Appendix B. */
export const historyRules: Rules<XmlDocument> = {
  'history-unique': (document) => findings(repeated(historyLinks(document), relOf), 'May be there once only'),

  'history-loop': (document) =>
    findings(
      historyLinks(document).filter(
        (link) => relOf(link) !== 'current' && link.attributes.href === document.url,
      ),
      'Leads to the document itself',
    ),

  'history-current': (document) => {
    const leadsToFeed = historyLinks(document).some(
      (link) => relOf(link) === 'current' && link.attributes.href !== document.url,
    );
    return findings(
      leadsToFeed ? [] : elementsOf(document, 'fh:archive'),
      'An archive document needs a link of rel current, to the feed that one subscribes to',
    );
  },

  'history-next': (document) =>
    findings(
      isArchive(document) ? [] : historyLinks(document).filter((link) => relOf(link) === 'next-archive'),
      'Only an archive document, with fh:archive, has a next one',
    ),

  'history-complete': (document) =>
    findings(
      isArchive(document) ? elementsOf(document, 'fh:complete') : [],
      'A document with fh:archive cannot be complete',
    ),
};

/** RFC 6721: entries that were removed. */
export const tombstoneRules: Rules<XmlDocument> = {
  'tombstone-place': none(
    'at:deleted-entry',
    ({ parent }) => parent?.kind !== 'atom:feed',
    'Belongs into the feed',
  ),

  tombstone: none(
    'at:deleted-entry',
    ({ attributes: { ref = '', when = '' } }) => !isIri(ref) || !isRfc3339(when),
    'Needs the id of an entry as ref, and when as a date of RFC 3339',
  ),

  'tombstone-entry': (document) => {
    const gone = new Set(elementsOf(document, 'at:deleted-entry').map(({ attributes: { ref } }) => ref));
    return findings(
      elementsOf(document, 'atom:entry').filter((entry) => gone.has(textOf(entry, 'atom:id') ?? '')),
      'Is here, and deleted as well',
    );
  },
};

function isArchive(document: XmlDocument): boolean {
  return elementsOf(document, 'fh:archive').length > 0;
}

/** The links of the feed itself to other documents of its history. */
function historyLinks({ root }: XmlDocument): XmlElement[] {
  const feed = root.kind === 'rss' ? childrenOf(root, 'channel')[0] : root;
  return feed ? childrenOf(feed, 'atom:link').filter((link) => historyRelations.includes(relOf(link))) : [];
}
