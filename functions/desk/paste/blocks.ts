import { copyAllowed } from '../body/allowed.ts';
import { leaves, type Marks, marked, tidyLine } from './lines.ts';
import { marksWithin } from './marks.ts';
import { hasClass, styleOf } from './styles.ts';

/** What becomes of a picture: its attributes, or undefined where it is lost. */
export type TakePicture = (image: Element) => Record<string, string> | undefined;

const blockTags =
  'address, article, aside, blockquote, body, center, dd, details, div, dl, dt, fieldset, figcaption, figure, footer, form, h1, h2, ' +
  'h3, h4, h5, h6, header, hr, li, main, ol, p, pre, section, table, tbody, td, th, tr, ul';
/** Copied whole, without what articles do not hold. */
const wholes = 'audio, details, dl, video';
const emoji = /^\p{Emoji_Presentation}/u;

/** The content of an element as blocks of an article: paragraphs, headings, lists, quotations, pictures, tables. */
export class BlockWriter {
  private readonly document: Document;
  private readonly takePicture: TakePicture;

  constructor(document: Document, takePicture: TakePicture) {
    this.document = document;
    this.takePicture = takePicture;
  }

  write(parent: Node, marks: Marks = []): Element[] {
    const blocks: Element[] = [];
    let line = this.make('p');
    const flush = () => {
      if (tidyLine(line)) blocks.push(line);
      line = this.make('p');
    };
    const add = (...made: (Element | undefined)[]) => {
      flush();
      blocks.push(...made.filter((one) => one !== undefined));
    };
    const walk = (node: Node, around: Marks) => {
      if (node.nodeType === Node.TEXT_NODE) line.append(marked(node.textContent ?? '', around));
      if (!(node instanceof Element)) return;
      const name = node.localName;
      if (name === 'br') {
        if (line.lastChild instanceof Element && line.lastChild.localName === 'br') flush();
        else line.append(this.make('br'));
      } else if (name === 'img') {
        const alt = node.getAttribute('alt') ?? '';
        if (emoji.test(alt)) line.append(marked(alt, around));
        else add(this.figure(node));
      } else if (node.matches(leaves)) {
        const holder = this.make('span');
        holder.append(node.cloneNode(true));
        line.append(copyAllowed(holder, this.document, 'keep'));
      } else if (node.matches(blockTags) || node.matches(wholes)) add(...this.block(node, around));
      else for (const child of node.childNodes) walk(child, marksWithin(node, around));
    };
    for (const child of parent.childNodes) walk(child, marks);
    flush();
    return blocks;
  }

  private block(element: Element, marks: Marks): (Element | undefined)[] {
    const name = element.localName;
    const level = headingLevel(element);
    if (level) return this.heading(element, level);
    if (name === 'hr') return [this.make('hr')];
    if (name === 'pre') return [this.code(element)];
    if (name === 'ul' || name === 'ol') return [this.list(element, marks)];
    if (name === 'table') return this.table(element, marks);
    if (name === 'figure') return this.figureOf(element, marks);
    if (element.matches(wholes)) {
      const holder = this.make('div');
      holder.append(element.cloneNode(true));
      return [...copyAllowed(holder, this.document, 'keep').children];
    }
    const inner = this.write(element, marksWithin(element, marks));
    if (name !== 'blockquote' && !hasClass(element, /Mso(?:Intense)?Quote/)) return inner;
    return inner.length > 0 ? [this.make('blockquote', ...inner)] : [];
  }

  private heading(element: Element, level: number): Element[] {
    const blocks = this.write(element);
    return blocks.map((block) => {
      if (block.localName !== 'p') return block;
      // It is bold by itself.
      for (const strong of block.querySelectorAll('strong')) strong.replaceWith(...strong.childNodes);
      return this.make(`h${level}`, ...block.childNodes);
    });
  }

  private code(element: Element): Element {
    const language = /\blanguage-[\w+#-]+/.exec(
      element.querySelector('code')?.className || element.className,
    )?.[0];
    const code = this.make('code', (element.textContent ?? '').replaceAll('\u00a0', ' '));
    if (language) code.className = language;
    return this.make('pre', code);
  }

