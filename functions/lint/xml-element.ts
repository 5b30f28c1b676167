import type { Finding } from './rule.ts';

export interface XmlElement {
  /** `title`, or with the prefix of `namespaces`: `dc:creator`. */
  kind: string;
  /** By their names as written. */
  attributes: Record<string, string>;
  children: XmlElement[];
  parent: XmlElement | undefined;
  /** Its own, without that of elements in it. */
  text: string;
  line: number;
  /** Where the content begins and ends in the document. */
  start: number;
  end: number;
}

export interface XmlDocument {
  source: string;
  root: XmlElement;
  /** The address that the document is served at. */
  url: string;
  /** All elements, in document order. */
  elements: XmlElement[];
}

export function childrenOf(element: XmlElement, ...kinds: string[]): XmlElement[] {
  return element.children.filter(({ kind }) => kinds.includes(kind));
}

export function textOf(element: XmlElement, kind: string): string | undefined {
  return childrenOf(element, kind)[0]?.text.trim();
}

/** The elements of these kinds anywhere in the document. */
export function elementsOf({ elements }: XmlDocument, ...kinds: string[]): XmlElement[] {
  return elements.filter(({ kind }) => kinds.includes(kind));
}

export function finding(element: XmlElement, message: string): Finding {
  return { message, place: `line ${element.line}, ${pathOf(element)}` };
}

/** One finding for each element, with the same message. */
export function findings(
  elements: XmlElement[],
  message: string | ((element: XmlElement) => string),
): Finding[] {
  return elements.map((element) =>
    finding(element, typeof message === 'string' ? message : message(element)),
  );
}

function pathOf(element: XmlElement): string {
  const { parent, kind } = element;
  if (!parent) return kind;
  const alike = childrenOf(parent, kind);
  const number = alike.length > 1 ? `[${alike.indexOf(element) + 1}]` : '';
  return `${pathOf(parent)}/${kind}${number}`;
}
