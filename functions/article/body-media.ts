import { storedUrl } from './addresses.ts';
import { lazyAddress, placeholder, reasonFor } from './body-pictures.ts';
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
import { addressOfPlayer, pageOfEmbed } from './embeds.ts';
import type { HtmlElement } from './left-out.ts';

// Where scripts find what they are to show.
const embedAddress = /^data-(?:[a-z]+-)*(?:href|link|permalink|url)$/;
// Around these, a link stands within their line.
const inlineTags = new Set(
  'a abbr b caption cite dt em h1 h2 h3 h4 h5 h6 i li mark p q s small span strong summary td th u'.split(
    ' ',
  ),
);

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
  const given = resourceUrl(attribs.poster, place);
  const poster = placeholder.test(given ?? '') ? undefined : given;
  return {
    html: `${startTag(name, { ...identified(writing, player), src, poster, controls: '' })}${html}</${name}>`,
    filled: true,
  };
}

/** A link to the page of what a player or an embedded document shows. */
export function writeEmbed(writing: Writing, embed: HtmlElement, around: Around): Part {
  const { attribs } = embed;
  const inner = embed.children.flatMap((child) => ('attribs' in child ? [child.attribs] : []));
  const written = [
    ...[attribs.src, attribs.data, attribs.url, addressOfPlayer(embed)],
    ...Object.keys(attribs)
      .filter((key) => lazyAddress.test(key) || embedAddress.test(key))
      .map((key) => attribs[key]),
    ...inner.map(({ name = '', src, value }) => (/^(?:movie|src|url)$/i.test(name) ? value : src)),
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
  const { id } = identified(writing, embed);
  const link = `${startTag('a', { id, href: page })}${escapeText(title)}</a>`;
  if (around.name === 'a') return { html: escapeText(title), filled: true };
  return { html: inlineTags.has(around.name) ? link : `<p>${link}</p>`, filled: true };
}

/** Whether a script would have put an embed into what is empty here. */
export function isEmptyEmbed({ attribs }: HtmlElement): boolean {
  return (
    Object.keys(attribs).some((key) => embedAddress.test(key)) ||
    /(?:^|[\s_-])(?:embed|player|widget)/i.test(attribs.class ?? '')
  );
}

/** A script that writes a known embed becomes a link as well. */
export function writeScript(writing: Writing, script: HtmlElement, around: Around): Part {
  const src = resourceUrl(script.attribs.src, writing.place);
  const address = src && new URL(src, writing.place.baseUrl).href;
  if (address && pageOfEmbed(address) !== address) return writeEmbed(writing, script, around);
  if (script.attribs.type?.startsWith('math/tex')) return writeTex(script);
  writing.leftOut.add(
    script,
    `articles run no scripts${script.attribs.src ? ` (${script.attribs.src.slice(0, 200)})` : ''}`,
  );
  return nothing;
}

/** MathJax draws the formula before its script. */
function writeTex(script: HtmlElement): Part {
  const isDrawn = /\bMathJax(?!_Preview)/.test(neighbour(script, 'prev')?.attribs.class ?? '');
  return isDrawn ? nothing : { html: `<code>${escapeText(textIn(script).trim())}</code>`, filled: true };
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
