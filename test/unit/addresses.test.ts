import { expect, test } from 'vitest';
import { feedPath, streamPath } from '../../functions/article/addresses.ts';
import { pageHtml, portableHtml } from '../../functions/article/body-html.ts';
import { absoluteUrl, imageOf, mediaPath } from '../../functions/article/site-context.ts';
import { context } from '../fixtures/samples.ts';

const hashed = '/media/bridge.0123456789abcdef.png';
const site = 'https://news.example.com';

test.each([
  ['news', '/news', '/rss.xml', '/atom.xml', '/feed.json'],
  ['tag/ai', '/tag/ai', '/tag/ai/rss.xml', '/tag/ai/atom.xml', '/tag/ai/feed.json'],
  [
    'tag/云计算',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/rss.xml',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/atom.xml',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/feed.json',
  ],
])('addresses the stream %s and its feeds', (stream, page, rss, atom, json) => {
  expect(streamPath(stream)).toBe(page);
  expect([feedPath(stream, 'rss'), feedPath(stream, 'atom'), feedPath(stream, 'json')]).toEqual([
    rss,
    atom,
    json,
  ]);
});

test.each([
  ['/media/bridge.png', hashed],
  ['/media/unknown.png', '/media/unknown.png'],
  ['/media/constructor', '/media/constructor'],
  ['/media/toString', '/media/toString'],
  ['/media/__proto__', '/media/__proto__'],
  ['/media/bridge.png?x=1', '/media/bridge.png?x=1'],
  ['/news/bridge.png', '/news/bridge.png'],
  ['https://other.example/media/bridge.png', 'https://other.example/media/bridge.png'],
])('finds the media address of %s to be %s', (path, address) => {
  expect(mediaPath(path, context)).toBe(address);
});

test('puts the hash before the last of several endings', () => {
  const media = {
    'a.b.png': { hash: 'fedcba9876543210', type: 'image/png', length: 1, width: 1, height: 1 },
  };

  expect(mediaPath('/media/a.b.png', { media })).toBe('/media/a.b.fedcba9876543210.png');
});

test.each([
  ['/news/a?b#c', `${site}/news/a?b#c`],
  ['/media/bridge.png', `${site}${hashed}`],
  ['https://other.example/', 'https://other.example/'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
])('makes %s absolute as %s', (stored, absolute) => {
  expect(absoluteUrl(stored, context)).toBe(absolute);
});

test('knows the true size and type of an image of the site’s own', () => {
  const image = { url: '/media/bridge.png', alt: 'A bridge', width: 1, type: 'image/webp' };

  expect(imageOf({ image }, context)).toEqual({
    url: `${site}${hashed}`,
    alt: 'A bridge',
    ...{ type: 'image/png', length: 54321, width: 640, height: 480 },
  });
});

test.each([
  { url: 'https://other.example/a.png', width: 5, height: 6, type: 'image/png', length: 7 },
  { url: 'https://other.example/media/bridge.png' },
])('believes what is said of an image from elsewhere: %j', (image) => {
  expect(imageOf({ image }, context)).toEqual(image);
});

test('has no image for an article without one', () => {
  expect(imageOf({}, context)).toBeUndefined();
});

test.each([
  ['<a href="/news/b">c</a>', `<a href="${site}/news/b">c</a>`],
  ['<a href="#fn1">c</a>', `<a href="${site}/news/a#fn1">c</a>`],
  ['<a href="https://x.example/#y">c</a>', '<a href="https://x.example/#y">c</a>'],
  ['<a href="/b?c=1&amp;d=2">e</a>', `<a href="${site}/b?c=1&amp;d=2">e</a>`],
  ['<img src="/media/bridge.png" />', `<img src="${site}${hashed}" />`],
  [
    '<img srcset="/media/bridge.png 1x, /b.png 2x" />',
    `<img srcset="${site}${hashed} 1x, ${site}/b.png 2x" />`,
  ],
  [
    '<video poster="/media/bridge.png" src="/v" controls></video>',
    `<video poster="${site}${hashed}" src="${site}/v" controls></video>`,
  ],
  ['<a title=" href=" href="/b">c</a>', `<a title=" href=" href="${site}/b">c</a>`],
  [
    '<a title="x href=&quot;/b&quot;" href="/b">c</a>',
    `<a title="x href=&quot;/b&quot;" href="${site}/b">c</a>`,
  ],
  ['<p>Write href="/b" or src="/c"</p>', '<p>Write href="/b" or src="/c"</p>'],
  [
    '<p title="&lt;a href=/b&gt;">&lt;a href="/b"&gt;</p>',
    '<p title="&lt;a href=/b&gt;">&lt;a href="/b"&gt;</p>',
  ],
  ['<a hreflang="/b">c</a>', '<a hreflang="/b">c</a>'],
])('makes %s portable', (html, portable) => {
  expect(portableHtml(html, 'a', context)).toBe(portable);
});

test.each([
  ['<img src="/media/bridge.png" />', `<img width="640" height="480" loading="lazy" src="${hashed}" />`],
  ['<img src="/media/bridge.png" width="9" />', `<img loading="lazy" src="${hashed}" width="9" />`],
  ['<img src="/media/toString" />', '<img loading="lazy" src="/media/toString" />'],
  [
    '<img srcset="/media/bridge.png 1x, /b.png 2x" />',
    `<img loading="lazy" srcset="${hashed} 1x, /b.png 2x" />`,
  ],
  ['<pre lang="en">a</pre>', '<pre tabindex="0" lang="en">a</pre>'],
  ['<table><tr><td>a</td></tr></table>', '<table tabindex="0"><tr><td>a</td></tr></table>'],
  ['<a href="/news/b">c</a> <a href="#fn1">d</a>', '<a href="/news/b">c</a> <a href="#fn1">d</a>'],
])('shows %s on the site’s own pages', (html, shown) => {
  expect(pageHtml(html, context)).toBe(shown);
});
