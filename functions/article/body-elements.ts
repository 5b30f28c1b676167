import { parseDocument } from 'htmlparser2';
import type { Place } from './addresses.ts';
import { alignmentOf, ownAttributes } from './body-attributes.ts';
import { assignIds } from './body-ids.ts';
import { isCopyOfFormula, mathName, writeFormula, writtenFormula } from './body-math.ts';
import { bareAddress, isEmptyEmbed, writeEmbed, writePlayer, writeScript } from './body-media.ts';
import { writeImage, writeNoscript } from './body-pictures.ts';
import { frames, homes, nameOf, shownNowhere, textTags, voidTags } from './body-tags.ts';
import {
  type Around,
  escapeText,
  joined,
  nothing,
  type Part,
  startTag,
  textIn,
  type Writing,
} from './body-writing.ts';
import { addressOfPlayer } from './embeds.ts';
import { type HtmlElement, type HtmlNode, LeftOut, type Removed } from './left-out.ts';

/**
 * A body written anew with the elements that articles have, what was left out of it, and the ids that links of it lead to in vain. It is
 * well-formed, but not yet safe. `source` is what the HTML was made of.
 */
export function writeElements(
  html: string,
  place: Place,
  source: string,
): { html: string; removed: Removed[]; lost: string[] } {
  const root = parseDocument(html, { withStartIndices: true, recognizeSelfClosing: true });
  const writing: Writing = {
    place,
    leftOut: new LeftOut(),
    ...assignIds(root.children),
    written: new Set(),
    linked: new Set(),
    headings: 0,
    writeChildren: (parent, around) =>
      joined(parent.children.map((child) => writeNode(writing, child, around))),
  };
  const { html: written } = joined(root.children.map((child) => writeNode(writing, child, { name: '' })));
  return {
    html: written,
    removed: writing.leftOut.list(html, source),
    lost: [...writing.linked].filter((id) => !writing.written.has(writing.targets.get(id) ?? '')),
  };
}

function writeNode(writing: Writing, node: HtmlNode, around: Around): Part {
  if (node.type === 'text') return { html: escapeText(node.data), filled: /\S/.test(node.data) };
  if (node.type === 'comment') nameDynamicBlock(writing, node);
  return 'attribs' in node ? writeElement(writing, node, around) : nothing;
}

/** Of a block that WordPress fills anew for every reader, the text holds a comment alone. */
function nameDynamicBlock(
  { leftOut }: Writing,
  { data, startIndex }: Extract<HtmlNode, { type: 'comment' }>,
) {
  const [, block] = /^\s*(wp:[a-z0-9/-]+)/.exec(data) ?? [];
  if (block && data.trimEnd().endsWith('/'))
    leftOut.add(
      { name: block, startIndex, attribs: {} },
      'WordPress fills it when it shows the page: its text is not in here',
    );
}

function writeElement(writing: Writing, element: HtmlElement, around: Around): Part {
  const name = nameOf(element);
  const reason = shownNowhere[name];
  if (reason !== undefined) {
    writing.leftOut.add(element, reason);
    return nothing;
  }
  const formula = mathName(element) === 'math' ? element : writtenFormula(element);
  if (formula) return writeFormula(writing, formula);
  if (isCopyOfFormula(element)) return nothing;
  if (name === 'img') return writeImage(writing, element);
  if (name === 'video' || name === 'audio') return writePlayer(writing, element);
  if (['iframe', 'embed', 'object', 'frame', 'portal', 'oembed'].includes(name))
    return writeEmbed(writing, element, around);
  if (name === 'script') return writeScript(writing, element, around);
  if (name === 'noscript') return writeNoscript(writing, element, around);
  if (isTitle(writing, element, name)) return nothing;
  if (homes[name]?.includes(around.name) === false) return writeHomeless(writing, element, name);
  return textTags.includes(name)
    ? writeKept(writing, element, name, around)
    : writeUnknown(writing, element, around);
}

/** The page shows the title itself, often with the site's name behind it. Only the first ones are looked at: those within one another would all be read again. */
function isTitle(writing: Writing, element: HtmlElement, name: string): boolean {
  const { title } = writing.place;
  if (name !== 'h1' || title === undefined || writing.headings > 10) return false;
  writing.headings += 1;
  const heading = oneLine(textIn(element));
  const shown = oneLine(title);
  if (!shown.startsWith(heading) || !/^(?: [–—|·-] |$)/.test(shown.slice(heading.length))) return false;
  writing.headings = Number.POSITIVE_INFINITY;
  return true;
}

function oneLine(text: string): string {
  return text.slice(0, 10_000).normalize('NFC').replace(/\s+/g, ' ').trim();
}

function writeHomeless(writing: Writing, element: HtmlElement, name: string): Part {
  if (voidTags.includes(name)) {
    writing.leftOut.add(element, 'is not where it belongs');
    return nothing;
  }
  return writeKept(writing, element, ['rt', 'rp'].includes(name) ? 'span' : 'div', { name: '' });
}

function writeKept(writing: Writing, element: HtmlElement, name: string, around: Around): Part {
  const before = writing.leftOut.count;
  const attributes = { ...element.attribs, ...ownAttributes(writing, element, name, around) };
  if (attributes.id) writing.written.add(attributes.id);
  if (name === 'source' && !attributes.srcset) return nothing;
  if (voidTags.includes(name)) return { html: startTag(name, attributes), filled: false };
  const link = name === 'p' || name === 'div' ? bareAddress(element, writing) : undefined;
  const inside = {
    name,
    alignment: alignmentOf(element) ?? (name === 'table' ? undefined : around.alignment),
  };
  const part = link ? { html: link, filled: true } : writing.writeChildren(element, inside);
  const isLeft = part.filled || !frames.has(name);
  if (!isLeft && isEmptyEmbed(element)) return writeEmbed(writing, element, around);
  if (/background(?:-image)?\s*:[^;]{0,99}url\(/i.test(element.attribs.style ?? ''))
    writing.leftOut.add(element, 'has a picture in its style, which is left out: use an img');
  if (!isLeft && (writing.leftOut.count > before || name === 'figure' || name === 'picture')) {
    if (writing.leftOut.count === before) writing.leftOut.add(element, 'has nothing in it');
    return nothing;
  }
  // A span says nothing but these.
  if (name === 'span' && !attributes.lang && !attributes.dir && !attributes.id) return part;
  // A caption alone makes no figure.
  return {
    html: `${startTag(name, attributes)}${part.html}</${name}>`,
    filled: part.filled && name !== 'figcaption',
  };
}

/** An unknown element gives way to what is in it, and one that only a script or another system fills is named. */
function writeUnknown(writing: Writing, element: HtmlElement, around: Around): Part {
  if (addressOfPlayer(element)) return writeEmbed(writing, element, around);
  const { lang, dir } = element.attribs;
  const isKept = lang || dir || writing.ids.has(element);
  const part = isKept ? writeKept(writing, element, 'span', around) : writing.writeChildren(element, around);
  if (!part.filled && (element.name.includes('-') || Object.keys(element.attribs).length > 0))
    writing.leftOut.add(element, 'has no text in it');
  return element.name === 'label' ? { ...part, html: ` ${part.html} ` } : part;
}
