import type { Rules } from './rule.ts';
import { isEmail, isHttpUrl, isIri, isMediaType, isRfc3339 } from './values.ts';
import {
  amongSiblings,
  childrenOf,
  finding,
  none,
  noneFor,
  relOf,
  textOf,
  unique,
  type XmlDocument,
  type XmlElement,
} from './xml-document.ts';

/** What Atom itself knows in a feed and in an entry. */
const known: Record<string, string[]> = {
  '/atom:feed':
    'author category contributor generator icon id link logo rights subtitle title updated entry'.split(' '),
  'atom:feed/atom:entry':
    'author category content contributor id link published rights source summary title updated'.split(' '),
};
const parts = Object.keys(known).join(' ');
const repeatable = 'author category contributor link entry'.split(' ');

/** RFC 4287. */
export const atomRules: Rules<XmlDocument> = {
  'atom-required': noneFor(
    parts,
    ['id', 'title', 'updated'],
    (part, name) => childrenOf(part, `atom:${name}`).length === 0,
    (name) => `Has no ${name}`,
  ),

  'atom-repeated-element': unique(
    '*',
    (element) =>
      isInPart(element) && element.kind.startsWith('atom:') && !repeatable.includes(nameOf(element))
        ? amongSiblings(element, element.kind)
        : undefined,
    'May be there once only',
  ),

  'atom-unknown-element': none(
    '*',
    (element) =>
      isInPart(element) &&
      (element.kind.startsWith('atom:')
        ? !known[element.parent?.path ?? '']?.includes(nameOf(element))
        : !element.kind.includes(':')),
    'Atom knows no such element here, and it is of no other namespace',
  ),

  'atom-misplaced-entry': none(
    'atom:entry',
    ({ parent }) => parent?.kind !== 'atom:feed',
    'Entries belong in the feed',
  ),

  'atom-author': none(
    'atom:feed/atom:entry',
    (entry) => ![entry, entry.parent, ...childrenOf(entry, 'atom:source')].some(hasAuthor),
    'Has no author, and neither has the feed',
  ),

  'atom-alternate': none(
    'atom:feed/atom:entry',
    (entry) =>
      childrenOf(entry, 'atom:content').length === 0 &&
      !childrenOf(entry, 'atom:link').some((link) => relOf(link) === 'alternate'),
    'Has neither content nor a link of rel alternate',
  ),

  'atom-summary': none(
    'atom:feed/atom:entry',
    (entry) =>
      childrenOf(entry, 'atom:content').some(isBeyondReaders) &&
      childrenOf(entry, 'atom:summary').length === 0,
    'Content that is elsewhere or base64 needs a summary',
  ),

  'atom-id': none(
    'atom:id',
    ({ text }) => !isIri(text.trim()),
    ({ text }) => `${text} is no absolute IRI`,
  ),

  'atom-entry-unique': unique(
    'atom:feed/atom:entry',
    (entry) => {
      const id = textOf(entry, 'atom:id');
      return id && `${id} ${dateOf(entry)}`;
    },
    (entry) => `Another entry has the id ${textOf(entry, 'atom:id')} and the same updated`,
  ),

  'atom-date': none(
    'atom:updated atom:published',
    ({ text }) => !isRfc3339(text),
    ({ text }) => `${text} is no date of RFC 3339 with T and an offset`,
  ),

  'atom-updated': none(
    'atom:feed/atom:entry',
    (entry) => dateOf(entry) > dateOf(entry.parent),
    'Is newer than the updated of its feed',
  ),

  'atom-self-link': ({ root, url }) => {
    const self = childrenOf(root, 'atom:link').filter((link) => relOf(link) === 'self');
    const href = self[0]?.attributes.href;
    if (self.length === 1 && href === (url ?? href)) return [];
    return [finding(self[0] ?? root, `Needs one link of rel self${url === undefined ? '' : `, to ${url}`}`)];
  },

  'atom-one-alternate': unique(
    'atom:link',
    (link) =>
      isInPart(link) && relOf(link) === 'alternate'
        ? amongSiblings(link, `${link.attributes.type} ${link.attributes.hreflang}`)
        : undefined,
    'Another link of rel alternate has the same type and hreflang',
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

/** Whether it stands in the feed itself or in an entry. */
function isInPart({ parent }: XmlElement): boolean {
  return Object.hasOwn(known, parent?.path ?? '');
}

function nameOf({ kind }: XmlElement): string {
  return kind.slice('atom:'.length);
}

function dateOf(part: XmlElement | undefined): number {
  return Date.parse(textOf(part, 'atom:updated') ?? '');
}

function hasAuthor(parent: XmlElement | undefined): boolean {
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
