import { expect, test } from 'vitest';
import { absoluteUrl, imageOf, mediaPath } from '../../functions/article/site-context.ts';
import { context } from '../fixtures/samples.ts';

const hashed = '/media/bridge.0123456789abcdef.png';
const site = 'https://news.example.com';

test.each([
  ['/media/bridge.png', hashed],
  ['/media/unknown.png', '/media/unknown.png'],
  ['/media/constructor', '/media/constructor'],
  ['/media/toString', '/media/toString'],
  ['/media/__proto__', '/media/__proto__'],
  ['/media/bridge.png?x=1', '/media/bridge.png?x=1'],
  ['/news/bridge.png', '/news/bridge.png'],
  ['https://other.example/media/bridge.png', 'https://other.example/media/bridge.png'],
])('the media address of %s is %s', (path, address) => {
  expect(mediaPath(path, context)).toBe(address);
});

test.each([
  ['/news/a?b#c', `${site}/news/a?b#c`],
  ['/media/bridge.png', `${site}${hashed}`],
  ['https://other.example/', 'https://other.example/'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
])('%s is absolute as %s', (stored, absolute) => {
  expect(absoluteUrl(stored, context)).toBe(absolute);
});

test('one of the site’s own images has its measured size and type', () => {
  const image = { url: '/media/bridge.png', alt: 'A bridge', width: 1, type: 'image/webp' };

  expect(imageOf({ image }, context)).toEqual({
    url: `${site}${hashed}`,
    alt: 'A bridge',
    type: 'image/png',
    length: 54321,
    width: 640,
    height: 480,
  });
});

test.each([
  { url: 'https://other.example/a.png', width: 5, height: 6, type: 'image/png', length: 7 },
  { url: 'https://other.example/media/bridge.png' },
])('the given size and type of an image from elsewhere are kept: %j', (image) => {
  expect(imageOf({ image }, context)).toEqual(image);
});

test('an article without an image has none', () => {
  expect(imageOf({}, context)).toBeUndefined();
});
