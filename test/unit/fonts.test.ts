import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = 'functions/pages';
const chinese =
  /Songti|PingFang|YaHei|JhengHei|CJK|Source Han|Hiragino|Yu (?:Gothic|Mincho)|Apple SD|Malgun|Myungjo|Batang/;
const latin = /^(?:var\(--latin\)|Charter|system-ui|ui-monospace|(?:sans-)?serif|monospace)/;

/** The values of what names fonts, without the faces that borrow marks alone. */
const fontLists = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .flatMap((name) => {
    const css = readFileSync(`${folder}/${name}`, 'utf8').replace(/@font-face \{.*?\n\}/gs, '');
    return [...css.matchAll(/(?:--(?:serif|sans|title|mono|latin)|font(?:-family)?):([^;]*);/g)].map(
      ([, value = '']) => value.trim().replace(/^.*?\d\S*(?: \/ \S+)? (?=[A-Z-])/s, ''),
    );
  });

test('Latin words are set in a Latin font: it stands before every Chinese, Japanese or Korean one', () => {
  const mixed = fontLists.filter((list) => chinese.test(list));

  expect(mixed.length).toBeGreaterThan(5);
  for (const list of mixed) {
    const fonts = list.split(',').map((font) => font.trim());
    const first = fonts.findIndex((font) => chinese.test(font));
    expect([list, fonts.slice(0, first).some((font) => latin.test(font))]).toEqual([list, true]);
  }
});
