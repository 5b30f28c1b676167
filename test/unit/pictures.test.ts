import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madePath, picturesIn } from '../../functions/article/picture.ts';
import { cleanPicture } from '../../functions/media/clean-picture.ts';
import { inspectPicture } from '../../functions/media/inspect-picture.ts';
import { pictureName } from '../../functions/media/picture-name.ts';

function fixture(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, '../fixtures/pictures', name));
}

test.each([
  ['IMG 1234.JPG', 'jpg', 'img-1234.jpg'],
  ['photo.jpeg', 'jpg', 'photo.jpg'],
  ['photo.jpg', 'png', 'photo.png'],
  ['a.b_c.png', 'png', 'a.b_c.png'],
  ['Café au lait', 'webp', 'cafe-au-lait.webp'],
  ['../..', 'gif', expect.stringMatching(/^picture-[0-9a-f]{8}\.gif$/)],
  ['港口.jpg', 'jpg', expect.stringMatching(/^picture-[0-9a-f]{8}\.jpg$/)],
  ['港口 1.jpg', 'jpg', expect.stringMatching(/^1-[0-9a-f]{8}\.jpg$/)],
  [`${'a'.repeat(200)}.jpg`, 'jpg', expect.stringMatching(/^a{80}-[0-9a-f]{8}\.jpg$/)],
])('%s of a %s is named %s', (written, extension, name) => {
  expect(pictureName(written, extension)).toEqual(name);
});

test('names in another script stay apart', () => {
  expect(pictureName('海港 1.jpg', 'jpg')).not.toBe(pictureName('港口 1.jpg', 'jpg'));
});

const places = ['place.jpg', 'place.png', 'place.webp', 'place.avif', 'place.gif'];

test.each(places)('%s stays the same picture, without what it hides and what follows it', (name) => {
  const sent = Buffer.concat([fixture(name), Buffer.from('PK <script>')]);
  const inspected = inspectPicture(sent);

  const { bytes, isAnimated } = cleanPicture(sent, inspected);

  expect(inspectPicture(bytes)).toEqual(inspected);
  expect(isAnimated).toBe(false);
  for (const hidden of ['Taken by', '<script>']) expect(bytes.includes(hidden)).toBe(false);
  expect(cleanPicture(bytes, inspected).bytes.equals(bytes)).toBe(true);
});

test('the place is in the pictures before, where their kind can hold it', () => {
  expect(places.filter((name) => fixture(name).includes('Taken by'))).toEqual(places.slice(0, 4));
});

test.each(['moving.gif', 'moving.webp'])('%s is known to move', (name) => {
  expect(cleanPicture(fixture(name), inspectPicture(fixture(name))).isAnimated).toBe(true);
});

test.each(places)('%s is refused wherever it is cut off', (name) => {
  const whole = fixture(name);
  const { extension, orientation } = inspectPicture(whole);
  const cut = Array.from({ length: 40 }, (_, index) => Math.floor((whole.length * index) / 40));

  for (const length of [...cut, whole.length - 1])
    expect(() => cleanPicture(whole.subarray(0, length), { extension, orientation }), `${length}`).toThrow(
      /is damaged/,
    );
});

test('a text and an image show these of the site’s own', () => {
  const html =
    '<p><img src="/media/a.png" /><img src="/media/a.png" alt="src=" /><video poster="/media/b.jpg"></video><a href="/media/c.png">c</a><img src="https://x.example/media/d.png" /><img src="/media/../e" />';

  expect(picturesIn(html, '/media/lead.webp')).toEqual(['lead.webp', 'a.png', 'b.jpg', 'c.png']);
});

test('what is made of a picture stands beside it', () => {
  expect(madePath({ path: '/media/a.b-0123456789abcdef.png' }, 480, 'webp')).toBe(
    '/media/a.b-0123456789abcdef-480.webp',
  );
});
