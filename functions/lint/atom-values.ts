import { isIri } from '../article/article.ts';
import { entriesOf, relOf } from './atom-structure.ts';
import { type Rules, repeated } from './rule.ts';
import { isEmail, isHttpUrl, isMediaType, isRfc3339 } from './values.ts';
import {
  childrenOf,
  elementsOf,
  finding,
  findings,
  textOf,
  type XmlDocument,
  type XmlElement,
} from './xml-element.ts';

/** RFC 4287 §3 and §4.2: what the elements hold. */
export const atomValues: Rules<XmlDocument> = {
  'atom-id': (document) =>
    findings(
      elementsOf(document, 'atom:id').filter(({ text }) => !isIri(text.trim())),
      ({ text }) => `${text} is no absolute IRI`,
    ),

  'atom-entry-unique': (document) =>
    findings(
      repeated(
        entriesOf(document).filter((entry) => textOf(entry, 'atom:id')),
        (entry) => `${textOf(entry, 'atom:id')} ${Date.parse(textOf(entry, 'atom:updated') ?? '')}`,
      ),
      (entry) => `Another entry has the id ${textOf(entry, 'atom:id')} and the same updated`,
    ),

  'atom-date': (document) =>
    findings(
      elementsOf(document, 'atom:updated', 'atom:published').filter(({ text }) => !isRfc3339(text)),
      ({ text }) => `${text} is no date of RFC 3339 with T and an offset`,
    ),

  'atom-updated': (document) => {
    const updated = Date.parse(textOf(document.root, 'atom:updated') ?? '');
    const newer = entriesOf(document).filter(
      (entry) => Date.parse(textOf(entry, 'atom:updated') ?? '') > updated,
    );
    return findings(newer, 'Is newer than the updated of its feed');
  },

  'atom-self-link': ({ root, url }) => {
    const self = childrenOf(root, 'atom:link').filter((link) => relOf(link) === 'self');
    return self.length === 1 && self[0]?.attributes.href === url
      ? []
      : [finding(self[0] ?? root, `Needs one link of rel self, to ${url}`)];
  },

  'atom-one-alternate': (document) =>
    [document.root, ...entriesOf(document)].flatMap((parent) =>
      findings(
        repeated(
          childrenOf(parent, 'atom:link').filter((link) => relOf(link) === 'alternate'),
          ({ attributes: { type, hreflang } }) => `${type} ${hreflang}`,
        ),
        'Another link of rel alternate has the same type and hreflang',
      ),
    ),

  'atom-category': (document) =>
    findings(
      elementsOf(document, 'atom:category').filter(({ attributes }) => !attributes.term),
      'Needs a term',
    ),

  'atom-person': (document) =>
    findings(
      elementsOf(document, 'atom:author', 'atom:contributor').filter(isNobody),
      'Needs one name; a uri or email has to be one',
    ),

  'atom-text': (document) =>
    findings(
      elementsOf(document, 'atom:title', 'atom:subtitle', 'atom:summary', 'atom:rights').filter(
        (element) => !isTextConstruct(element),
      ),
      'Is text or html without elements in it, or xhtml with one div',
    ),

  'atom-content': (document) =>
    findings(
      elementsOf(document, 'atom:content').filter((element) => !isContent(element)),
      'Is text or html without elements in it, xhtml with one div, of a media type, or empty with a src',
    ),
};

function isNobody(person: XmlElement): boolean {
  const [name, second] = childrenOf(person, 'atom:name');
  const uri = textOf(person, 'atom:uri');
  const email = textOf(person, 'atom:email');
  return (
    !name?.text.trim() ||
    second !== undefined ||
    (uri !== undefined && !isIri(uri)) ||
    (email !== undefined && !isEmail(email))
  );
}

function isTextConstruct({ attributes: { type = 'text' }, children }: XmlElement): boolean {
  if (type === 'xhtml') return children.length === 1 && children[0]?.kind === 'xhtml:div';
  return ['text', 'html'].includes(type) && children.length === 0;
}

function isContent(element: XmlElement): boolean {
  const { src, type = 'text' } = element.attributes;
  if (src !== undefined) return isHttpUrl(src) && element.children.length === 0 && element.text.trim() === '';
  return isMediaType(type) || isTextConstruct(element);
}
