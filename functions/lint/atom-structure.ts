import { type Rules, repeated } from './rule.ts';
import {
  childrenOf,
  elementsOf,
  finding,
  findings,
  type XmlDocument,
  type XmlElement,
} from './xml-element.ts';

const feedElements =
  'author category contributor generator icon id link logo rights subtitle title updated entry'.split(' ');
const entryElements =
  'author category content contributor id link published rights source summary title updated'.split(' ');
const repeatable = ['author', 'category', 'contributor', 'link', 'entry'];
const required = ['id', 'title', 'updated'];

export function entriesOf({ root }: XmlDocument): XmlElement[] {
  return childrenOf(root, 'atom:entry');
}

/** The relation of a link: without one it is `alternate`. */
export function relOf({ attributes }: XmlElement): string {
  return attributes.rel ?? 'alternate';
}

/** RFC 4287 §4.1: what stands where, and how often. */
export const atomStructure: Rules<XmlDocument> = {
  'atom-required': (document) =>
    [document.root, ...entriesOf(document)].flatMap((parent) =>
      required
        .filter((name) => childrenOf(parent, `atom:${name}`).length === 0)
        .map((name) => finding(parent, `Has no ${name}`)),
    ),

  'atom-repeated-element': (document) =>
    [document.root, ...entriesOf(document)].flatMap(({ children }) =>
      findings(
        repeated(children.filter(isSingle), ({ kind }) => kind),
        'May be there once only',
      ),
    ),

  'atom-unknown-element': (document) =>
    [document.root, ...entriesOf(document)].flatMap((parent) => {
      const known = (parent === document.root ? feedElements : entryElements).map((name) => `atom:${name}`);
      const unknown = parent.children.filter(
        ({ kind }) => (kind.startsWith('atom:') || !kind.includes(':')) && !known.includes(kind),
      );
      return findings(unknown, 'Atom knows no such element here, and it is of no other namespace');
    }),

  'atom-misplaced-entry': (document) =>
    findings(
      elementsOf(document, 'atom:entry').filter(({ parent }) => parent !== document.root),
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
