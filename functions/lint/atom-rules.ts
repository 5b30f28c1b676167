import { type Rules, repeated } from './rule.ts';
import { isEmail, isHttpUrl, isIri, isMediaType, isRfc3339 } from './values.ts';
import {
  childrenOf,
  finding,
  findings,
  none,
  textOf,
  type XmlDocument,
  type XmlElement,
} from './xml-document.ts';

const feedElements =
  'author category contributor generator icon id link logo rights subtitle title updated entry'.split(' ');
const entryElements =
  'author category content contributor id link published rights source summary title updated'.split(' ');
const repeatable = ['author', 'category', 'contributor', 'link', 'entry'];
const required = ['id', 'title', 'updated'];

function entriesOf({ root }: XmlDocument): XmlElement[] {
  return childrenOf(root, 'atom:entry');
}

function partsOf(document: XmlDocument): XmlElement[] {
  return [document.root, ...entriesOf(document)];
}

/** The relation of a link: without one it is `alternate`. */
export function relOf({ attributes }: XmlElement): string {
  return attributes.rel ?? 'alternate';
}

/** RFC 4287. */
export const atomRules: Rules<XmlDocument> = {
  'atom-required': (document) =>
    partsOf(document).flatMap((parent) =>
      required
        .filter((name) => childrenOf(parent, `atom:${name}`).length === 0)
        .map((name) => finding(parent, `Has no ${name}`)),
    ),

  'atom-repeated-element': (document) =>
    partsOf(document).flatMap(({ children }) =>
      findings(
        repeated(children.filter(isSingle), ({ kind }) => kind),
        'May be there once only',
      ),
    ),

  'atom-unknown-element': (document) =>
    partsOf(document).flatMap((parent) => {
      const known = (parent === document.root ? feedElements : entryElements).map((name) => `atom:${name}`);
      const unknown = parent.children.filter(
        ({ kind }) => (kind.startsWith('atom:') || !kind.includes(':')) && !known.includes(kind),
      );
      return findings(unknown, 'Atom knows no such element here, and it is of no other namespace');
    }),

  'atom-misplaced-entry': none(
    'atom:entry',
    ({ parent }) => parent?.kind !== 'atom:feed',
    'Entries belong into the feed',
  ),

  'atom-author': (document) => {
    if (hasAuthor(document.root)) return [];
    const nameless = entriesOf(document).filter(
      (entry) => !hasAuthor(entry) && !childrenOf(entry, 'atom:source').some(hasAuthor),
    );
    return findings(nameless, 'Has no author, and neither has the feed');
  },

  'atom-alternate': (document) =>
    findings(
      entriesOf(document).filter(
        (entry) =>
          childrenOf(entry, 'atom:content').length === 0 &&
          !childrenOf(entry, 'atom:link').some((link) => relOf(link) === 'alternate'),
      ),
      'Has neither content nor a link of rel alternate',
    ),

  'atom-summary': (document) =>
    findings(
      entriesOf(document).filter(
        (entry) =>
          childrenOf(entry, 'atom:content').some(isBeyondReaders) &&
          childrenOf(entry, 'atom:summary').length === 0,
      ),
      'Content that is elsewhere or base64 needs a summary',
    ),

  'atom-id': none(
    'atom:id',
    ({ text }) => !isIri(text.trim()),
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

  'atom-date': none(
    'atom:updated atom:published',
    ({ text }) => !isRfc3339(text),
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
    const href = self[0]?.attributes.href;
    if (self.length === 1 && href === (url ?? href)) return [];
    return [finding(self[0] ?? root, `Needs one link of rel self${url === undefined ? '' : `, to ${url}`}`)];
  },

  'atom-one-alternate': (document) =>
    partsOf(document).flatMap((parent) =>
      findings(
        repeated(
          childrenOf(parent, 'atom:link').filter((link) => relOf(link) === 'alternate'),
          ({ attributes: { type, hreflang } }) => `${type} ${hreflang}`,
        ),
        'Another link of rel alternate has the same type and hreflang',
      ),
    ),

  'atom-category': none('atom:category', ({ attributes }) => !attributes.term, 'Needs a term'),

  'atom-person': none(
    'atom:author atom:contributor',
    isNobody,
    'Needs one name; a uri or email has to be one',
  ),

  'atom-text': none(
    'atom:title atom:subtitle atom:summary atom:rights',
    (element) => !isTextConstruct(element),
    'Is text or html without elements in it, or xhtml with one div',
  ),

  'atom-content': none(
    'atom:content',
    (element) => !isContent(element),
    'Is text or html without elements in it, xhtml with one div, of a media type, or empty with a src',
  ),
};

function isSingle({ kind }: XmlElement): boolean {
  return kind.startsWith('atom:') && !repeatable.includes(kind.slice('atom:'.length));
}

function hasAuthor(parent: XmlElement): boolean {
  return childrenOf(parent, 'atom:author').length > 0;
}

function isBeyondReaders({ attributes: { src, type = 'text' } }: XmlElement): boolean {
  const isReadable = ['text', 'html', 'xhtml'].includes(type) || /^text\/|[/+]xml$/.test(type);
  return src !== undefined || !isReadable;
}

function isNobody(person: XmlElement): boolean {
  const [name, second] = childrenOf(person, 'atom:name');
  const uri = textOf(person, 'atom:uri');
  const email = textOf(person, 'atom:email');
  const isWrong = (uri !== undefined && !isIri(uri)) || (email !== undefined && !isEmail(email));
  return !name?.text.trim() || second !== undefined || isWrong;
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