  private list(element: Element, marks: Marks): Element | undefined {
    const list = this.make(element.localName);
    const start = Number(element.getAttribute('start'));
    if (list.localName === 'ol' && Number.isInteger(start) && start > 1)
      list.setAttribute('start', String(start));
    for (const child of element.childNodes) {
      const isList = child instanceof Element && /^[ou]l$/.test(child.localName);
      const blocks = isList
        ? [this.list(child, marks)].filter((one) => one !== undefined)
        : this.write(child instanceof Element ? child : this.make('li', child.textContent ?? ''), marks);
      if (blocks.length === 0) continue;
      // Google writes a list within a list beside the item that it belongs to.
      if (isList && list.lastElementChild) list.lastElementChild.append(...blocks);
      else list.append(this.make('li', ...blocks));
    }
    const texts = [...list.children].map((item) => item.querySelectorAll(':scope > p').length);
    if (texts.every((count) => count <= 1))
      for (const text of list.querySelectorAll(':scope > li > p:first-child'))
        text.replaceWith(...text.childNodes);
    return list.childElementCount > 0 ? list : undefined;
  }

  /** One of a single cell only places what is in it. */
  private table(element: Element, marks: Marks): Element[] {
    const cells = [...element.querySelectorAll('td, th')];
    const isLayout = cells.length === 1 || element.getAttribute('role') === 'presentation';
    if (isLayout || element.querySelector('table'))
      return cells.flatMap((cell) => (cell.querySelector('table td') ? [] : this.write(cell, marks)));
    for (const widths of element.querySelectorAll('colgroup, col')) widths.remove();
    for (const cell of cells) {
      const aligned = [cell, ...cell.querySelectorAll('p')];
      const alignment = aligned
        .map((one) => one.getAttribute('align') ?? styleOf(one, 'text-align'))
        .find(Boolean);
      const blocks = this.write(cell);
      const [only, ...more] = blocks;
      cell.replaceChildren(...(only?.localName === 'p' && more.length === 0 ? only.childNodes : blocks));
      cell.removeAttribute('class');
      if (alignment === 'right' || alignment === 'center') cell.setAttribute('class', alignment);
    }
    for (const one of element.querySelectorAll('*'))
      for (const name of ['id', 'lang', 'dir', 'title']) one.removeAttribute(name);
    const holder = this.make('div');
    const copy = element.cloneNode(true) as Element;
    for (const name of copy.getAttributeNames()) copy.removeAttribute(name);
    holder.append(copy);
    return [...copyAllowed(holder, this.document, 'keep').children];
  }

  private figureOf(element: Element, marks: Marks): Element[] {
    const images = [...element.querySelectorAll('img')];
    const caption = element.querySelector('figcaption');
    const written = caption ? this.write(caption) : [];
    caption?.remove();
    const [image] = images;
    const figure = image && images.length === 1 ? this.figure(image) : undefined;
    if (!figure) return [...this.write(element, marks), ...written];
    if (written.length > 0)
      figure.append(this.make('figcaption', ...written.flatMap((block) => [...block.childNodes])));
    return [figure];
  }

  private figure(image: Element): Element | undefined {
    const attributes = this.takePicture(image);
    if (!attributes) return undefined;
    const made = this.make('img');
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return this.make('figure', made);
  }

  private make(tag: string, ...children: (Node | string)[]): Element {
    const made = this.document.createElement(tag);
    made.append(...children);
    return made;
  }
}

function headingLevel(element: Element): number | undefined {
  const level =
    /^h([1-6])$/.exec(element.localName)?.[1] ??
    (element.getAttribute('role') === 'heading' ? element.getAttribute('aria-level') : undefined) ??
    (hasClass(element, /\bMsoTitle\b/) ? '1' : undefined) ??
    /\bMsoHeading([1-6])/.exec(element.className)?.[1] ??
    /^[1-6]$/.exec(styleOf(element, 'mso-outline-level'))?.[0];
  return level ? Math.min(6, Number(level)) : undefined;
}
