import { SaxesParser } from 'saxes';

export interface XmlElement {
  /** With its prefix. */
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Of the element itself and all below it. */
  text: string;
}

/** The root element. Throws at the first offence against XML 1.0 or its namespaces. */
export function readXml(document: string): XmlElement {
  const root: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, uri, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    const element = {
      ...{ name, namespace: uri, children: [], text: '' },
      attributes: Object.fromEntries(values),
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (text) => {
      for (const element of open) element.text += text;
    });
  parser.write(document).close();
  return requireOne(root.children);
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function textsOf(element: XmlElement, name: string): string[] {
  return childrenOf(element, name).map(({ text }) => text);
}

/** The text of the only child of this name. */
export function textOf(element: XmlElement, name: string): string {
  return requireOne(childrenOf(element, name)).text;
}

export function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(everyElement)];
}

function requireOne(elements: XmlElement[]): XmlElement {
  const [only] = elements;
  if (!only || elements.length > 1) throw new Error(`${elements.length} elements instead of one`);
  return only;
}
