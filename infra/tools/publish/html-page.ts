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
  // The parser adds what is missing, but no title, and no body beside frames.
  const html = findElement(parse(text, { sourceCodeLocationInfo: true }), 'html');
  const title = findElement(findElement(html, 'head'), 'title');
  const body = findElement(html, 'body');
  const language = html?.attrs.find(({ name }) => name === 'lang')?.value;
  const elements: Record<string, Element | undefined> = { '/title': title, '/language': html, '/html': body };
  return {
    fields: { title: title && textOf(title), ...(language && { language }), html: body && serialize(body) },
    lineOf: (pointer) => elements[pointer]?.sourceCodeLocation?.startLine ?? 1,
    ...(!title && { faults: [noTitle] }),
  };
}

function textOf({ childNodes: [text] }: Element): string {
  return text && 'value' in text ? text.value : '';
}

function findElement(parent: Node | undefined, name: string): Element | undefined {
  const children = parent && 'childNodes' in parent ? parent.childNodes : [];
  return children.find((child): child is Element => child.nodeName === name);
}
