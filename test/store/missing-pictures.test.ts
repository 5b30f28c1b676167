import { beforeAll, expect, test } from 'vitest';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { keepPicture } from '../../functions/store/pictures.ts';
import { TestBackend } from '../support/backend.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await TestBackend.open();
  const pier = { path: '/media/pier-0123456789abcdef.png', width: 4, height: 3, widths: [] };
  Object.assign(backend, { media: { 'pier.png': { ...pier, type: 'image/png', length: 9 } } });
  const sizes = { width: 4, height: 3, widths: [], type: 'image/png', length: 9, hash: 'a' };
  const storedAt = backend.time;
  const sent = { name: 'sent.png', path: '/media/sent-0123456789abcdef.png', storedAt, ...sizes };
  await keepPicture(backend.store, sent, { current: undefined, mayBeShown: false });
  return () => backend.close();
});

test.each([
  '![a](/media/pier.png)',
  '![a](/media/pier.0123456789abcdef.png)',
  '![a](/media/sent.png)',
  '![a](/media/sent-0123456789abcdef.png?x)',
  '[a](/media/sent.png)',
  '<img src="/media/pier.png" srcset="/media/pier.png 1x, /media/sent.png 2x">',
  '![a](https://other.example/media/none.png)',
])('takes a picture that was deployed or sent: %s', async (markdown) => {
  const image = { url: '/media/sent.png' };

  expect((await backend.put('harbour', { markdown, image })).stored.article.slug).toBe('harbour');
});

test.each([
  ['![a](/media/none.png)', '/markdown', 'the image /media/none.png is no usable file of the media folder'],
  [
    '<audio src="/media/none.mp3"></audio>',
    '/markdown',
    'the file /media/none.mp3 is no usable file of the media folder',
  ],
  ['[a](/media/none.pdf)', '/markdown', 'the link to /media/none.pdf leads to no file of the media folder'],
  [
    '![a](photo.jpg)',
    '/markdown',
    'the image /news/photo.jpg is not in the media folder: write /media/ and its name',
  ],
  [
    'a <img src="/media/pier.png" srcset="/media/none.png 2x">',
    '/markdown',
    expect.stringContaining('none.png'),
  ],
])('names a picture of the site that is not there: %s', async (markdown, pointer, message) => {
  const refusal = await backend.put('harbour', { markdown }).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(InvalidArticleError);
  expect((refusal as InvalidArticleError).faults).toEqual([{ pointer, message }]);
});

test('names a lead picture that is not there', async () => {
  const refusal = await backend
    .put('harbour', { image: { url: '/media/none.png' } })
    .catch((error: unknown) => error);

  expect((refusal as InvalidArticleError).faults).toEqual([
    { pointer: '/image/url', message: 'names no usable file of the media folder' },
  ]);
});
