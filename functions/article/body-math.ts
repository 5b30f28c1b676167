import { parseDocument } from 'htmlparser2';
import {
  escapeText,
  identified,
  joined,
  nothing,
  type Part,
  startTag,
  textIn,
  type Writing,
} from './body-writing.ts';
import type { HtmlElement, HtmlNode } from './left-out.ts';
import { mathTags } from './math-names.ts';

/** `mml:mi`, as journals write it, as `mi`. */
export function mathName({ name }: HtmlElement): string {
  return name.replace(/^(?:m|mml):/, '');
}

/** The formula that MathJax keeps beside what it draws of it. */
export function writtenFormula(element: HtmlElement): HtmlElement | undefined {
  const { name, attribs } = element;
  const written = name === 'script' && attribs.type === 'math/mml' ? textIn(element) : attribs['data-mathml'];
  const [formula] = written === undefined ? [] : parseDocument(written.trim()).children;
  return formula && 'attribs' in formula && mathName(formula) === 'math' ? formula : undefined;
}

/** What KaTeX, MathJax and MediaWiki show beside the MathML of the same formula. */
export function isCopyOfFormula({ name, attribs }: HtmlElement): boolean {
  return (
    name === 'mjx-math' ||
    /(?:^|\s)(?:katex-html|mjx-math|MathJax_Preview|mwe-math-fallback-image-\w+)(?:\s|$)/.test(
      attribs.class ?? '',
    )
  );
}

/** A formula, without the copies of it in other notations; one that has no presentation is shown as it is spelled. */
export function writeFormula(writing: Writing, formula: HtmlElement): Part {
  const part = writeInner(writing, formula);
  if (part.filled) return wrap('math', part, startTag('math', identified(writing, formula)));
  const spelled = formula.attribs.alttext ?? texOf(formula);
  if (spelled) return { html: `<code>${escapeText(spelled)}</code>`, filled: true };
  writing.leftOut.add(formula, 'holds no presentation MathML');
  return nothing;
}

function writeInner(writing: Writing, { children }: HtmlElement): Part {
  return joined(children.map((child) => writeMath(writing, child)));
}

function writeMath(writing: Writing, node: HtmlNode): Part {
  if (node.type === 'text') return { html: escapeText(node.data), filled: /\S/.test(node.data) };
  if (!('attribs' in node)) return nothing;
  const name = mathName(node);
  if (name === 'annotation' || name === 'annotation-xml') return nothing;
  if (name === 'semantics') return wrap('mrow', writeInner(writing, node));
  if (name === 'mfenced') return fenced(writing, node);
  if (name === 'maction') return shownOf(writing, node);
  if (name !== 'math' && mathTags.includes(name))
    return wrap(name, writeInner(writing, node), startTag(name, node.attribs));
  writing.leftOut.add(node, 'is no presentation MathML');
  return nothing;
}

/** Of the states of a formula that a click would change, the one that shows first. */
function shownOf(writing: Writing, { attribs, children }: HtmlElement): Part {
  const states = children.filter((child) => 'attribs' in child);
  const shown = states[Number(attribs.selection ?? 1) - 1];
  return shown ? writeMath(writing, shown) : nothing;
}

function wrap(name: string, { html, filled }: Part, start = `<${name}>`): Part {
  return { html: `${start}${html}</${name}>`, filled };
}

function fenced(writing: Writing, { attribs, children }: HtmlElement): Part {
  const { open = '(', close = ')', separators = ',' } = attribs;
  const sign = (text: string) => (text.trim() ? `<mo>${escapeText(text.trim())}</mo>` : '');
  const parts = children.map((child) => writeMath(writing, child)).filter(({ html }) => html.trim() !== '');
  const marks = separators.replace(/\s+/g, '');
  const inside = parts.map(
    ({ html }, index) => (index === 0 ? '' : sign(marks[Math.min(index, marks.length) - 1] ?? '')) + html,
  );
  return { html: `<mrow>${sign(open)}${inside.join('')}${sign(close)}</mrow>`, filled: parts.length > 0 };
}

function texOf(formula: HtmlElement): string | undefined {
  const annotation = formula.children.flatMap((child) =>
    'children' in child ? [child, ...child.children] : [],
  );
  const tex = annotation.find((node) => 'attribs' in node && /tex/i.test(node.attribs.encoding ?? ''));
  return tex && textIn(tex).trim();
}
