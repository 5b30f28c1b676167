import { SaxesParser } from 'saxes';
import { js2xml } from 'xml-js';

// biome-ignore lint/suspicious/noExplicitAny: an XML document has the shape its maker gave it
export type XmlObject = Record<string, any>;

/**
 * An XML document as an object: elements by name, in a list where there are several of one name; attributes by @name; text as
 * #text, and as a list of #cdata what is written so.
 */
export function parseXml(document: string): XmlObject {
  const root: XmlObject = {};
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`@${key}`, value]));
    const parent = open.at(-1) ?? root;
    if (Array.isArray(parent[name])) parent[name].push(element);
    else parent[name] = name in parent ? [parent[name], element] : element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    if (text.trim() !== '') Object.assign(open.at(-1) ?? root, { '#text': text });
  });
  parser.on('cdata', (text) => {
    const element = open.at(-1) ?? root;
    element['#cdata'] = [...(element['#cdata'] ?? []), text];
  });
  parser.write(document).close();
  return root;
}

const references: Record<string, string> = {
  '&amp;': '&#x26;',
  '&lt;': '&#x3C;',
  '&gt;': '&#x3E;',
  '"': '&#x22;',
};

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
      // Hexadecimal, as the RSS profile asks: readers that take a plain title for HTML show these as characters, not as markup.
      textFn: (text) => text.replace(/&amp;|&lt;|&gt;|"/g, (character) => references[character] ?? ''),
    },
  );
  return `${text}\n`;
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
    } else if (name === '#cdata') fields._cdata = value;
    else if (name === '#text') fields._text = escapeAmpersands(value);
    else fields[name] = Array.isArray(value) ? value.map(compactField) : compactField(value);
  }
  return fields;
}

function compactField(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? compact(value) : escapeAmpersands(String(value));
}

/** HTML for `feed`, which splits only the first end of a CDATA section in it. */
export function cdataSafe(html: string): string {
  return html.replaceAll(']]>', ']]&gt;');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
