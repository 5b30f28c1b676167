import { repaired } from './feed-html.ts';
import { InvalidFeedError } from './feed-item.ts';

// What web servers say of files that they know nothing about.
const unmeant = /^(?:iso-?8859-1|latin-?1|(?:us-)?ascii|windows-1252|cp1252)$/i;

/**
 * The bytes as text, by RFC 7303 §3: a byte order mark, the charset of the Content-Type, what the XML declaration says, UTF-8. But a
 * declaration goes first where the charset is a server's default, or where it says UTF-8 and the bytes are that: no other text looks
 * like it by chance. Throws InvalidFeedError where no encoding that is named fits.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | undefined): string {
  const marked = markedEncoding(bytes);
  if (marked) return decode(bytes, [marked]);
  const charset = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType?.slice(0, 1000) ?? '')?.[1];
  const declared = declaredEncoding(bytes);
  const isUtf8 = /^utf-?8$/i.test(declared) && bytes.some((byte) => byte > 0x7f);
  const isFirst = isUtf8 || unmeant.test(charset ?? '');
  return decode(bytes, [...(isFirst ? [declared, charset] : [charset, declared]), 'utf-8']);
}

// UTF-16 is seen by its first two characters too: they are a `<` or white space, and no NUL is ever in a feed.
function markedEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const isUtf32 =
    (first === 0 && second === 0) || (second !== 0 && first === 0xff && third === 0 && fourth === 0);
  if (isUtf32) throw new InvalidFeedError('The feed is in UTF-32, which no reader is bound to know.');
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || first === 0) return 'utf-16be';
  return undefined;
}

/** By the XML declaration, which in every other encoding reads as ASCII. One in UTF-16 would not. */
function declaredEncoding(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 1000)).toString('latin1');
  const [, encoding = 'utf-8'] = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start) ?? [];
  return /^(?:utf-?16|ucs-?2|iso-10646)/i.test(encoding) ? 'utf-8' : encoding;
}

function decode(bytes: Uint8Array, labels: (string | undefined)[]): string {
  const named = [...new Set(labels.filter((label) => label !== undefined))];
  for (const label of named) {
    try {
      return repaired(new TextDecoder(label, { fatal: true }).decode(bytes));
    } catch {
      // An encoding that nobody knows, or bytes that are not in it: the next that is named.
    }
  }
  throw new InvalidFeedError(`The feed's bytes are not text in ${named.join(' or ')}.`);
}
