import { type DefaultTreeAdapterTypes, parse, serialize } from 'parse5';
import { findTooManyOpenTags } from '../../../functions/article/clean-html.ts';
import { InvalidFileError } from '../../../functions/article/fault.ts';
import type { SourceText } from './read-source.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const noTitle = {
  pointer: '/title',
  message: 'is missing: give the page a <title>, or the file front matter between two lines of ---',
};

/** A page as a browser saves it: its title, its language and the content of its body. Throws InvalidFileError. */
export function readHtmlPage(text: string): SourceText {
  const tooOpen = findTooManyOpenTags(text);
  if (tooOpen) throw new InvalidFileError([{ line: 1, pointer: '', message: tooOpen }]);
  const html = requireElement(parse(text, { sourceCodeLocationInfo: true }), 'html');
  const title = findElement(requireElement(html, 'head'), 'title');
  const body = requireElement(html, 'body');
  const language = html.attrs.find(({ name }) => name === 'lang')?.value;
  const elements: Record<string, Element | undefined> = { '/title': title, '/language': html, '/html': body };
  return {
    fields: { title: title && textOf(title), ...(language && { language }), html: serialize(body) },
    lineOf: (pointer) => elements[pointer]?.sourceCodeLocation?.startLine ?? 1,
    ...(!title && { faults: [noTitle] }),
  };
}

function textOf({ childNodes: [text] }: Element): string {
  return text && 'value' in text ? text.value : '';
}

function findElement(parent: Node, name: string): Element | undefined {
  const children = 'childNodes' in parent ? parent.childNodes : [];
  return children.find((child): child is Element => child.nodeName === name);
}

// The parser adds missing elements, except the title.
function requireElement(parent: Node, name: string): Element {
  const found = findElement(parent, name);
  if (!found) throw new Error(`The parser made no ${name}`);
  return found;
}
