import { type DefaultTreeAdapterTypes, serializeOuter } from 'parse5';
import { escapeHtml } from '../../../../functions/pull/feed-html.ts';

export type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;

/** A paragraph, heading, list, table, picture and so on of a page. */
export interface Block {
  text: string;
  html: string;
  /** Its first node; none of a text file. */
  node?: Node;
}

const words = (names: string) => new Set(names.split(' '));
const unseen = words(
  'script style noscript template head form select button input textarea iframe nav #comment',
);
const whole = words('blockquote dl dt dd figure h1 h2 h3 h4 h5 h6 hr li ol p pre table ul img video audio');
const boxes = words(
  'address article aside body center div fieldset footer header html main section tbody td tfoot th thead tr',
);

/** In the order of the page. An element of `opened` is told as the blocks in it, also if it is a paragraph or a table. */
export function blocksOf(root: Pick<Element, 'childNodes'>, opened: (element: Element) => boolean): Block[] {
  const split = elementsToSplit(root);
  const blocks: Block[] = [];
  let run: Node[] = [];
  const endRun = () => {
    add(run, (html) => `<p>${html}</p>`);
    run = [];
  };
  const add = (nodes: Node[], wrap: (html: string) => string) => {
    const [node] = nodes;
    const html = trimmed(nodes.map((one) => serializeOuter(one)).join(''));
    const text = oneLine(nodes.map(textOf).join(''));
    if (node && (text !== '' || /<(?:img|video|audio|hr)\b/.test(html)))
      blocks.push({ text, html: wrap(html), node });
  };
  const walk = (element: Pick<Element, 'childNodes'>) => {
    for (const child of element.childNodes) {
      if (unseen.has(child.nodeName)) continue;
      if (!('childNodes' in child)) run.push(child);
      else if (child.nodeName === 'br') endRun();
      else if (whole.has(child.nodeName) && child.nodeName !== 'img' && !opened(child)) {
        endRun();
        add([child], (html) => html);
      } else if (
        boxes.has(child.nodeName) ||
        split.has(child) ||
        (whole.has(child.nodeName) && opened(child))
      ) {
        endRun();
        walk(child);
        endRun();
      } else run.push(child);
    }
  };
  walk(root);
  endRun();
  return blocks;
}

/** Elements of a line that hold line breaks or more than a line. */
function elementsToSplit(root: Pick<Element, 'childNodes'>): Set<unknown> {
  const found = new Set<unknown>();
  const visit = (element: Pick<Element, 'childNodes'>): boolean => {
    let isSplit = false;
    for (const child of element.childNodes)
      if ('childNodes' in child) {
        const isBlock =
          child.nodeName === 'br' ||
          boxes.has(child.nodeName) ||
          (whole.has(child.nodeName) && child.nodeName !== 'img');
        isSplit = visit(child) || isBlock || isSplit;
      }
    if (isSplit) found.add(element);
    return isSplit;
  };
  visit(root);
  return found;
}

/** Of a file of plain text, each line one. */
export function blocksOfText(text: string): Block[] {
  return text
    .split(/\r\n?|\n/)
    .map(oneLine)
    .filter((line) => line !== '')
    .map((line) => ({ text: line, html: `<p>${escapeHtml(line)}</p>` }));
}

export function textOf(node: Node): string {
  if (unseen.has(node.nodeName)) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export function oneLine(text: string): string {
  return text.replace(/[\s\u3000]+/g, ' ').trim();
}

/** Of HTML. Not by one pattern, whose time at the end grows with the square of a run of spaces. */
function trimmed(html: string): string {
  let text = html.replace(/^(?:\s|&nbsp;)+/, '').trimEnd();
  while (text.endsWith('&nbsp;')) text = text.slice(0, -'&nbsp;'.length).trimEnd();
  return text;
}
