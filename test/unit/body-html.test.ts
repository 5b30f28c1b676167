import { expect, test } from 'vitest';
import { pageHtml, plainText, portableHtml, summaryText } from '../../functions/article/body-html.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { context } from '../fixtures/samples.ts';

const hashed = '/media/bridge.0123456789abcdef.png';
const site = 'https://news.example.com';

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
])('%s is made portable', (html, portable) => {
  expect(portableHtml(html, { slug: 'a' }, context)).toBe(portable);
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
])('%s is prepared for the site’s own pages', (html, shown) => {
  expect(pageHtml(html, {}, context)).toBe(shown);
});

test.each([
  ['<p>One.</p><p>Two.</p>', 'One. Two.'],
  ['one<br />two', 'one two'],
  ['<ul><li>a</li><li>b</li></ul>', 'a b'],
  ['<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>', 'a b'],
  ['a<details>b</details>c', 'a b c'],
  ['<details><summary>More</summary>text</details>', 'More text'],
  ['<figure><img src="/a" alt="x &gt; y" /><figcaption>A picture</figcaption></figure>', 'A picture'],
  ['un<b>broken</b> w<i>or</i>d', 'unbroken word'],
  ['<a href="/a" title="a &gt; b">link</a>', 'link'],
  ['5 &lt; 6 &amp;&amp; &quot;x&quot; &gt; y', '5 < 6 && "x" > y'],
  ['&amp;lt; stays a reference', '&lt; stays a reference'],
  ['<pre><code>a\n  b\n</code></pre>', 'a b'],
  ['  \n\t ', ''],
  ['<ruby>漢字<rp>(</rp><rt lang="ja">かんじ</rt><rp>)</rp></ruby>です', '漢字です'],
  ['It was <s>bad</s> <del datetime="2026">worse</del> <small>good</small>', 'It was good'],
  ['<math><mi>E</mi><mo>=</mo><msup><mi>c</mi><mn>2</mn></msup></math>', 'E=c^2'],
  [
    '<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of H<math><msub><mi>a</mi><mn>2</mn></msub></math>',
    '1/2 of Ha_2',
  ],
])('the plain text of %j is %j', (html, text) => {
  expect(plainText(html)).toBe(text);
});

test('plain text omits footnotes and references to them', () => {
  const { html } = renderBody(
    { markdown: 'A claim stands[^1].\n\n[^1]: Its proof.' },
    { baseUrl: 'https://news.example.com', slug: 'a' },
  );

  expect(plainText(html)).toBe('A claim stands.');
});

test.each([
  [
    '<h2>Contents</h2><ul><li><p>A</p></li></ul><figure><img src="/a.png" /><figcaption><p>Photo</p></figcaption></figure>' +
      '<pre><code>npm install</code></pre><blockquote><p>q</p></blockquote><p>The harbour <em>opened</em>.</p><p>b</p>',
    'The harbour opened.b',
  ],
  ['<div><p>a</p>\n<p>b</p></div>', 'ab'],
  ['<p><a href="https://v.example">Film</a></p><p>a</p>', 'a'],
  ['<p><a href="https://v.example">Film</a></p>', 'Film'],
  ['<h2>Head</h2>bare text', 'bare text'],
  ['<ul><li>a</li></ul>', 'a'],
  ['<h2>Only</h2>', 'Only'],
])('a summary is made of paragraphs: %s', (html, text) => {
  expect(summaryText(html).replaceAll(' b', 'b')).toBe(text);
});
