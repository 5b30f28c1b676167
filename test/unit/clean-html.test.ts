import { expect, test, vi } from 'vitest';
import { cleanHtml } from '../../functions/article/clean-html.ts';

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };

function clean(html: string): string {
  return cleanHtml(html, place).html;
}

test.each([
  ['script', 'a<script>alert(1)</script>b', 'ab'],
  ['script in capitals', 'a<SCRIPT SRC=//x>alert(1)</SCRIPT >b', 'ab'],
  ['a script that never ends', 'a<script>alert(1)', 'a'],
  ['a script within a script', '<scr<script>ipt>alert(1)</script>', 'ipt&gt;alert(1)'],
  ['a style sheet', 'a<style>p{background:url(javascript:alert(1))}</style>b', 'ab'],
  ['a style', '<p style="background:url(//x)">a</p>', '<p>a</p>'],
  ['an event handler', '<p onclick="alert(1)" ONMOUSEOVER=alert(1)>a</p>', '<p>a</p>'],
  ['an event handler behind a slash', '<img/src=/a/onerror=alert(1)>', '<img src="/a/onerror=alert(1)" />'],
  ['an image that fails on purpose', '<img src=x.png onerror=alert(1)>', '<img src="/news/x.png" />'],
  ['SVG', '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>', ''],
  ['MathML', '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>', ''],
  ['a frame', '<iframe src="javascript:alert(1)">a</iframe>b', 'b'],
  ['a frame with srcdoc', '<iframe srcdoc="<script>alert(1)</script>"></iframe>', ''],
  ['a form', '<form action="//x"><input name=a><button>b</button></form>', ''],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=//x">a', 'a'],
  ['a base', '<base href="//x.example/"><a href="b">c</a>', '<a href="/news/b">c</a>'],
  ['an object', '<object data="data:text/html,a"><embed src="file:///x">a</object>', ''],
  ['a link to a style sheet', '<link rel=stylesheet href="//x">a', 'a'],
  ['a comment', 'a<!-- <b> -->b', 'ab'],
  ['a comment for one browser', '<!--[if IE]><script>alert(1)</script><![endif]-->a', 'a'],
  [
    'a declaration',
    '<!doctype html><?xml version="1.0"?><![CDATA[<b>]]>a',
    expect.not.stringMatching(/<[!?]/),
  ],
  ['a template', '<template><script>alert(1)</script></template>a', 'a'],
  ['a title', '<title>a</title>b', 'b'],
  ['an unknown tag', '<blink>a</blink> <x-y>b</x-y>', 'a b'],
  ['a namespace', '<o:p>a</o:p>', 'a'],
])('%s is removed', (_what, html, expected) => {
  expect(clean(html)).toEqual(expected);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' \n javascript:alert(1)',
  'java\tscript:alert(1)',
  'java&#10;script:alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A&#x61vascript:alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml;base64,PHN2Zz4=',
  'blob:https://news.example.com/x',
  'file:///etc/passwd',
  'feed:javascript:alert(1)',
  'view-source:https://x.example/',
  'ftp://x.example/',
])('the address %j is removed from every attribute', (url) => {
  expect(clean(`<a href="${url}">a</a>`)).toBe('<a>a</a>');
  expect(clean(`<img src="${url}" alt="b">`)).toBe('');
  expect(clean(`<video src="${url}" poster="${url}"></video>`)).toBe('');
  expect(clean(`<audio src="${url}"><source src="${url}"><track src="${url}"></audio>`)).toBe('');
  expect(clean(`<iframe src="${url}" title="b"></iframe>`)).toBe('');
  expect(clean(`<img src="/a" srcset="${url} 2x">`)).not.toMatch(/script|data|blob|file|feed|source|ftp/i);
});

test.each([
  ['a closing tag of the page', 'a</article></main></body></html>b', 'ab'],
  ['a tag that is never closed', '<b>a', '<b>a</b>'],
  ['tags closed in the wrong order', '<b><i>a</b></i>', '<b><i>a</i></b>'],
  ['a truncated tag', 'a<b title="c', 'a'],
  [
    'an attribute with a tag in it',
    '<p title="</p><script>alert(1)</script>">a',
    expect.stringMatching(/^<p title="[^<>"]*">a<\/p>$/),
  ],
  [
    'quotation marks in an attribute',
    `<p title='"onclick="alert(1)'>a`,
    '<p title="&quot;onclick=&quot;alert(1)">a</p>',
  ],
  ['text with less-than signs', 'a < b <c', 'a &lt; b'],
])('%s becomes well-formed', (_what, html, expected) => {
  expect(clean(html)).toEqual(expected);
});

test('tags that meet when one between them is dropped are closed in the same pass', () => {
  const once = clean('<p>a<iframe><h1>b</h1></iframe></p>');

  expect(clean(once)).toBe(once);
});

test.each(['content', 'location', 'cookie', 'fn', 'fn1x', 'xfn1', 'fnref', 'fn1:2:3'])(
  'the id %s gets a prefix: it could clash with one of the page',
  (id) => {
    expect(clean(`<p id="${id}" name="${id}">a</p>`)).toBe(`<p id="text-${id}">a</p>`);
  },
);

