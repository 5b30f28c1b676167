import { storedUrl } from './addresses.ts';
import { rewriteSrcset } from './body-html.ts';
import { linkOf } from './body-ids.ts';
import { type Around, resourceUrl, type Writing } from './body-writing.ts';
import type { HtmlElement } from './left-out.ts';

export function ownAttributes(writing: Writing, element: HtmlElement, name: string, around: Around) {
  const { attribs } = element;
  const id = writing.ids.get(element);
  const lang = attribs.lang ?? attribs['xml:lang'];
  const own: Record<string, string | undefined> = { id, lang, style: undefined };
  if (name === 'a' && attribs.href !== undefined) {
    own.href = linkOf(writing, attribs.href);
    if (storedUrl(attribs.href.trim(), writing.place) === undefined)
      writing.leftOut.add(
        element,
        `leads to ${attribs.href.trim().slice(0, 100)}, which is no address of a page`,
      );
  }
  if (name === 'td' || name === 'th') {
    own.class = alignmentOf(element) ?? around.alignment;
    own.headers =
      attribs.headers
        ?.split(/\s+/)
        .flatMap((id) => writing.targets.get(id) ?? [])
        .join(' ') || undefined;
  }
  if (name === 'source') {
    const sizes = Object.entries(attribs).find(([key]) => /^data-(?:[a-z]+-)*srcset$/.test(key))?.[1];
    own.srcset = rewriteSrcset(sizes ?? attribs.srcset ?? '', (url) => resourceUrl(url, writing.place));
  }
  return own;
}

/** Cells are aligned by an attribute, a style or a class, of their own or of their row. */
export function alignmentOf({ attribs: { align, style, class: classes } }: HtmlElement): string | undefined {
  const written =
    align ??
    /(?:^|;)\s*text-align\s*:\s*(\w+)/i.exec(style ?? '')?.[1] ??
    /(?:^|\s)(?:(?:has-)?text-(?:align-)?|align)?(right|center|end|left|start)(?:\s|$)/.exec(
      classes ?? '',
    )?.[1];
  const known: Record<string, string> = {
    right: 'right',
    end: 'right',
    center: 'center',
    left: 'left',
    start: 'left',
  };
  return known[written?.toLowerCase() ?? ''];
}
