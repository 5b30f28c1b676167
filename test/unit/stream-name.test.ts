import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleInput } from '../../functions/article/article-input.ts';
import { labelName, streamsOf } from '../../functions/article/stream-name.ts';
import { anyText } from './arbitraries.ts';

test.each([
  ['News', 'news'],
  ['R&D, again', 'r-d-again'],
  ['  C++ / C#  ', 'c-c'],
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
])('names the stream of the label %j %j', (label, name) => {
  expect(labelName(label)).toBe(name);
});

test.each(['!!!', '—', '…', '👍', '❤️', '\u0301', '\u200D', '$€'])('finds no name in %j', (label) => {
  expect(labelName(label)).toBe('');
});

test('finds no name in what is longer than a key of the database', () => {
  expect(labelName('港'.repeat(350))).toBe('');
});

// One takes four bytes, the other is two characters in lower case.
test.each(['𠮷', 'İ'])('names the stream of 60 times %s', (letter) => {
  const label = letter.repeat(60);

  expect(articleInput.safeParse({ title: 'T', text: '', tags: [label] }).success).toBe(true);
  expect(labelName(label)).not.toBe('');
});

test.each(['!!!', '❤️', '\u0301'])('refuses %j as a label: no stream could be named by it', (label) => {
  const parsed = articleInput.safeParse({ title: 'T', text: '', category: label });

  expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['needs at least one letter or digit']);
});

test('names a stream by its name as by its label, so that addresses stay', () => {
  fc.assert(
    fc.property(anyText, (label) => {
      const name = labelName(label);

      expect(labelName(name)).toBe(name);
      expect(name).toBe(name.normalize('NFC'));
      expect(name).not.toMatch(/^-|--|-$|[/#?%\s]/);
    }),
  );
});

test('lists an article in the news, its category, its tags and its source, each by the label people read', () => {
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
