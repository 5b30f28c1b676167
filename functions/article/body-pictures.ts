import { rewriteSrcset } from './body-html.ts';
import {
  type Around,
  escapeText,
  identified,
  neighbour,
  nothing,
  type Part,
  resourceUrl,
  startTag,
  type Writing,
} from './body-writing.ts';
import type { HtmlElement } from './left-out.ts';

/** Attributes in which scripts that load pictures late keep the address. */
export const lazyAddress =
  /^data-(?:[a-z]+-)*(?:src|original|actualsrc|lazyload|lazy|echo|url|image|img|file|full|large)$/;
// Of any other name, as there are many.
const pictureFile = /^(?:https?:)?[^\s:]+\.(?:avif|gif|jpe?g|png|webp)(?:\?\S*)?$/i;
const notAddresses = ['alt', 'src', 'srcset', 'title', 'data-srcset', 'data-caption', 'data-title'];
const lazySizes = /^data-(?:[a-z]+-)*srcset$/;
/** In the path of what stands for a picture until the real one comes. */
export const placeholder =
  /(?:^|[/._-])(?:1x1|blank|clear|default|dummy|empty|gr[ae]y|lazy|lazyload|load|loader|loading|pixel|placeholder|spacer|trans|transparent|white)(?:[._-][^/]*)?$/i;
/** The addresses of a picture: its own, or the one that a script would have put in their place. */
function pictureOf(
  { place }: Writing,
  { attribs }: HtmlElement,
): { src: string; srcset?: string | undefined } | undefined {
  const given = Object.entries(attribs);
  const usable = (url: string) => resourceUrl(url, place);
  const lazies = [
    ...given.filter(([name]) => lazyAddress.test(name)),
    ...given.filter(([name, value]) => !notAddresses.includes(name) && pictureFile.test(value)),
  ];
  const lazy = lazies.flatMap(([, value]) => usable(value) ?? [])[0];
  const lazySet = given.find(([name]) => lazySizes.test(name))?.[1];
  const own = usable(attribs.src ?? '');
  const isStandIn =
    own === undefined ||
    placeholder.test(own.replace(/[?#].*/s, '')) ||
    (/\.gif$/i.test(own) && given.some(([name]) => lazyAddress.test(name))) ||
    /[?&]blur=/.test(own) ||
    /\b(?:blur|lazy|lozad|lqip|placeholder|progressive)/i.test(attribs.class ?? '');
  const srcset =
    rewriteSrcset((isStandIn && lazySet) || attribs.srcset || lazySet || '', usable) || undefined;
  const src =
    (isStandIn ? (lazy ?? (lazySet && srcset?.split(' ')[0])) : undefined) ?? own ?? srcset?.split(' ')[0];
  return src === undefined ? undefined : { src, srcset };
}

export function writeImage(writing: Writing, image: HtmlElement): Part {
  const { alt = '', class: classes = '' } = image.attribs;
  if (/(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)/.test(classes) && /^\p{Emoji_Presentation}/u.test(alt))
    return { html: escapeText(alt), filled: true };
  const picture = pictureOf(writing, image) ?? fallbackOf(writing, image);
  if (picture)
    return {
      html: startTag('img', { ...identified(writing, image), srcset: undefined, ...picture }),
      filled: true,
    };
  writing.leftOut.add(image, `${reasonFor(image.attribs.src)}: nothing can be shown`);
  return nothing;
}

export function reasonFor(src: string | undefined): string {
  if (src === undefined || src.trim() === '') return 'has no address';
  return src.trim().startsWith('data:')
    ? 'has its picture within the text, not in a file'
    : 'has the address of a page, or of no picture';
}

/** The picture for readers without scripts, which stands behind one that only a script completes. */
function fallbackOf(writing: Writing, image: HtmlElement) {
  const next = neighbour(image, 'next');
  const fallback = next?.name === 'noscript' ? seenImageIn(next) : undefined;
  return fallback && pictureOf(writing, fallback);
}

/** Not one of the dots that count readers. */
function seenImageIn({ children }: HtmlElement): HtmlElement | undefined {
  for (const child of children) {
    if (!('attribs' in child)) continue;
    const { width = 2, height = 2 } = child.attribs;
    const found =
      child.name === 'img' && Number(width) !== 1 && Number(height) !== 1 ? child : seenImageIn(child);
    if (found) return found;
  }
  return undefined;
}

/** Shown, as articles run no scripts, unless it only repeats the picture beside it. */
export function writeNoscript(writing: Writing, element: HtmlElement, around: Around): Part {
  if (!seenImageIn(element)) {
    writing.leftOut.add(element, 'holds no picture');
    return nothing;
  }
  const before = neighbour(element, 'prev');
  const after = neighbour(element, 'next');
  const isShown = before?.name === 'img' || (before?.name === 'a' && seenImageIn(before) !== undefined);
  if (isShown || (after?.name === 'img' && pictureOf(writing, after))) return nothing;
  return writing.writeChildren(element, around);
}