test.each(['fn1', 'fn12', 'fnref1', 'fnref1:1'])('the footnote id %s is kept', (id) => {
  expect(clean(`<p id="${id}">a</p>`)).toBe(`<p id="${id}">a</p>`);
});

test.each([
  ['from the first', '<h1>a</h1><h2>b</h2>', '<h2>a</h2><h3>b</h3>'],
  ['from any other', '<h3 title="t">a</h3><h4>b</h4>', '<h2 title="t">a</h2><h3>b</h3>'],
  ['only as far as they go', '<h1>a</h1><h6>b</h6>', '<h2>a</h2><h6>b</h6>'],
  ['not when they are low enough', '<h2>a</h2><h3>b</h3>', '<h2>a</h2><h3>b</h3>'],
  ['but not in text about them', '<p>&lt;h1&gt;</p><h1>b</h1>', '<p>&lt;h1&gt;</p><h2>b</h2>'],
])('headings are lowered below the page’s own, %s', (_how, html, expected) => {
  expect(clean(html)).toBe(expected);
});

test.each([
  ['b', '/news/b'],
  ['./b?c=d#e', '/news/b?c=d#e'],
  ['../media/a.png', '/media/a.png'],
  ['../../../a', '/a'],
  ['/news/b', '/news/b'],
  ['?a=b', '/news/a-slug?a=b'],
  ['', '/news/a-slug'],
  ['#fn1', '#fn1'],
  ['https://news.example.com/b?c#d', '/b?c#d'],
  ['https://user:secret@news.example.com:443//b', '/b'],
  ['http://news.example.com/b', 'http://news.example.com/b'],
  ['//other.example/b', 'https://other.example/b'],
  ['/\\other.example/b', 'https://other.example/b'],
  ['https://other.example', 'https://other.example/'],
  [' https://other.example/a b ', 'https://other.example/a%20b'],
  ['mailto:a@example.org?subject=b', 'mailto:a@example.org?subject=b'],
  ['tel:+861234', 'tel:+861234'],
  ['b?c=1&amp;d="', '/news/b?c=1&amp;d='],
])('the link %j is stored as %j', (written, kept) => {
  expect(clean(`<a href="${written}">a</a>`)).toBe(`<a href="${kept}">a</a>`);
});

test.each([
  ['<img src="../media/a.png">', '<img src="/media/a.png" />'],
  ['<img src="mailto:a@example.org">', ''],
  [
    '<video src="a.mp4" poster="https://news.example.com/b.png"></video>',
    '<video src="/news/a.mp4" poster="/b.png" controls></video>',
  ],
  ['<video src="tel:1" poster="mailto:a@example.org"></video>', ''],
])('only what can be displayed of %s is kept', (html, expected) => {
  expect(clean(html)).toBe(expected);
});

test.each([
  ['/a.png 1x, b.png 2x', '/a.png 1x, /news/b.png 2x'],
  ['a.png, https://other.example/b.png 640w', '/news/a.png, https://other.example/b.png 640w'],
  ['a.png 1x', '/news/a.png 1x'],
  [' /a.png\n1x ,/b.png  2x', '/a.png 1x, /b.png 2x'],
  ['https://news.example.com/a,b.png 1x', '/a,b.png 1x'],
  ['javascript:alert(1) 1x, /b.png 2x', '/b.png 2x'],
  ['/a.png huge, /b.png 1.5x, /c.png 1x 2x', '/b.png 1.5x'],
])('the srcset %j is stored as %j', (written, kept) => {
  expect(clean(`<img src="/a" srcset="${written}">`)).toBe(`<img src="/a" srcset="${kept}" />`);
});

test('no srcset writes to the console', () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();

  clean('<img src="/a" srcset="/b 1x 2x, /c huge, /d -1w, /e">');

  expect(log).not.toHaveBeenCalled();
});

test.each([
  '<a href="/a" hreflang="zh" title="b">c</a>',
  '<abbr title="a">b</abbr>',
  '<blockquote><p>a</p></blockquote>',
  '<details open><summary>a</summary>b</details>',
  '<figure><img src="/a" alt="b" width="1" height="2" /><figcaption>c</figcaption></figure>',
  '<p lang="ar" dir="rtl">a</p>',
  '<picture><source srcset="/a 1x" type="image/webp" media="print" /><img src="/b" /></picture>',
  '<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>',
  '<table><caption>a</caption><tr><th scope="row" colspan="2">b</th><td rowspan="2">c</td></tr></table>',
  '<time datetime="2026-01-02">a</time>',
  '<video src="/a" poster="/b" controls loop muted></video>',
  '<code class="language-c++">a</code>',
])('%s is kept unchanged', (html) => {
  expect(clean(html)).toBe(html);
});

test.each([
  ['<p class="lead">a</p>', '<p>a</p>'],
  ['<code class="x language-js y">a</code>', '<code class="language-js">a</code>'],
  [
    '<table><tr><td class="skip right">a</td></tr></table>',
    '<table><tr><td class="right">a</td></tr></table>',
  ],
  ['<sup class="skip">a</sup>', '<sup>a</sup>'],
  ['<a class="skip footnote-backref">a</a>', '<a class="footnote-backref">a</a>'],
  ['<section class="footnotes site">a</section>', '<section class="footnotes">a</section>'],
])('only classes that the site uses are kept: %s', (html, expected) => {
  expect(clean(html)).toBe(expected);
});
