import * as z from 'zod';

// More than XML 1.0 §2.2: HTML also forbids C1 controls and noncharacters.
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
// Invisible characters that reorder the visible ones.
const deceptive = /[\u202A-\u202E\u2066-\u2069]/u;
// These only hint where a line may break; they come with pasted text, and Thai and Khmer are typed with U+200B. Dropped from
// single lines, so that names that look the same are the same. Joiners stay: scripts and emoji need them.
const breakHints = /[\u00AD\u200B\u2060\uFEFF]/gu;
// The limit of UAX #15's stream-safe text: the time of NFC grows with the square of the stack.
const stackedMarks = /\p{M}{31}/u;
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** A message about the first character that XML 1.0 or HTML forbids, if any. */
export function findForbiddenCharacter(text: string): string | undefined {
  return describe(forbidden.exec(text), 'which no feed may contain');
}

/** A message about the first character with more combining marks than any script uses, if any. */
export function findStackedMarks(text: string): string | undefined {
  return describe(stackedMarks.exec(text), 'where one letter carries more than 30 combining marks');
}

/** Text of any number of lines: in NFC, with line ends as \n. */
export function textBlock() {
  return text(
    (value) => value,
    (value) => value.replace(/\r\n?/g, '\n'),
    () => [],
  );
}

/** One line of text: in NFC, with white space collapsed and line-break hints removed, at most `max` code points. */
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

/** Shortens a text to `count` code points, with an ellipsis: between words if there are spaces, never within a grapheme. */
export function truncate(text: string, count: number): string {
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
