import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { imageSize } from 'image-size';
import { expect, test } from 'vitest';
import { accentOn, contrast, paper } from '../../functions/pages/accent.ts';
import { renderFavicon } from '../../functions/pages/favicon.ts';
import { stylesheetOf } from '../../functions/pages/stylesheet.ts';
import { context } from '../fixtures/samples.ts';

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#000000', 21],
  ['#777777', '#ffffff', 4.48],
  ['#ff0000', '#ffffff', 4],
])('measures the contrast of %s on %s as WCAG does', (one, other, expected) => {
  expect(contrast(one, other)).toBeCloseTo(expected, 2);
});

test('keeps a colour that is readable', () => {
  expect(accentOn('#9c2b1f').light).toBe('#9c2b1f');
  expect(accentOn('#ffd700').dark).toBe('#ffd700');
});

test('makes any colour readable on light and on dark paper', () => {
  const anyColour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);

  fc.assert(
    fc.property(anyColour, (wished) => {
      const { light, dark } = accentOn(wished);

      expect(contrast(light, paper.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, paper.dark)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('names the stylesheet by a hash of its content', () => {
  expect(stylesheetOf({ site: {} }).path).toMatch(/^\/style\.[0-9a-f]{16}\.css$/);
});

test('gives the stylesheet of each accent colour an address of its own', () => {
  const [plain, green, again] = [{}, { accent: '#0a7f5a' }, { accent: '#0a7f5a' }].map((site) =>
    stylesheetOf({ site }),
  );

  expect(green).toEqual(again);
  expect(green?.path).not.toBe(plain?.path);
  expect(green?.text).toContain('--accent:light-dark(#0a7f5a,');
});

test("puts the owner's rules last", () => {
  const [plain, own] = ['', ':root{--accent:red}'].map((ownCss) => stylesheetOf({ site: {}, ownCss }));

  expect(own?.text).toBe(`${plain?.text}:root{--accent:red}`);
  expect(own?.path).not.toBe(plain?.path);
});

test('has every name that the guide promises to owners', () => {
  const guide =
    /These names stay.*?(?=Where a colour)/s.exec(readFileSync('content/README.md', 'utf8'))?.[0] ?? '';
  const names = [...guide.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
  const { text } = stylesheetOf({ site: {} });

  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !text.includes(name.startsWith('--') ? `var(${name})` : `.${name}`))).toEqual(
    [],
  );
});

test('draws an icon of two colours in the accent colour', () => {
  const icon = renderFavicon(context);

  expect(imageSize(icon)).toMatchObject({ type: 'ico', width: 32, height: 32 });
  const directory = Buffer.from(icon);
  expect(directory.readUInt32LE(14) + directory.readUInt32LE(18)).toBe(icon.length);
  expect(icon.subarray(62, 66)).toEqual(Uint8Array.from([0x5a, 0x7f, 0x0a, 0]));
});
