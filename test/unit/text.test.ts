import { expect, test } from 'vitest';
import { findForbiddenCharacter, textBlock, textLine, truncate } from '../../functions/article/text.ts';

function messagesFor(schema: ReturnType<typeof textLine>, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
}

test.each([
  ['U+0000', 'a\u0000b'],
  ['U+0008', '\u0008'],
  ['U+000B', 'a\u000Bb'],
  ['U+001F', 'a\u001F'],
  ['U+007F', '\u007Fa'],
  ['U+0085', 'a\u0085b'],
  ['U+D800', 'a\uD800b'],
  ['U+DC00', '\uDC00'],
  ['U+FDD0', '\uFDD0'],
  ['U+FFFE', 'a\uFFFE'],
  ['U+FFFF', '\uFFFF'],
  ['U+1FFFE', '\u{1FFFE}'],
])('%s is refused by name in lines and blocks', (name, text) => {
  const message = expect.stringMatching(
    new RegExp(`^contains the character ${name.replace('+', '\\+')} at position`),
  );

  expect(messagesFor(textLine(100), `a${text}`)).toEqual([message]);
  expect(messagesFor(textBlock(), text)).toEqual([message]);
});

test('the position of a forbidden character is counted in code points', () => {
  expect(findForbiddenCharacter('👍𠮷\u0001')).toBe(
    'contains the character U+0001 at position 3, which no feed may contain',
  );
});

test.each(['U+202A', 'U+202E', 'U+2066', 'U+2069'])(
  'the deceptive character %s is refused in a line and accepted in a block',
  (name) => {
    const text = `a${String.fromCodePoint(Number.parseInt(name.slice(2), 16))}b`;

    expect(messagesFor(textLine(10), text)).toEqual([
      `contains the character ${name} at position 2, which is invisible and can mislead`,
    ]);
    expect(messagesFor(textBlock(), text)).toEqual([]);
  },
);

test.each(['U+00AD', 'U+200B', 'U+2060', 'U+FEFF'])(
  'the line-break hint %s is dropped from a line and kept in a block',
  (name) => {
    const text = `a${String.fromCodePoint(Number.parseInt(name.slice(2), 16))}b`;

    expect(textLine(2).parse(text)).toBe('ab');
    expect(textBlock().parse(text)).toBe(text);
  },
);

test('characters that meet when a hint is dropped are composed', () => {
  expect(textLine(10).parse('e\u200B\u0301')).toBe('é');
});

test('stacks of combining marks are refused before they are composed, which would take minutes', () => {
  const stack = `ab${'\u0300\u0316'.repeat(100_000)}`;
  const message =
    'contains the character U+0300 at position 3, where one letter carries more than 30 combining marks';

  expect(messagesFor(textBlock(), stack)).toEqual([message]);
  expect(messagesFor(textLine(10), stack)[0]).toBe(message);
  expect(messagesFor(textLine(10), `ab${'\u0300\u200B'.repeat(31)}`)[0]).toBe(message);
  expect(messagesFor(textLine(100), `a${'\u0300'.repeat(30)}`)).toEqual([]);
});

test.each(['👩‍👩‍👧', 'می‌خواهم', 'क्‍ष', 'שלום\u200F!', '❤️'])(
  '%s keeps the joiners and marks that its script needs',
  (text) => {
    expect(textLine(100).parse(text)).toBe(text);
  },
);

test.each(['', ' \n\t', '\u200D', '\uFE0F', '\u3164'])('the invisible text %j counts as empty', (text) => {
  expect(messagesFor(textLine(10), text)).toEqual(['must not be empty']);
});

test('a line is composed and its white space collapsed', () => {
  expect(textLine(100).parse('  e\u0301 \r\n\t \u3000a\u00A0b ')).toBe('é a b');
});

test('a block is composed and its line ends become \\n', () => {
  expect(textBlock().parse(' e\u0301\r\na\rb\n\tc ')).toBe(' é\na\nb\n\tc ');
});

test('the limit counts code points after composition', () => {
  expect(messagesFor(textLine(2), 'e\u0301𠮷')).toEqual([]);
  expect(messagesFor(textLine(2), 'abc')).toEqual(['has 3 characters; at most 2 are allowed']);
});

test('a missing text is reported as missing', () => {
  expect(messagesFor(textLine(10), undefined)).toEqual(['is missing']);
});

test.each([5, null, true, {}, ['a']])('%j is not text', (value) => {
  expect(messagesFor(textLine(10), value)).toEqual(['must be text']);
});

test.each([
  ['shorter text', 20, 'shorter text'],
  ['just fits', 9, 'just fits'],
  ['cut between words', 10, 'cut…'],
  ['cut between words', 16, 'cut between…'],
  ['“Stop,” they said.', 12, '“Stop…'],
  [
    'a word that is so long that it has to be cutsomewherewithinitselfbythebound',
    70,
    'a word that is so long that it has to be cutsomewherewithinitselfbyth…',
  ],
  ['中文没有空格，可以随处断开', 8, '中文没有空格…'],
  ['𠮷𠮷𠮷𠮷', 3, '𠮷𠮷…'],
  ['e\u0301e\u0301', 3, 'e\u0301…'],
  ['a👩‍👩‍👧b', 6, 'a…'],
  ['🇨🇳🇫🇷', 3, '🇨🇳…'],
  ['!!!', 2, '…'],
  ['', 5, ''],
])('%j truncated to %d code points is %j', (text, count, start) => {
  expect(truncate(text, count)).toBe(start);
});
