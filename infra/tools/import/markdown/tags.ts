import { markdownToHtml } from '../../../../functions/article/markdown.ts';
import { escapeHtml } from '../../../../functions/pull/feed-html.ts';
import type { TagArguments } from './tag-arguments.ts';

/** What a tag that systems or their usual plug-ins know stands for, in Markdown. Undefined for a tag that is not known. */
export function writeKnownTag({ name, named, positional }: TagArguments): string | undefined {
  const [first, second, third] = positional;
  const id = named.id ?? first;
  const kind = name
    .toLowerCase()
    .replace(/\.(?:html|md|liquid|njk)$/, '')
    .replace(/[-_]/g, '');
  switch (kind) {
    case 'figure':
    case 'img':
    case 'image':
    case 'picture':
    case 'photo':
    case 'imagecaption':
    case 'responsiveimage':
      return figure(kind, named, positional);
    case 'youtube':
    case 'youtubeplayer':
    case 'youtubeembed':
      return film(id ?? named.video ?? named.url, 'https://www.youtube.com/watch?v=', named.title);
    case 'vimeo':
      return film(id ?? named.video ?? named.url, 'https://vimeo.com/', named.title);
    case 'instagram':
      return film(id, 'https://www.instagram.com/p/');
    case 'x':
    case 'xsimple':
    case 'tweet':
    case 'twitter':
    case 'twittersimple': {
      const post = named.id ?? second ?? first;
      return film(post, `https://x.com/${named.user ?? (second === undefined ? 'i' : first)}/status/`);
    }
    case 'gist':
      return film(
        second !== undefined && /^\w+$/.test(second) && !first?.includes('/') ? `${first}/${second}` : id,
        'https://gist.github.com/',
      );
    case 'audio':
    case 'video':
      // Of the usual theme, which names the site that shows the film.
      if (/^(?:youtube|vimeo)$/.test(named.provider ?? ''))
        return writeKnownTag({ name: named.provider ?? '', named, positional });
      return player(kind, named.src ?? named.url ?? named.mp4 ?? first);
    case 'details':
      return `\n\n<details><summary>${inline(named.summary ?? named.title ?? first ?? '…')}</summary>\n\n`;
    case '/details':
    case 'enddetails':
      return '\n\n</details>\n\n';
    case 'button':
    case 'link': {
      const href = named.href ?? named.url ?? named.link;
      return href && `[${named.text ?? named.title ?? third ?? href}](${href})`;
    }
    default:
      return undefined;
  }
}

/** By an id or an address. */
function film(id: string | undefined, page: string, title?: string): string | undefined {
  const address = id && (/^https?:\/\//.test(id) ? id : /^[\w./-]+$/.test(id) ? page + id : undefined);
  if (!address) return undefined;
  return title ? `[${title.replace(/[[\]]/g, '\\$&')}](${address})` : `<${address}>`;
}

function player(name: string, src: string | undefined): string | undefined {
  return src && `\n\n<${name} controls src="${escapeHtml(src)}"></${name}>\n\n`;
}

/** One that has a caption, a title or a credit stands in a figure. */
function figure(kind: string, named: Record<string, string>, positional: string[]): string | undefined {
  const isPath = (text: string | undefined) =>
    text !== undefined && /\.\w{3,5}(?:[?#].*)?$|^https?:|^\//.test(text);
  const src = [
    named.src,
    named.image_path,
    named.path,
    named.url,
    named.image,
    named.file,
    named.filename,
    positional.find(isPath),
  ].find(Boolean);
  if (!src) return undefined;
  const words = positional.filter((text) => text !== src && /\s/.test(text));
  const alt = named.alt ?? (kind === 'image' || kind === 'picture' ? words[0] : words.at(-1)) ?? '';
  const credit = named.attr ?? named.credit;
  const linked = (text: string, href: string | undefined) =>
    href ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
  const told = [
    ...(named.title && named.caption ? [`<strong>${inline(named.title)}</strong>`] : []),
    inline(named.caption ?? (kind === 'figure' ? named.title : undefined) ?? ''),
    ...(credit ? [linked(inline(credit), named.attrlink)] : []),
  ].filter((part) => part !== '');
  const image = linked(`<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}">`, named.link);
  if (told.length === 0) return image;
  return `\n\n<figure>${image}<figcaption>${told.join(' ')}</figcaption></figure>\n\n`;
}

/** Captions may hold Markdown, which is not read within HTML. */
function inline(markdown: string): string {
  return markdownToHtml(markdown, undefined)
    .trim()
    .replace(/^<p>|<\/p>$/g, '')
    .replace(/\s+/g, ' ');
}
