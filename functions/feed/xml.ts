import { SaxesParser } from 'saxes';
import { js2xml } from 'xml-js';

// biome-ignore lint/suspicious/noExplicitAny: an XML document has the shape its maker gave it
export type XmlObject = Record<string, any>;

/** An XML document as an object: elements by name, in a list where there are several; attributes by @name; text as #text. */
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

/** The document of such an object, in its order, with a stylesheet by its address; undefined fields are left out. */
export function buildXml(document: XmlObject, stylesheet?: string): string {
  const head = {
    _declaration: { _attributes: { version: '1.0', encoding: 'utf-8' } },
    ...(stylesheet && {
      _instruction: { 'xml-stylesheet': `type="text/css" href="${escapeHtml(stylesheet)}"` },
    }),
  };
  const text = js2xml(
    { ...head, ...compact(document) },
    {
      compact: true,
      spaces: 2,
      indentInstruction: true,
      // Hexadecimal, as the RSS profile asks: readers that take a plain title for HTML show these as characters, not as markup,
      // and those that resolve references once more, in CDATA too, leave the HTML whole.
      textFn: withHexadecimalReferences,
    },
  );
  return `${text}\n`;
}

function withHexadecimalReferences(text: string): string {
  return text
    .replaceAll('&amp;', '&#x26;')
    .replaceAll('&lt;', '&#x3C;')
    .replaceAll('&gt;', '&#x3E;')
    .replaceAll('"', '&#x22;');
}

/** For xml-js, and `feed` that writes by it: they take one level of `&amp;` off a text. */
export function escapeAmpersands(text: string): string {
  return text.replaceAll('&', '&amp;');
}

/** The object as xml-js wants it, which leaves & and < in attributes as they are. */
function compact(element: XmlObject): XmlObject {
  const fields: XmlObject = {};
  for (const [name, value] of Object.entries(element)) {
    if (value === undefined) continue;
    if (name.startsWith('@')) {
      fields._attributes ??= {};
      fields._attributes[name.slice(1)] = escapeHtml(String(value));
    } else if (name === '#text') fields._text = escapeAmpersands(value);
    else fields[name] = Array.isArray(value) ? value.map(compactField) : compactField(value);
  }
  return fields;
}

function compactField(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? compact(value) : escapeAmpersands(String(value));
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
