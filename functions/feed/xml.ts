import { SaxesParser } from 'saxes';

// biome-ignore lint/suspicious/noExplicitAny: documents have any shape
export type XmlObject = Record<string, any>;

/** An XML document as an object: elements by name, as a list if there are several; attributes as @name; text as #text. */
export function parseXml(document: string): XmlObject {
  const root: XmlObject = {};
  const open = [root];
  const parser = new SaxesParser();
  const addText = (text: string) => {
    const element = open.at(-1) ?? root;
    element['#text'] = (element['#text'] ?? '') + text;
  };
  parser.on('opentag', ({ name, attributes }) => {
    const element = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`@${key}`, value]));
    const parent = open.at(-1) ?? root;
    if (Array.isArray(parent[name])) parent[name].push(element);
    else parent[name] = name in parent ? [parent[name], element] : element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    if (text.trim() !== '') addText(text);
  });
  parser.on('cdata', addText);
  parser.write(document).close();
  return root;
}

/** Writes such an object in its order, without undefined fields. `stylesheet` is an address. */
export function buildXml(document: XmlObject, stylesheet?: string): string {
  const style = stylesheet ? `\n<?xml-stylesheet type="text/css" href="${escapeHtml(stylesheet)}"?>` : '';
  return `<?xml version="1.0" encoding="utf-8"?>${style}${writeFields(document, '\n').content}\n`;
}

/** An element's attributes and content. Each child is preceded by `indent`, a line break and spaces. */
function writeFields(element: XmlObject, indent: string): { attributes: string; content: string } {
  let attributes = '';
  let content = '';
  let end = '';
  for (const [name, field] of Object.entries(element)) {
    if (field === undefined) continue;
    if (name === '#text') content += escapeText(field);
    else if (name.startsWith('@'))
      attributes += ` ${name.slice(1)}="${escapeHtml(String(field)).replaceAll('"', '&quot;')}"`;
    else {
      for (const one of [field].flat()) content += writeElement(name, one, indent);
      end = indent.slice(0, -2);
    }
  }
  return { attributes, content: content + end };
}

function writeElement(name: string, value: unknown, indent: string): string {
  const { attributes, content } =
    typeof value === 'object' && value !== null
      ? writeFields(value, `${indent}  `)
      : { attributes: '', content: escapeText(String(value)) };
  return content === ''
    ? `${indent}<${name}${attributes}/>`
    : `${indent}<${name}${attributes}>${content}</${name}>`;
}

/**
 * References are hexadecimal, as the RSS profile asks: readers that treat a plain title as HTML then show characters instead of
 * markup, and those that decode references twice do not break HTML.
 */
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&#x26;')
    .replaceAll('<', '&#x3C;')
    .replaceAll('>', '&#x3E;')
    .replaceAll('"', '&#x22;');
}

/** For `feed`, which turns `&amp;` in a text into `&`. */
export function escapeAmpersands(text: string): string {
  return text.replaceAll('&', '&amp;');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
