import { decodeReferences } from '../../../../functions/pull/feed-html.ts';

export interface Shortcode {
  name: string;
  /** By their names in lower case; those without a name by their number: 0, 1. */
  attributes: Record<string, string>;
  /** What it encloses, with the shortcodes in it written; undefined where it stands alone. */
  content: string | undefined;
}

interface Token {
  start: number;
  end: number;
  name: string;
  isClosing: boolean;
  written: string;
  /** Whether it has a second bracket before or behind it. */
  isEscaped: { before: boolean; behind: boolean };
  isEndless: boolean;
  /** What stands up to its end, where that is code. */
  code?: string;
  pair?: Token;
}

/** Such as SyntaxHighlighter's: what is in them is code. */
export const codeNames = 'code sourcecode php javascript css python bash sql latex'.split(' ');
// What no shortcode is looked for in: comments, code, the insides of tags.
const token =
  /<!--.*?(?:-->|$)|<(pre|code|script|style|textarea|svg|math)\b.*?(?:<\/\1\s*>|$)|<[a-z/!][^<>]*>|(\[?)\[(\/?)([a-z][\w-]*)((?:[\s=:][^[\]]*?)?)(\/?)\](\]?)/gis;
const maxDepth = 50;

/**
 * The text with its shortcodes as `write` writes them. Brackets stay that are none: without attributes, end, underscore or line of their
 * own, unless the name is `known`. Escaped ones, [[such]], lose a pair of brackets.
 */
export function writeShortcodes(
  text: string,
  known: (name: string) => boolean,
  write: (code: Shortcode) => string,
): string {
  const tokens = tokensOf(text);
  pairUp(tokens);
  const frames: { token: Token | undefined; parts: string[] }[] = [{ token: undefined, parts: [] }];
  const push = (part: string) => frames.at(-1)?.parts.push(part);
  let done = 0;
  for (const one of tokens) {
    // Within what was escaped as a whole.
    if (one.start < done) continue;
    push(text.slice(done, one.start));
    done = one.end;
    const before = one.isEscaped.before ? '[' : '';
    const behind = one.isEscaped.behind ? ']' : '';
    const last = one.pair && !one.isClosing ? one.pair : one;
    if (one.code !== undefined) push(write({ ...codeOf(one), content: one.code }));
    else if (before && last.isEscaped.behind && (one.pair || isShortcode(one, known, text))) {
      push(text.slice(one.start + 1, last.end - 1));
      done = last.end;
    } else if (one.pair && !one.isClosing && frames.length < maxDepth) {
      push(before);
      frames.push({ token: one, parts: [behind] });
    } else if (one.isClosing && frames.at(-1)?.token === one.pair && one.pair) {
      const content = [...(frames.pop()?.parts ?? []), before].join('');
      push(write({ ...codeOf(one.pair), content }) + behind);
    } else if (one.pair || (one.isClosing && known(one.name))) push(before + behind);
    else if (!one.isClosing && isShortcode(one, known, text))
      push(before + write({ ...codeOf(one), content: undefined }) + behind);
    else push(text.slice(one.start, one.end));
  }
  push(text.slice(done));
  return frames.flatMap(({ parts }) => parts).join('');
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const endless = new Set<string>();
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [whole, , before, slash, written, attributes = '', end, behind] = match;
    if (written === undefined) continue;
    const name = written.toLowerCase();
    const one: Token = {
      ...{ start: match.index, end: token.lastIndex, name, isClosing: slash === '/', written: attributes },
      isEscaped: { before: before === '[', behind: behind === ']' },
      isEndless: end === '/',
    };
    tokens.push(one);
    if (!codeNames.includes(written) || slash || whole.startsWith('[[') || endless.has(name)) continue;
    const to = text.indexOf(`[/${name}]`, one.end);
    // Or each would be looked for in vain again.
    if (to < 0) endless.add(name);
    else {
      one.code = text.slice(one.end, to);
      one.end = to + `[/${name}]`.length;
      token.lastIndex = one.end;
    }
  }
  return tokens;
}

/** Each end belongs to the nearest beginning before it; what began in between and has not ended stands alone. */
function pairUp(tokens: Token[]): void {
  const open: Token[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, change: number) => counts.set(name, (counts.get(name) ?? 0) + change);
  for (const one of tokens) {
    if (!one.isClosing) {
      if (one.isEndless || one.code !== undefined) continue;
      open.push(one);
      count(one.name, 1);
    } else if (counts.get(one.name)) {
      for (let last = open.pop(); last; last = open.pop()) {
        count(last.name, -1);
        if (last.name !== one.name) continue;
        last.pair = one;
        one.pair = last;
        break;
      }
    }
  }
}

function isShortcode(
  { name, written, isEndless, start, end }: Token,
  known: (name: string) => boolean,
  text: string,
): boolean {
  // [Video] is a word.
  const isLower = text.slice(start, end).includes(name);
  if ((known(name) && isLower) || isEndless || name.includes('_') || /(?:^|[\w-]\s*)=/.test(written))
    return true;
  const isAlone =
    /(?:^|[\n>])[ \t]{0,20}$/.test(text.slice(Math.max(0, start - 21), start)) &&
    /^[ \t]{0,20}(?:$|[\r\n<])/.test(text.slice(end, end + 21));
  return isAlone && isLower && written === '' && name.length > 2;
}

function codeOf({ name, written }: Token) {
  return { name, attributes: attributesOf(written) };
}

function attributesOf(written: string): Record<string, string> {
  const plain = decodeReferences(written.replace(/^[=:]/, ' '))
    .replace(/[“”„″]/g, '"')
    .replace(/[‘’′]/g, "'");
  const parts = [
    ...plain.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))|"([^"]*)"|'([^']*)'|(\S+)/g),
  ];
  let count = 0;
  return Object.fromEntries(
    parts.map(([, name, ...values]) => {
      const value = values.find((one) => one !== undefined) ?? '';
      count += name === undefined ? 1 : 0;
      return [name?.toLowerCase() ?? String(count - 1), value];
    }),
  );
}
