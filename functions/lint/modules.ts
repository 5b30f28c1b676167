import { relativeAddressesIn } from './html-addresses.ts';
import { namespaces } from './namespaces.ts';
import { type Rules, repeated } from './rule.ts';
import { isHttpUrl, isLanguage, isMediaType } from './values.ts';
import { elementsOf, finding, findings, type XmlDocument, type XmlElement } from './xml-element.ts';

const periods = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** What extends RSS and Atom: content, dc, Media RSS, syndication, WebSub and the attributes of XML. */
export const modules: Rules<XmlDocument> = {
  // One letter less, and readers see elements that they do not know.
  namespace: ({ elements }) =>
    elements.flatMap((element) =>
      Object.entries(element.attributes)
        .filter(([name, uri]) => name.startsWith('xmlns:') && uri !== (expectedUri(name.slice(6)) ?? uri))
        .map(([name, uri]) => finding(element, `${name} is ${uri} instead of ${expectedUri(name.slice(6))}`)),
    ),

  language: ({ elements }) =>
    findings(
      elements.filter(({ attributes }) => attributes['xml:lang'] && !isLanguage(attributes['xml:lang'])),
      ({ attributes }) => `${attributes['xml:lang']} is no language tag of BCP 47`,
    ),

  'atom-link': (document) =>
    findings(
      elementsOf(document, 'atom:link').filter(
        (link) =>
          link.attributes.rel !== 'hub' &&
          (!isHttpUrl(link.attributes.href ?? '') ||
            !isMediaType(link.attributes.type ?? 'text/html') ||
            !/^\d+$/.test(link.attributes.length ?? '0')),
      ),
      'Needs an absolute http or https href; a type or length has to be one',
    ),

  'content-address': (document) =>
    elementsOf(document, 'description', 'content:encoded', 'atom:content', 'atom:summary')
      .filter(holdsHtml)
      .flatMap((element) =>
        relativeAddressesIn(element.text).map((address) =>
          finding(element, `${address || 'An empty address'} leads nowhere in a reader: it is relative`),
        ),
      ),

  'content-encoded': (document) =>
    findings(
      elementsOf(document, 'content:encoded').filter(({ children }) => children.length > 0),
      'Its HTML has to be escaped',
    ),

  'dc-creator': (document) =>
    findings(
      elementsOf(document, 'dc:creator').filter(({ text }) => text.trim() === ''),
      'Has to name an author',
    ),

  'media-content': (document) =>
    findings(
      elementsOf(document, 'media:content').filter(
        ({ attributes: { url = '', medium, type } }) => !isHttpUrl(url) || !(medium || type),
      ),
      'Needs an absolute url, and a medium or type',
    ),

  'media-thumbnail': (document) =>
    findings(
      elementsOf(document, 'media:thumbnail').filter(({ attributes: { url = '' } }) => !isHttpUrl(url)),
      'Needs an absolute url',
    ),

  'sy-update': (document) => [
    ...findings(
      elementsOf(document, 'sy:updatePeriod').filter(({ text }) => !periods.includes(text.trim())),
      `Has to be one of ${periods.join(', ')}`,
    ),
    ...findings(
      elementsOf(document, 'sy:updateFrequency').filter(({ text }) => !/^[1-9]\d*$/.test(text.trim())),
      'Has to be a number from 1 on',
    ),
  ],

  'hub-address': (document) =>
    findings(
      hubsOf(document).filter(({ attributes: { href = '' } }) => !isHttpUrl(href)),
      'A hub needs an absolute http or https address',
    ),

  'hub-unique': (document) =>
    findings(
      repeated(hubsOf(document), ({ attributes: { href = '' } }) => href),
      'Names a hub for the second time',
    ),
};

function expectedUri(prefix: string): string | undefined {
  return Object.hasOwn(namespaces, prefix) ? namespaces[prefix as keyof typeof namespaces] : undefined;
}

function hubsOf(document: XmlDocument): XmlElement[] {
  return elementsOf(document, 'atom:link').filter(({ attributes }) => attributes.rel === 'hub');
}

function holdsHtml({ kind, attributes }: XmlElement): boolean {
  return !kind.startsWith('atom:') || attributes.type === 'html';
}
