import { createHash } from 'node:crypto';

// Leaves room for a number.
const maxLength = 90;

// Latin letters that are no letter with a mark, as all others are.
const spelled: Record<string, string> = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ı: 'i',
    ħ: 'h',
    ŋ: 'ng',
    ŧ: 't',
    ƒ: 'f',
  },
};

/** The ASCII letters and digits of a title; for a title without letters the day (2026-03-01) and a hash, so that the same title gets the same. */
export function slugOfTitle(title: string, day: string): string {
  const hash = () => createHash('sha256').update(title).digest('hex').slice(0, 6);
  return slugOfWords(title) ?? `${day.replaceAll('-', '')}-${hash()}`;
}

/** Undefined for a text without ASCII letters, and letters that can be spelled in them. */
export function slugOfWords(text: string): string | undefined {
  const words = text
    .toLowerCase()
    .replace(/[ßæœøđðþłıħŋŧƒ]/g, (letter) => spelled[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}|(?<=[a-z0-9])['’ʼ‘`´′＇]+(?=[a-z0-9])/gu, '')
    .match(/[a-z0-9]+/g);
  return words?.some((word) => /[a-z]/.test(word)) ? shorten(words.join('-')) : undefined;
}

function shorten(slug: string): string {
  if (slug.length <= maxLength) return slug;
  const start = slug.slice(0, maxLength + 1);
  return start.slice(0, Math.max(start.lastIndexOf('-'), 0)) || slug.slice(0, maxLength);
}

/** The slug for the article of this number among those that would have the same: harbour, harbour-2. */
export function numbered(slug: string, number: number): string {
  return number === 1 ? slug : `${slug}-${number}`;
}
