import { SaxesParser } from 'saxes';
import { kindOf } from './namespaces.ts';
import type { LintFault } from './rule.ts';
import type { XmlDocument, XmlElement } from './xml-element.ts';

class Offence extends Error {}

/** The document as elements, or its first offence against XML 1.0 or its namespaces. */
export function readXml(source: string, url: string): XmlDocument | LintFault {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  parser.on('error', ({ message }) => {
    throw new Offence(message);
  });
  parser.on('doctype', () => parser.fail('has a document type, which readers refuse for fear of entities'));
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (encoding.toLowerCase() !== 'utf-8') parser.fail(`declares the encoding ${encoding} instead of utf-8`);
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const parent = open.at(-1);
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element: XmlElement = {
      ...{ kind: kindOf(uri, local), attributes: Object.fromEntries(values), children: [], parent, text: '' },
      ...{ line: parser.line, start: parser.position, end: parser.position },
    };
    parent?.children.push(element);
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) element.end = Math.max(element.start, source.lastIndexOf('</', parser.position));
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
    const { message } = error;
    return { rule: 'xml-well-formed', message, place: `line ${parser.line}, column ${parser.column}` };
  }
  const [root] = elements;
  if (!root) throw new Error('A well-formed document without a root element');
  return { source, root, url, elements };
}
