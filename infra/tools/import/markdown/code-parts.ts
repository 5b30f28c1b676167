/** A pair of tags around what is code or is not to be read, such as {% highlight %}. */
export interface Verbatim {
  open: RegExp;
  close: RegExp;
  /** What stands for the pair; `opened` is the match of `open`. */
  write(opened: RegExpExecArray, inner: string): string;
}

const fence = /^[ \t>*+-]{0,100}(?:\d{1,9}[.)][ \t]{1,100})?(`{3,}(?=[^`\n]*$)|~{3,}).*$/m;
// Indented lines below a blank one, up to the last of them.
const indented = String.raw`(?<=\n[ \t]*\n)(?: {4}|\t)[^\n]+(?:\n(?:(?: {4}|\t)[^\n]*|[ \t]*(?=\n(?: {4}|\t))))*`;
const codeStarts = [`(?<fence>${fence.source})`, '(?<span>`+)', `(?<indented>${indented})`];
const listItem = /^ {0,3}(?:[-*+]|\d+[.)])[ \t]/;

/**
 * Rewrites a text's prose and leaves its code: fenced and indented blocks, code spans, and what stands between verbatim tags. Code
 * goes through `inCode`. Takes time linear in the text's length.
 */
export function rewriteProse(
  text: string,
  {
    prose,
    inCode,
    verbatim,
    isHtml,
  }: { prose(part: string): string; inCode(part: string): string; verbatim: Verbatim[]; isHtml: boolean },
): string {
  const closers = spanClosers(text);
  const tags = verbatim.map(({ open }, at) => `(?<v${at}>${open.source})`);
  if (isHtml && tags.length === 0) return prose(text);
  const starts = new RegExp([...(isHtml ? [] : codeStarts), ...tags].join('|'), 'gm');
  const parts: string[] = [];
  let done = 0;
  const take = (start: number, end: number, code: string) => {
    parts.push(prose(text.slice(done, start)), code);
    done = end;
    starts.lastIndex = end;
  };
  const unclosed = new Set<number>();
  for (let match = starts.exec(text); match; match = starts.exec(text)) {
    const { 0: whole, index, groups = {} } = match;
    const end = index + whole.length;
    if (groups.fence !== undefined) {
      const closed = fenceEnd(text, end, /(`{3,}|~{3,})/.exec(whole)?.[1] ?? '');
      take(index, closed, inCode(text.slice(index, closed)));
    } else if (groups.span !== undefined) {
      const closer = closers.get(index);
      if (closer === undefined) continue;
      take(index, closer + whole.length, inCode(text.slice(index, closer + whole.length)));
    } else if (groups.indented !== undefined) {
      if (!isInList(text, index)) take(index, end, inCode(whole));
    } else {
      const at = verbatim.findIndex((_, number) => groups[`v${number}`] !== undefined);
      const { open, close, write } = verbatim[at] as Verbatim;
      const rest = unclosed.has(at) ? null : new RegExp(close.source, 'm').exec(text.slice(end));
      if (!rest) unclosed.add(at);
      const opened = open.exec(whole);
      if (rest && opened)
        take(index, end + rest.index + rest[0].length, write(opened, text.slice(end, end + rest.index)));
    }
  }
  parts.push(prose(text.slice(done)));
  return parts.join('');
}

function fenceEnd(text: string, from: number, mark: string): number {
  const closing = new RegExp(`^[ \\t>]*${mark[0]}{${mark.length},}[ \\t]*$`, 'gm');
  closing.lastIndex = from;
  const found = closing.exec(text);
  return found ? found.index + found[0].length : text.length;
}

/** For each run of backticks the next one of its length in the same paragraph, if there is one: between them is code. */
function spanClosers(text: string): Map<number, number> {
  const closers = new Map<number, number>();
  let following = new Map<number, number>();
  for (const { 0: found, index } of [...text.matchAll(/`+|\n[ \t]*\n/g)].reverse()) {
    if (found.startsWith('\n')) {
      following = new Map();
      continue;
    }
    const next = following.get(found.length);
    if (next !== undefined) closers.set(index, next);
    following.set(found.length, index);
  }
  return closers;
}

/** Whether an indented paragraph goes on with a list item not far above it. */
function isInList(text: string, index: number): boolean {
  for (let end = index; end > 0 && index - end < 5000; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (listItem.test(line)) return true;
    if (/^\S/.test(line)) return false;
    end = start - 1;
  }
  return false;
}
