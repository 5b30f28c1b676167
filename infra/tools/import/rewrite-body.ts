import { Parser } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { lazyAddress } from '../../../functions/article/body-pictures.ts';
import { startTag } from '../../../functions/article/body-writing.ts';

/** The address to write in place of an old one. */
export type Rewrite = (written: string, use: 'shown' | 'linked') => Promise<string>;

/** A part of a text that holds addresses. */
interface Spot {
  start: number;
  end: number;
  /** What to write there; undefined if nothing changes. */
  write(rewrite: Rewrite): Promise<string | undefined>;
}

type Attributes = Record<string, string>;

/** An address that ends as those of pictures do. */
export const pictureFile = /\.(?:avif|gif|heic|jpe?g|png|svg|webp)(?:[?#]|$)/i;
const sizes = ['srcset', 'sizes', 'width', 'height'];

/** HTML with other addresses in its attributes; all else stays as it is written. */
export async function rewriteHtml(html: string, rewrite: Rewrite): Promise<string> {
  return replaceSpots(html, tagSpots(html), rewrite);
}

/** Markdown with other addresses in links, pictures, definitions, autolinks and tags; code stays. */
export async function rewriteMarkdown(written: string, rewrite: Rewrite): Promise<string> {
  const markdown = written.replace(/\r\n?/g, '\n');
  const text = withoutCode(markdown);
  return replaceSpots(markdown, [...tagSpots(text), ...linkSpots(text)], rewrite);
}

async function replaceSpots(text: string, spots: Spot[], rewrite: Rewrite): Promise<string> {
  let [written, at] = ['', 0];
  for (const { start, end, write } of spots.sort((one, other) => one.start - other.start)) {
    if (start < at) continue;
    const replacement = await write(rewrite);
    if (replacement === undefined) continue;
    written += text.slice(at, start) + replacement;
    at = end;
  }
  return written + text.slice(at);
}

function tagSpots(html: string): Spot[] {
  const spots: Spot[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const write = writers.get(name);
      if (write)
        spots.push({
          start: parser.startIndex,
          end: parser.endIndex + 1,
          write: (rewrite) => write(name, attributes, rewrite),
        });
    },
  });
  parser.end(html);
  return spots;
}

type TagWriter = (name: string, attributes: Attributes, rewrite: Rewrite) => Promise<string | undefined>;

const writers = new Map<string, TagWriter>([
  ...['a', 'area', 'audio', 'embed', 'iframe', 'track', 'video'].map((name): [string, TagWriter] => [
    name,
    writeTag,
  ]),
  ['img', writeImage],
  ['source', writeSource],
]);

async function writeTag(name: string, attributes: Attributes, rewrite: Rewrite) {
  const changed = { ...attributes };
  for (const attribute of ['href', 'src', 'poster']) {
    const address = attributes[attribute];
    if (address) changed[attribute] = await rewrite(address, attribute === 'poster' ? 'shown' : 'linked');
  }
  return Object.keys(attributes).some((key) => changed[key] !== attributes[key])
    ? startTag(name, changed)
    : undefined;
}

/** In its largest size, which the site makes its own of. */
async function writeImage(name: string, attributes: Attributes, rewrite: Rewrite) {
  const lazy = Object.entries(attributes).find(
    ([key, value]) => lazyAddress.test(key) && pictureFile.test(value),
  )?.[1];
  const sets = [attributes['data-srcset'], attributes.srcset].map(largestOf);
  const address = sets.find((url) => url !== undefined) ?? lazy ?? attributes.src;
  if (!address) return undefined;
  const rewritten = await rewrite(address, 'shown');
  if (rewritten === address) return undefined;
  const kept = Object.entries(attributes).filter(([key]) => !sizes.includes(key) && !key.startsWith('data-'));
  return startTag(name, { ...Object.fromEntries(kept), src: rewritten });
}

/** One of a picture in another form gives way to the picture itself. */
async function writeSource(name: string, attributes: Attributes, rewrite: Rewrite) {
  const largest = largestOf(attributes.srcset);
  if (largest === undefined) return writeTag(name, attributes, rewrite);
  return (await rewrite(largest, 'shown')) === largest ? undefined : '';
}

function largestOf(srcset: string | undefined): string | undefined {
  const candidates = [...(srcset ?? '').matchAll(/([^\s,]\S*[^\s,])(?:\s+([\d.]+)[wx])?/g)];
  const ordered = candidates.map(([, url, size = '1']) => ({ url, size: Number(size) }));
  return ordered.sort((one, other) => other.size - one.size)[0]?.url;
}

const inline = /(!\[[^[\]]*)?\]\(\s*(?:<([^<>\n]*)>|((?:[^\s<>()]|\([^\s<>()]*\))+))/dg;
const definition = /^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:<([^<>\n]*)>|([^\s<]\S*))/dgm;
const autolink = /<(https?:[^<>\s]*)>/g;

function linkSpots(text: string): Spot[] {
  const addressSpot = ([start, end]: [number, number], use: 'shown' | 'linked'): Spot => ({
    start,
    end,
    async write(rewrite) {
      const address = text.slice(start, end);
      const rewritten = await rewrite(address, use);
      return rewritten === address ? undefined : rewritten;
    },
  });
  return [
    ...[...text.matchAll(inline)].flatMap(({ 1: picture, indices }) => {
      const place = indices?.[2] ?? indices?.[3];
      return place ? [addressSpot(place, picture === undefined ? 'linked' : 'shown')] : [];
    }),
    ...[...text.matchAll(definition)].flatMap(({ indices }) => {
      const place = indices?.[1] ?? indices?.[2];
      return place ? [addressSpot(place, 'linked')] : [];
    }),
    ...[...text.matchAll(autolink)].map(({ 0: whole, 1: address = '', index }) => ({
      start: index,
      end: index + whole.length,
      async write(rewrite: Rewrite) {
        const rewritten = await rewrite(address, 'linked');
        // Only a whole address is a link by itself.
        const shown = address.replace(/[\\`*_[\]<>~]/g, '\\$&');
        return rewritten === address ? undefined : `[${shown}](${rewritten})`;
      },
    })),
  ];
}

const blocks = new MarkdownIt('commonmark');
blocks.core.ruler.enableOnly(['normalize', 'block']);

/** With spaces for what stands in code. */
function withoutCode(markdown: string): string {
  const lines = markdown.split('\n');
  for (const { type, map } of blocks.parse(markdown, {}))
    if (map && (type === 'fence' || type === 'code_block'))
      for (let line = map[0]; line < map[1]; line++) lines[line] = blank(lines[line] ?? '');
  return lines.join('\n').replace(/(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?[^`]\1(?!`)/g, blank);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
