import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleInput } from '../../functions/article/article-input.ts';
import { labelName, streamsOf } from '../../functions/article/stream-name.ts';
import { anyText } from './arbitraries.ts';

test.each([
  ['News', 'news'],
  ['R&D, again', 'r-d-again'],
  ['  C++ / C#  ', 'c++-c#'],
  ['C++11', 'c++11'],
  ['F#', 'f#'],
  ['Vitamin C', 'vitamin-c'],
  ['#1 + 2#', '1-2'],
  ['2026 年度', '2026-年度'],
  ['云计算', '云计算'],
  ['Ünïcode', 'ünïcode'],
  ['U\u0308nicode', 'ünicode'],
  ['J\u030C', 'ǰ'],
  ['ΟΔΟΣ', 'οδος'],
  ['İstanbul', 'i̇stanbul'],
  ['الأخبار العاجلة', 'الأخبار-العاجلة'],
  ['समाचार', 'समाचार'],
  ['ภาษาไทย', 'ภาษาไทย'],
  ['한국어', '한국어'],
  ['٣ أيام', '٣-أيام'],
  ['Q1/2026', 'q1-2026'],
  ['a_b', 'a-b'],
  ['❤️ cats', 'cats'],
])('the label %j names the stream %j', (label, name) => {
  expect(labelName(label)).toBe(name);
});

test.each(['!!!', '—', '…', '👍', '❤️', '\u0301', '\u200D', '$€'])('%j names no stream', (label) => {
  expect(labelName(label)).toBe('');
});

test('a label longer than a DynamoDB key names no stream', () => {
  expect(labelName('港'.repeat(350))).toBe('');
});

// One takes four bytes, the other is two characters in lower case.
test.each(['𠮷', 'İ'])('a label of 60 times %s names a stream', (letter) => {
  const label = letter.repeat(60);

  expect(articleInput.safeParse({ title: 'T', text: '', tags: [label] }).success).toBe(true);
  expect(labelName(label)).not.toBe('');
});

test.each(['!!!', '❤️', '\u0301'])('%j is refused as a label: it names no stream', (label) => {
  const parsed = articleInput.safeParse({ title: 'T', text: '', category: label });

  expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['needs at least one letter or digit']);
});

test('the name of a name is itself, so that addresses are stable', () => {
  fc.assert(
    fc.property(anyText, (label) => {
      const name = labelName(label);

      expect(labelName(name)).toBe(name);
      expect(name).toBe(name.normalize('NFC'));
      expect(name).not.toMatch(/^[-+#]|--|-$|[/?%\s]/);
    }),
  );
});

test('an article is listed in the news, its category, tags and source, each with its label', () => {
  const streams = streamsOf({
    category: 'City Life',
    tags: ['云计算', 'R&D'],
    source: { name: 'River Gazette' },
  });

  expect([...streams]).toEqual([
    ['news', 'news'],
    ['category/city-life', 'City Life'],
    ['tag/云计算', '云计算'],
    ['tag/r-d', 'R&D'],
    ['source/river-gazette', 'River Gazette'],
  ]);
});

test('lists an article once in a stream that two of its tags name', () => {
  expect([...streamsOf({ tags: ['Cats', 'cats!'] }).keys()]).toEqual(['news', 'tag/cats']);
});
