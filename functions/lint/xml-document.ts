import { SaxesParser } from 'saxes';
import { type Finding, type Rule, repeated } from './rule.ts';

export interface XmlElement {
  /** `title`, or with the prefix of `namespaces`: `dc:creator`. */
  kind: string;
  /** With the kind of its parent: `channel/item`; of the root `/rss`. */
  path: string;
  /** By their names as written. */
  attributes: Record<string, string>;
  children: XmlElement[];
  /** By kind, so that a rule for each of n elements takes linear time. */
  childrenByKind: Map<string, XmlElement[]>;
  /** Its position among siblings of its kind, from 1. */
  number: number;
  parent: XmlElement | undefined;
  /** Without the text of its children. */
  text: string;
  line: number;
  /** Offsets of its content in the source. */
  start: number;
  end: number;
}

export interface XmlDocument {
  source: string;
  root: XmlElement;
  /** Where it is served, if known. */
  url: string | undefined;
  /** In document order. */
  elements: XmlElement[];
}

/** The prefixes that rules use, whatever prefixes a document declares. */
export const namespaces: Record<string, string> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  fh: 'http://purl.org/syndication/history/1.0',
  at: 'http://purl.org/atompub/tombstones/1.0',
  thr: 'http://purl.org/syndication/thread/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  xhtml: 'http://www.w3.org/1999/xhtml',
};
const prefixes = new Map(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));

function kindOf(uri: string, local: string): string {
  return uri === '' ? local : `${prefixes.get(uri) ?? `{${uri}}`}:${local}`;
}

class Offence extends Error {}

// A finding names all elements around its own.
const maxDepth = 200;

/** The document's elements, or its first violation of XML 1.0 or XML namespaces. */
export function readXml(source: string, url: string | undefined): XmlDocument | Finding {
  // At most six handlers: with a seventh, V8 turns the parser into a dictionary, which is seven times slower.
  const parser = new SaxesParser({ xmlns: true, position: true });
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  parser.on('error', ({ message }) => {
    // The message begins with the line and column.
    throw new Offence(message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('doctype', () => parser.fail('has a document type, which readers refuse for fear of entities'));
  parser.on('opentag', ({ uri, local, attributes }) => {
    const parent = open.at(-1);
    const { encoding = 'utf-8' } = parser.xmlDecl;
    if (!parent && encoding.toLowerCase() !== 'utf-8')
      parser.fail(`declares the encoding ${encoding} instead of utf-8`);
    if (open.length === maxDepth) parser.fail(`nests more than ${maxDepth} elements`);
    const kind = kindOf(uri, local);
    const alike = parent?.childrenByKind.get(kind) ?? [];
    const element: XmlElement = {
      kind,
      path: `${parent?.kind ?? ''}/${kind}`,
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
      children: [],
      childrenByKind: new Map(),
      number: alike.length + 1,
      parent,
      text: '',
      line: parser.line,
      start: parser.position,
      end: parser.position,
    };
    alike.push(element);
    parent?.childrenByKind.set(kind, alike);
    parent?.children.push(element);
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', ({ isSelfClosing }) => {
    const element = open.pop();
    // An empty tag ends where it starts; the last `</` may be the whole document away.
    if (element && !isSelfClosing) element.end = source.lastIndexOf('</', parser.position);
  });
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (text) => {
      const element = open.at(-1);
      if (element) element.text += text;
    });
  try {
    parser.write(source).close();
  } catch (error) {
    if (!(error instanceof Offence)) throw error;
    return { message: error.message, place: `line ${parser.line}, column ${parser.column}` };
  }
  const [root] = elements;
  if (!root) throw new Error('Has no root element');
  return { source, root, url, elements };
}

export function childrenOf(element: XmlElement | undefined, kind: string): XmlElement[] {
  return element?.childrenByKind.get(kind) ?? [];
}

export function textOf(element: XmlElement | undefined, kind: string): string | undefined {
  return childrenOf(element, kind)[0]?.text.trim();
}

/** The relation of a link: without one it is `alternate`. */
export function relOf({ attributes }: XmlElement): string {
  return attributes.rel ?? 'alternate';
}

/** Elements by their kinds or paths, separated by spaces; * for all. */
export function elementsOf({ elements }: XmlDocument, kinds: string): XmlElement[] {
  const wanted = kinds.split(' ');
  return kinds === '*'
    ? elements
    : elements.filter(({ kind, path }) => wanted.includes(kind) || wanted.includes(path));
}

export function finding(element: XmlElement, message: string): Finding {
  return { message, place: `line ${element.line}, ${placeOf(element)}` };
}

type Message = string | ((element: XmlElement) => string);
export type XmlRule = Rule<XmlDocument>;

function findings(elements: XmlElement[], message: Message): Finding[] {
  return elements.map((element) =>
    finding(element, typeof message === 'string' ? message : message(element)),
  );
}

/** No element of these kinds is wrong in this way. */
export function none(
  kinds: string,
  isWrong: (element: XmlElement, document: XmlDocument) => boolean,
  message: Message,
): XmlRule {
  return (document) =>
    findings(
      elementsOf(document, kinds).filter((element) => isWrong(element, document)),
      message,
    );
}

/** No two elements of these kinds have the same key. */
export function unique(
  kinds: string,
  keyOf: (element: XmlElement) => string | undefined,
  message: Message,
): XmlRule {
  return (document) => findings(repeated(elementsOf(document, kinds), keyOf), message);
}

/** No element of these kinds is wrong for one of these names. */
export function noneFor(
  kinds: string,
  names: string[],
  isWrong: (element: XmlElement, name: string) => boolean,
  message: (name: string) => string,
): XmlRule {
  return (document) =>
    elementsOf(document, kinds).flatMap((element) =>
      names.filter((name) => isWrong(element, name)).map((name) => finding(element, message(name))),
    );
}

/** A key that only siblings share. */
export function amongSiblings({ parent }: XmlElement, key: string): string {
  return `${parent?.start} ${key}`;
}

function placeOf(element: XmlElement): string {
  const { parent, kind, number } = element;
  if (!parent) return kind;
  return `${placeOf(parent)}/${kind}${childrenOf(parent, kind).length > 1 ? `[${number}]` : ''}`;
}
