import { relativeAddressesIn } from './html-addresses.ts';
import type { Rules } from './rule.ts';
import { isHttpUrl, isIri, isLanguage, isMediaType, isRfc3339 } from './values.ts';
import {
  elementsOf,
  finding,
  namespaces,
  none,
  relOf,
  textOf,
  unique,
  type XmlDocument,
  type XmlElement,
} from './xml-document.ts';

const periods = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** Extensions of RSS and Atom: content, Dublin Core, Media RSS, syndication, WebSub and XML's own attributes. */
export const moduleRules: Rules<XmlDocument> = {
  // Readers ignore the elements of a namespace with one wrong letter.
  namespace: ({ elements }) =>
    elements.flatMap((element) =>
      Object.entries(element.attributes).flatMap(([name, uri]) => {
        const prefix = /^xmlns:(.+)/.exec(name)?.[1] ?? '';
        const expected = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : uri;
        return uri === expected ? [] : [finding(element, `${name} is ${uri} instead of ${expected}`)];
      }),
    ),

  language: none(
    '*',
    ({ attributes: { 'xml:lang': language } }) => Boolean(language && !isLanguage(language)),
    ({ attributes }) => `${attributes['xml:lang']} is no language tag of BCP 47`,
  ),

  'atom-link': none(
    'atom:link',
    ({ attributes: { rel, href = '', type = 'text/html', length = '0' } }) =>
      rel !== 'hub' && !(isHttpUrl(href) && isMediaType(type) && /^\d+$/.test(length)),
    'Needs an absolute http or https href; a type or length has to be one',
  ),

  'content-address': (document) =>
    elementsOf(document, 'description content:encoded atom:content atom:summary')
      .filter(({ kind, attributes }) => !kind.startsWith('atom:') || attributes.type === 'html')
      .flatMap((element) =>
        relativeAddressesIn(element.text).map((address) =>
          finding(element, `${address || 'Is an empty address'} leads nowhere in a reader: it is relative`),
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

  'hub-unique': unique(
    'atom:link',
    ({ attributes: { rel, href = '' } }) => (rel === 'hub' ? href : undefined),
    'Names a hub for the second time',
  ),
};

/** The links of the feed itself, not of its entries. */
const feedLinks = 'channel/atom:link atom:feed/atom:link';
const historyRelations = ['prev-archive', 'next-archive', 'current'];

/** Feed history: RFC 5005, in RSS its Appendix B. */
export const historyRules: Rules<XmlDocument> = {
  'history-unique': unique(
    feedLinks,
    (link) => historyRelations.find((relation) => relation === relOf(link)),
    'May be there once only',
  ),

  'history-loop': none(
    feedLinks,
    (link, { url }) => ['prev-archive', 'next-archive'].includes(relOf(link)) && link.attributes.href === url,
    'Leads to the document itself',
  ),

  'history-current': (document) => {
    const leadsOn = elementsOf(document, feedLinks).some(
      (link) => relOf(link) === 'current' && link.attributes.href !== document.url,
    );
    const message = 'An archive document needs a link of rel current, to the feed that one subscribes to';
    return leadsOn ? [] : none('fh:archive', () => true, message)(document);
  },

  'history-next': (document) => {
    const message = 'Only an archive document, with fh:archive, has a next one';
    const isNext = (link: XmlElement) => relOf(link) === 'next-archive';
    return isArchive(document) ? [] : none(feedLinks, isNext, message)(document);
  },

  'history-complete': (document) => {
    const message = 'A document with fh:archive cannot be complete';
    return isArchive(document) ? none('fh:complete', () => true, message)(document) : [];
  },
};

/** Tombstones of removed entries: RFC 6721. */
export const tombstoneRules: Rules<XmlDocument> = {
  'tombstone-place': none(
    'at:deleted-entry',
    ({ parent }) => parent?.kind !== 'atom:feed',
    'Belongs in the feed',
  ),

  tombstone: none(
    'at:deleted-entry',
    ({ attributes: { ref = '', when = '' } }) => !isIri(ref) || !isRfc3339(when),
    'Needs the id of an entry as ref, and when as a date of RFC 3339',
  ),

  'tombstone-entry': (document) => {
    const gone = new Set(elementsOf(document, 'at:deleted-entry').map(({ attributes: { ref } }) => ref));
    const isGone = (entry: XmlElement) => gone.has(textOf(entry, 'atom:id') ?? '');
    return none('atom:entry', isGone, 'Stands both among the entries and among the deleted ones')(document);
  },
};

function isArchive(document: XmlDocument): boolean {
  return elementsOf(document, 'fh:archive').length > 0;
}
