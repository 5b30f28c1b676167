import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.Node;

/** A document as a browser builds it, whatever is wrong with it. */
export function readPage(html: string): HtmlNode {
  return parse(html);
}

/** The body of a page that holds nothing else. */
export function readFragment(html: string): HtmlNode {
  return findOne(parse(`<!doctype html><body>${html}`), 'body');
}

/** Every element below the node, in document order. */
export function elementsOf(node: HtmlNode): HtmlElement[] {
  if (!('childNodes' in node)) return [];
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsOf(child)] : []));
}

export function findAll(node: HtmlNode, tag: string, className?: string): HtmlElement[] {
  return elementsOf(node).filter(
    (element) =>
      element.tagName === tag &&
      (className === undefined || attributesOf(element).class?.split(' ').includes(className)),
  );
}

/** The one element of this kind. */
export function findOne(node: HtmlNode, tag: string, className?: string): HtmlElement {
  const [only, ...more] = findAll(node, tag, className);
  if (!only || more.length > 0)
    throw new Error(`${only ? more.length + 1 : 0} <${tag}> elements instead of one`);
  return only;
}

export function attributesOf(element: HtmlElement): Record<string, string> {
  return Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
}

export function textOf(node: HtmlNode): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** The kinds of nodes below the node: comments, instructions and the like have no place in clean HTML. */
export function nodeKindsOf(node: HtmlNode): Set<string> {
  const children = 'childNodes' in node ? node.childNodes : [];
  return new Set(
    children.flatMap((child) => ['tagName' in child ? '#element' : child.nodeName, ...nodeKindsOf(child)]),
  );
}
