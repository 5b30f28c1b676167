import { storedUrl } from './addresses.ts';
import { rewriteSrcset } from './body-html.ts';
import {
  type Around,
  escapeText,
  identified,
  joined,
  neighbour,
  nothing,
  type Part,
  resourceUrl,
  startTag,
  textIn,
  type Writing,
} from './body-writing.ts';
import { pageOfEmbed } from './embeds.ts';
import type { HtmlElement } from './left-out.ts';

const lazyAddress =
  /^data-(?:[a-z]+-)*(?:src|original|actualsrc|lazyload|lazy|echo|url|image|img|file|full|large)$/;
const lazySizes = /^data-(?:[a-z]+-)*srcset$/;
const placeholder =
  /(?:^|[/._-])(?:1x1|blank|clear|default|dummy|empty|gr[ae]y|lazy|lazyload|load|loader|loading|pixel|placeholder|spacer|trans|transparent|white)(?:[._-][^/]*)?$/i;
// Around these, a link stands within their line.
const inlineTags = new Set(
  'a abbr b caption cite dt em h1 h2 h3 h4 h5 h6 i li mark p q s small span strong summary td th u'.split(
    ' ',
  ),
);

/** The addresses of a picture: its own, or the one that a script would have put in their place. */
function pictureOf(
  { place }: Writing,
  { attribs }: HtmlElement,
): { src: string; srcset?: string | undefined } | undefined {
  const given = Object.entries(attribs);
  const usable = (url: string) => resourceUrl(url, place);
  const lazy = given.flatMap(([name, value]) => (lazyAddress.test(name) ? (usable(value) ?? []) : []))[0];
  const lazySet = given.find(([name]) => lazySizes.test(name))?.[1];
  const own = usable(attribs.src ?? '');
  const isStandIn =
    own === undefined ||
    placeholder.test(own.replace(/[?#].*/s, '')) ||
    /\b(?:lazy|lozad)/i.test(attribs.class ?? '');
  const srcset =
    rewriteSrcset((isStandIn && lazySet) || attribs.srcset || lazySet || '', usable) || undefined;
  const src =
    (isStandIn ? (lazy ?? (lazySet && srcset?.split(' ')[0])) : undefined) ?? own ?? srcset?.split(' ')[0];
  return src === undefined ? undefined : { src, srcset };
}

export function writeImage(writing: Writing, image: HtmlElement): Part {
  const picture = pictureOf(writing, image) ?? fallbackOf(writing, image);
  if (picture)
    return {
      html: startTag('img', { ...identified(writing, image), srcset: undefined, ...picture }),
      filled: true,
    };
  writing.leftOut.add(image, `${reasonFor(image.attribs.src)}: nothing can be shown`);
  return nothing;
}

function reasonFor(src: string | undefined): string {
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
  if (before?.name === 'img' || (after?.name === 'img' && pictureOf(writing, after))) return nothing;
  return writing.writeChildren(element, around);
}

/** A film or sound, with its controls: it never starts by itself. */
export function writePlayer(writing: Writing, player: HtmlElement): Part {
  const { place } = writing;
  const { name, attribs, children } = player;
  const sources = children.flatMap((child): Part[] => {
    if (!('attribs' in child) || !['source', 'track'].includes(child.name)) return [];
    const src = resourceUrl(child.attribs.src ?? child.attribs['data-src'], place);
    return src === undefined
      ? []
      : [{ html: startTag(child.name, { ...child.attribs, src }), filled: child.name === 'source' }];
  });
  const src = resourceUrl(attribs.src, place) ?? resourceUrl(attribs['data-src'], place);
  const { html, filled } = joined(sources);
  if (src === undefined && !filled) {
    writing.leftOut.add(
      player,
      `${reasonFor(attribs.src).replace('picture', 'file')}: nothing can be played`,
    );
    return nothing;
  }
  const poster = resourceUrl(attribs.poster, place);
  return {
    html: `${startTag(name, { ...identified(writing, player), src, poster, controls: '' })}${html}</${name}>`,
    filled: true,
  };
}

/** A link to the page of what a player or an embedded document shows. */
export function writeEmbed(writing: Writing, embed: HtmlElement, around: Around): Part {
  const { attribs } = embed;
  const written = [
    attribs.src,
    attribs.data,
    ...Object.keys(attribs)
      .filter((key) => lazyAddress.test(key))
      .map((key) => attribs[key]),
  ];
  const url = written
    .map((address) => resourceUrl(address, writing.place))
    .find((address) => address !== undefined);
  const isHidden =
    /^[01]$/.test(attribs.width ?? '') ||
    /^[01]$/.test(attribs.height ?? '') ||
    /display:\s?none/.test(attribs.style ?? '');
  if (url === undefined || isHidden) {
    writing.leftOut.add(embed, isHidden ? 'is hidden' : 'has no address that a link could lead to');
    return nothing;
  }
  const page = pageOfEmbed(new URL(url, writing.place.baseUrl).href);
  const title =
    attribs.title?.trim() || attribs['aria-label']?.trim() || page.replace(/^https?:\/\/(?:www\.)?/, '');
  writing.leftOut.add(embed, `a link to ${page} stands in its place`);
  const link = `${startTag('a', { href: page })}${escapeText(title)}</a>`;
  if (around.name === 'a') return { html: escapeText(title), filled: true };
  return { html: inlineTags.has(around.name) ? link : `<p>${link}</p>`, filled: true };
}

/** A script that writes a known embed becomes a link as well. */
export function writeScript(writing: Writing, script: HtmlElement, around: Around): Part {
  const src = resourceUrl(script.attribs.src, writing.place);
  const address = src && new URL(src, writing.place.baseUrl).href;
  if (address && pageOfEmbed(address) !== address) return writeEmbed(writing, script, around);
  writing.leftOut.add(
    script,
    `articles run no scripts${script.attribs.src ? ` (${script.attribs.src.slice(0, 200)})` : ''}`,
  );
  return nothing;
}

/** A web address that stands alone, as many editors take it for an embed, as a link. */
export function bareAddress(element: HtmlElement, { place }: Writing): string | undefined {
  const [only, ...more] = element.children.filter((child) => child.type !== 'text' || /\S/.test(child.data));
  if (only?.type !== 'text' || more.length > 0) return undefined;
  const text = textIn(only).trim();
  if (!/^https?:\/\/\S{3,2000}$/.test(text)) return undefined;
  const href = storedUrl(text, place);
  return href && `${startTag('a', { href })}${escapeText(text)}</a>`;
}
