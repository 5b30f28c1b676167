import { XMLBuilder, XMLParser } from 'fast-xml-parser';

const shape = { ignoreAttributes: false, attributeNamePrefix: '@' };

const parser = new XMLParser({
  ...shape,
  parseTagValue: false,
  trimValues: true,
  isArray: (name) => name === 'item' || name === 'entry',
});

const builder = new XMLBuilder({
  ...shape,
  format: true,
  suppressEmptyNode: true,
  // An attribute whose text is `true` keeps it.
  suppressBooleanAttributes: false,
  // Hexadecimal, as the RSS profile asks: readers that take a plain title for HTML show these as characters, not as markup.
  ...{
    entities: [
      { regex: /&/g, val: '&#x26;' },
      { regex: /</g, val: '&#x3C;' },
      { regex: />/g, val: '&#x3E;' },
      { regex: /"/g, val: '&#x22;' },
    ],
  },
});

// biome-ignore lint/suspicious/noExplicitAny: an XML document has the shape its maker gave it
export type XmlObject = Record<string, any>;

/** An XML document as an object: elements by name, attributes by @name, text as #text. */
export function parseXml(document: string): XmlObject {
  return parser.parse(document);
}

/** The document of such an object, in its order; undefined fields are left out. */
export function buildXml(document: XmlObject): string {
  return builder.build(dropUndefined(document)).replace(/<[^>]+>/g, withNamedReferences);
}

// In attributes @rowanmanning/feed-parser knows no other references, while texts it resolves once more after these.
const named: Record<string, string> = { 26: '&amp;', '3C': '&lt;', '3E': '&gt;', 22: '&quot;' };

function withNamedReferences(tag: string): string {
  return tag.replace(/&#x(26|3C|3E|22);/g, (_reference, code) => named[code] ?? '');
}

function dropUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, dropUndefined(field)]));
}
