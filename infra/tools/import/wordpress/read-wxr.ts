import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { repaired } from '../../../../functions/pull/feed-html.ts';
import type { XmlElement } from '../../../../functions/pull/feed-xml.ts';
import { CommandError } from '../../command.ts';

/** A child of the channel, whole; or what is broken there. */
export interface WxrPart {
  /** Where it begins. */
  line: number;
  element?: XmlElement;
  fault?: string;
}

const channelDepth = 2;
const maxDepth = 100;
const maxLength = 64_000_000;
const mark = /<!\[CDATA\[|\]\]>|<item[\s>]|<\/item>/g;
const longestMark = '<![CDATA['.length;
// What these mean is certain.
const harmless =
  /undefined entity|malformed character entity|disallowed in char data|disallowed character\.$/;

/**
 * The children of the channel of a WordPress export (WXR 1.0 to 1.2), one after the other. Characters that XML forbids are dropped, as
 * WordPress writes them. Each item is read by itself, so that what is broken in one is the fault of that one. Throws CommandError for a
 * document type, and for what is larger than any post.
 */
export async function* readWxr(path: string): AsyncGenerator<WxrPart> {
  let decoder: TextDecoder | undefined;
  let [text, line, from] = ['', 1, 0];
  let isInCdata = false;
  const take = (end: number) => {
    const taken = { text: text.slice(0, end), line };
    text = text.slice(end);
    from = 0;
    line += taken.text.split('\n').length - 1;
    return partsOf(taken, path);
  };
  for await (const bytes of createReadStream(path)) {
    decoder ??= decoderFor(path, bytes);
    text += repaired(decoder.decode(bytes, { stream: true }));
    if (text.length > maxLength)
      throw new CommandError(`${path}, line ${line}: what begins here never ends. Export the site anew.`);
    for (let found = next(text, from); found; found = next(text, from)) {
      from = found.end;
      if (isInCdata || found.mark === '<![CDATA[') isInCdata = found.mark !== ']]>';
      else if (found.mark === '</item>') yield* take(found.end);
      else if (found.mark !== ']]>' && found.start > 0) {
        yield* take(found.start);
        from = found.end - found.start;
      }
    }
    from = Math.max(from, text.length - longestMark);
  }
  const isWhole = /<\/rss\s*>/.test(text);
  const end = line;
  if (!text.startsWith('<item')) yield* take(text.length);
  if (isWhole) return;
  yield { line: end, fault: 'is where the file breaks off: what follows is not whole. Export the site anew' };
}

function next(text: string, from: number): { mark: string; start: number; end: number } | undefined {
  mark.lastIndex = from;
  const found = mark.exec(text);
  return found ? { mark: found[0], start: found.index, end: mark.lastIndex } : undefined;
}

/** The elements of an item, or of all that stands before the first. */
function partsOf({ text, line }: { text: string; line: number }, path: string): WxrPart[] {
  const parts: WxrPart[] = [];
  const open: XmlElement[] = [];
  const parser = new SaxesParser({ position: true, xmlns: false });
  const fail = (message: string) => {
    throw new BrokenXml(`line ${line + parser.line - 1}: ${message}`);
  };
  parser.on('error', ({ message }) => {
    // Before the feed, warnings of PHP may stand.
    if (open.length > 0 && !harmless.test(message)) fail(message.replace(/^\d+:\d+: |\.$/g, ''));
  });
  parser.on('doctype', () => {
    throw new CommandError(
      `${path} has a document type (DOCTYPE) in line ${parser.line}, which is refused for fear of entities: WordPress writes none.`,
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { kind: name, attributes, content: [], base: undefined, language: undefined };
    if (open.length >= maxDepth) fail(`more than ${maxDepth} elements within one another`);
    if (open.length === channelDepth) parts.push({ line: line + parser.line - 1, element });
    else if (open.length > channelDepth) open.at(-1)?.content.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (text) => {
      // A copy: a part of a string keeps the whole of it in memory, and whoever keeps an address would keep the file.
      if (open.length > channelDepth) open.at(-1)?.content.push(Buffer.from(text).toString());
    });
  try {
    parser.write(text.startsWith('<item') ? `<rss><channel>${text}` : text.trimStart());
  } catch (error) {
    if (!(error instanceof BrokenXml)) throw error;
    return [{ line, fault: `is no well-formed XML: ${error.message}` }];
  }
  return parts;
}

class BrokenXml extends Error {}

/** By the XML declaration. */
function decoderFor(path: string, bytes: Uint8Array): TextDecoder {
  const start = Buffer.from(bytes.subarray(0, 1000)).toString('latin1');
  const [, encoding = 'utf-8'] = /<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start) ?? [];
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new CommandError(`${path} says that it is written in ${encoding}, which nobody knows.`);
  }
}
