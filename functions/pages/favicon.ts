import type { SiteContext } from '../article/site-context.ts';
import { accentOn, paper } from './accent.ts';

const size = 32;
// A newspaper page with its masthead and columns, as [left, top, right, bottom] in pixels.
const strokes = [
  [5, 6, 27, 11],
  [5, 15, 15, 17],
  [5, 20, 15, 22],
  [5, 25, 15, 27],
  [18, 15, 27, 27],
] as const;

/** A .ico file of two colours, a newspaper page on the site's accent colour: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) */
export function renderFavicon({ site }: SiteContext): Uint8Array<ArrayBuffer> {
  const colours = [accentOn(site.accent).light, paper.light].flatMap(blueGreenRed);
  const opaque = new Array((size * size) / 8).fill(0);
  const bitmap = [
    ...[...long(40), ...long(size), ...long(2 * size), ...short(1), ...short(1)],
    ...[0, 2 * opaque.length, 0, 0, 2, 0].flatMap(long),
    ...[...colours, ...rows(), ...opaque],
  ];
  const directory = [size, size, 2, 0, ...short(1), ...short(1), ...long(bitmap.length), ...long(22)];
  return Uint8Array.from([...short(0), ...short(1), ...short(1), ...directory, ...bitmap]);
}

/** One bit per pixel, the bottom row first. */
function rows(): number[] {
  const lines = Array.from({ length: size }, (_, line) => size - 1 - line);
  return lines.flatMap((y) =>
    Array.from({ length: size / 8 }, (_, byte) =>
      Array.from({ length: 8 }, (_, bit) => isInk(byte * 8 + bit, y)).reduce(
        (bits, ink) => bits * 2 + Number(ink),
        0,
      ),
    ),
  );
}

function isInk(x: number, y: number): boolean {
  return strokes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom);
}

function blueGreenRed(colour: string): number[] {
  return [
    ...(colour.slice(1).match(/../g) ?? []).map((channel) => Number.parseInt(channel, 16)).reverse(),
    0,
  ];
}

function short(value: number): number[] {
  return [value & 255, value >> 8];
}

function long(value: number): number[] {
  return [...short(value & 65_535), ...short(value >>> 16)];
}
