import * as z from 'zod';

// Wider than XML 1.0 §2.2: HTML forbids the C1 controls and the noncharacters as well.
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
// Invisible characters that reorder what a reader sees.
const deceptive = /[\u202A-\u202E\u2066-\u2069]/u;
// Say only where a line may break: Thai and Khmer are typed with U+200B, and all of them come with pasted text. Names that
// look the same must be the same, so a line drops them; joiners stay, scripts and emoji need them.
const breakHints = /[\u00AD\u200B\u2060\uFEFF]/gu;
// The bound of UAX #15's stream-safe text: the time of NFC grows with the square of such a stack.
const stackedMarks = /\p{M}{31}/u;
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** The first character of `text` that no XML 1.0 or HTML document may hold, as a message; undefined when all are fit. */
export function findForbiddenCharacter(text: string): string | undefined {
  return describe(forbidden.exec(text), 'which no feed may contain');
}

/** The first character with more marks upon it than any script sets, as a message; undefined when there is none. */
export function findStackedMarks(text: string): string | undefined {
  return describe(stackedMarks.exec(text), 'where one letter carries more than 30 combining marks');
}

/** Several lines of text: NFC, line ends as \n. */
export function textBlock() {
  return text(
    (value) => value,
    (value) => value.replace(/\r\n?/g, '\n'),
    () => [],
  );
}

/** One line of text: NFC, white space collapsed, without hints where to break it, at most `max` characters (code points). */
export function textLine(max: number) {
  return text(
    (value) => value.replace(breakHints, ''),
    (value) => value.replace(/\s+/g, ' ').trim(),
    (line, value) => {
      const length = [...line].length;
      return [
        describe(deceptive.exec(value), 'which is invisible and can mislead'),
        visible.test(line) ? undefined : 'must not be empty',
        length > max ? `has ${length} characters; at most ${max} are allowed` : undefined,
      ];
    },
  );
}

function text(
  strip: (value: string) => string,
  tidy: (composed: string) => string,
  check: (tidied: string, stripped: string) => (string | undefined)[],
) {
  const error = ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : 'must be text');
  return z.string({ error }).transform((value, context) => {
    const stripped = strip(value);
    const stack = findStackedMarks(stripped);
    const tidied = stack ? stripped : tidy(stripped.normalize('NFC'));
    for (const message of [stack, findForbiddenCharacter(stripped), ...check(tidied, stripped)]) {
      if (message) context.addIssue({ code: 'custom', message });
    }
    return tidied;
  });
}

/**
 * The text, or as much of its beginning as `count` characters (code points) hold with the mark that there is more; cut between words
 * where there are spaces, and never within a grapheme.
 */
export function beginning(text: string, count: number): string {
  if ([...text].length <= count) return text;
  let start = '';
  let length = 1;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    length += [...segment].length;
    if (length > count) break;
    start += segment;
  }
  return `${start.replace(/\s\S{0,20}$/u, '').replace(/[\p{P}\s]+$/u, '')}…`;
}

function describe(match: RegExpExecArray | null, why: string): string | undefined {
  if (!match) return undefined;
  const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const position = [...match.input.slice(0, match.index)].length + 1;
  return `contains the character U+${code} at position ${position}, ${why}`;
}
