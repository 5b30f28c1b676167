import { imageSize } from 'image-size';
import { expect, test } from 'vitest';
import { renderFavicon } from '../../functions/pages/favicon.ts';
import { context } from '../fixtures/samples.ts';

test('draws an icon of two colours in the colour of the site', () => {
  const icon = renderFavicon(context);

  expect(imageSize(icon)).toMatchObject({ type: 'ico', width: 32, height: 32 });
  const directory = Buffer.from(icon);
  expect(directory.readUInt32LE(14) + directory.readUInt32LE(18)).toBe(icon.length);
  expect(icon.subarray(62, 66)).toEqual(Uint8Array.from([0x5a, 0x7f, 0x0a, 0]));
});
