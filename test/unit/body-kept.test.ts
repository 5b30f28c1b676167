import { expect, test } from 'vitest';
import { renderBody } from '../../functions/article/render-body.ts';

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };

const html = (html: string) => renderBody({ html }, place).html;
const markdown = (markdown: string) => renderBody({ markdown }, place).html;
const removed = (html: string) => renderBody({ html }, place).removed.map(({ element }) => element);

test.each([
  '',
  ' ',
  '#',
  '#a',
  '?',
  '?a=b',
  '.',
  './',
  '/',
  '/news',
  '/news/a-slug',
  '/news/a-slug#a',
  '/news/a-slug?a',
  '/news/a-slug/',
  '/author/a',
  '/language/en',
  '/corrections',
  'about:blank',
])('the address %j shows no picture and plays nothing: a browser would open a page again', (url) => {
  expect(html(`<p>a</p><img src="${url}" alt="x">`)).toBe('<p>a</p>');
  expect(html(`<p>a</p><img src="https://news.example.com/news/a-slug">`)).toBe('<p>a</p>');
  expect(html(`a<img src="/b.png" srcset="${url} 2x, /c.png 3x">`)).not.toContain('2x');
  expect(html(`<picture><source srcset="${url}"><img src="/b.png"></picture>`)).toBe(
    '<picture><img src="/b.png" /></picture>',
  );
  for (const tag of ['video', 'audio']) {
    expect(html(`<p>a</p><${tag} src="${url}"></${tag}>`)).toBe('<p>a</p>');
    expect(html(`<p>a</p><${tag}><source src="${url}"></${tag}>`)).toBe('<p>a</p>');
  }
  expect(html(`<p>a</p><video src="/b.mp4" poster="${url}"></video>`)).not.toContain('poster');
  expect(html(`<video src="/b.mp4"><track src="${url}"></video>`)).not.toContain('track');
  for (const tag of ['iframe src', 'embed src', 'object data', 'frame src'])
    expect(html(`<p>a</p><${tag}="${url}">`)).toBe('<p>a</p>');
  expect(removed(`<img src="${url}">`)).toEqual(['img']);
});

const formula = '<mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>';

test.each([
  [
    `<math><semantics>${formula}<annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math>`,
    `<math><mrow>${formula}</mrow></math>`,
  ],
  [
    `<math display="block" onclick="a" href="b" style="c">${formula}</math>`,
    `<math display="block">${formula}</math>`,
  ],
  [`<mml:math><mml:mi>x</mml:mi></mml:math>`, '<math><mi>x</mi></math>'],
  [
    `<span class="katex"><span class="katex-mathml"><math>${formula}</math></span><span class="katex-html" aria-hidden="true">E=mc2</span></span>`,
    `<math>${formula}</math>`,
  ],
  [
    '<math><mfenced><mi>a</mi><mn>2</mn></mfenced></math>',
    '<math><mrow><mo>(</mo><mi>a</mi><mo>,</mo><mn>2</mn><mo>)</mo></mrow></math>',
  ],
  ['<math alttext="x^2"><apply><power/><ci>x</ci><cn>2</cn></apply></math>', '<code>x^2</code>'],
  [
    '<p>a <math><mtext><p>b</p><img src="/a.png"><script>c</script>d</mtext></math></p>',
    '<p>a <math><mtext>d</mtext></math></p>',
  ],
  ['<mi>x</mi><mn>2</mn>', 'x2'],
  [
    '<div class="MathJax_Display"><span class="MathJax" data-mathml="&lt;math&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;/math&gt;"><nobr>x2</nobr></span></div><script type="math/tex">x</script>',
    '<div><math><mi>x</mi></math></div>',
  ],
  [
    '<mjx-container><mjx-math>x</mjx-math><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container>',
    '<math><mi>x</mi></math>',
  ],
  [
    '<math><mi>x</mi></math><img src="/x.svg" class="mwe-math-fallback-image-inline">',
    '<math><mi>x</mi></math>',
  ],
  ['<script type="math/tex; mode=display">x^2</script>', '<code>x^2</code>'],
  ['<script type="math/mml"><math><mi>x</mi></math></script>', '<math><mi>x</mi></math>'],
  ['<math><maction selection="2"><mi>a</mi><mi>b</mi></maction></math>', '<math><mi>b</mi></math>'],
])('presentation MathML is kept, and nothing else of a formula: %s', (written, kept) => {
  expect(html(written)).toBe(kept);
});

test.each([
  ['<p>Before <svg><title>Icon</title><text>LABEL</text></svg> after</p>', '<p>Before  after</p>'],
  ...[
    'button',
    'select',
    'textarea',
    'datalist',
    'template',
    'dialog',
    'canvas',
    'output',
    'progress',
    'meter',
    'noframes',
  ].map((tag) => [`a<${tag}><option>b</option></${tag}> c`, 'a c']),
  ['<button>Copy</button><label>Mail</label><label>Post</label>', 'Mail  Post'],
  [
    '<article><header>Port Authority</header><address>7 Quay</address><aside>Pull quote</aside></article>',
    '<div><div>Port Authority</div><div>7 Quay</div><div>Pull quote</div></div>',
  ],
  ['<menu><li>m</li></menu>', '<ul><li>m</li></ul>'],
  ['<dir><li>m</li></dir>', '<ul><li>m</li></ul>'],
  ['<li>a</li><li>b</li>', '<div>a</div><div>b</div>'],
  ['<td>a</td><td>b</td>', '<div>a</div><div>b</div>'],
  ['<figcaption>a</figcaption><summary>b</summary>', '<div>a</div><div>b</div>'],
  ['<fieldset><legend>a</legend><nav>b</nav></fieldset>', '<div><p>a</p><div>b</div></div>'],
  [
    '<div class="wp-caption"><img src="/a.png"><p class="wp-caption-text">a</p></div>',
    '<figure><img src="/a.png" /><figcaption>a</figcaption></figure>',
  ],
  ['<img class="emoji" alt="🚢" src="https://s.w.org/1f6a2.png">', '🚢'],
  [
    '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">a</h4></div><div><p>b</p></div></div>',
    '<details><summary>a</summary><div><p>b</p></div></details>',
  ],
  ['<xmp>a</xmp><strike>b</strike><tt>c</tt>', '<pre>a</pre><s>b</s><code>c</code>'],
])('words stay apart, and no controls are left: %s', (written = '', kept = '') => {
  expect(html(written)).toBe(kept);
});

test.each([
  [
    '<span lang="fr">a</span> <span class="x">b</span> <span lang="ar" dir="rtl">c</span>',
    '<span lang="fr">a</span> b <span lang="ar" dir="rtl">c</span>',
  ],
  ['<font lang="fr">a</font><i xml:lang="de">b</i>', '<span lang="fr">a</span><i lang="de">b</i>'],
])('a language and a direction are kept: %s', (written, kept) => {
  expect(html(written)).toBe(kept);
});

test.each([
  [
    '<a href="#tariffs">a</a><h2 id="tariffs">b</h2>',
    '<a href="#text-tariffs">a</a><h2 id="text-tariffs">b</h2>',
  ],
  ['<a href="#a">a</a><a name="a"></a>', '<a href="#text-a">a</a><a id="text-a"></a>'],
  ['<a href="/news/a-slug#b">a</a><p id="b">b</p>', '<a href="#text-b">a</a><p id="text-b">b</p>'],
  ['<a href="#%E6%B8%AF">a</a><p id="港">b</p>', '<a href="#text-%E6%B8%AF">a</a><p id="text-港">b</p>'],
  ['<p id="a">1</p><p id="a">2</p>', '<p id="text-a">1</p><p id="text-a-1">2</p>'],
  [
    '<a href="#m">a</a><math id="m"><mi>x</mi></math>',
    '<a href="#text-m">a</a><math id="text-m"><mi>x</mi></math>',
  ],
  [
    '<table><tr><th id="h">a</th></tr><tr><td headers="h x">b</td></tr></table>',
    '<table><tr><th id="text-h">a</th></tr><tr><td headers="text-h">b</td></tr></table>',
  ],
  ['<a href="#top">a</a>', '<a href="#top">a</a>'],
  ['<a href="#a b">a</a><p id="a b">b</p>', '<a href="#text-a-b">a</a><p id="text-a-b">b</p>'],
  [
    '<a href="#f">a</a><iframe id="f" src="https://v.example/1" title="F"></iframe>',
    '<a href="#text-f">a</a><p><a href="https://v.example/1" id="text-f">F</a></p>',
  ],
])('links within the article lead to ids under a prefix: %s', (written, kept) => {
  const body = renderBody({ html: written }, place);

  expect(body.html).toBe(kept);
  expect(body.lost).toEqual([]);
});

test('headings of Markdown have ids of their words, or the one that they name', () => {
  expect(
    markdown(
      '[x](#section-a)\n\n## Section A\n\n## Section A\n\n## 港口: `a`!\n\n## B {#own}\n\n## C {: #kramdown .x}',
    ),
  ).toBe(
    [
      '<p><a href="#text-section-a">x</a></p>',
      '<h2 id="text-section-a">Section A</h2>',
      '<h2 id="text-section-a-1">Section A</h2>',
      '<h2 id="text-港口-a">港口: <code>a</code>!</h2>',
      '<h2 id="text-own">B</h2>',
      '<h2 id="text-kramdown">C</h2>',
    ].join('\n'),
  );
  expect(renderBody({ markdown: '[x](#gone) [y](#%)' }, place).lost).toEqual(['gone', '%']);
});

test.each([
  ['sponsored nofollow', 'sponsored nofollow'],
  ['license', 'license'],
  ['UGC external', 'ugc external'],
  ['me author tag', 'me author tag'],
  ['noopener stylesheet x', 'noopener'],
  ['nofollow,sponsored', 'nofollow sponsored'],
])('of rel="%s" the known tokens are kept', (rel, kept) => {
  expect(html(`<a href="/a" rel="${rel}">a</a>`)).toBe(`<a href="/a" rel="${kept}">a</a>`);
});

const gif = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

test.each([
  `<img src="${gif}" data-src="https://i.example/b.jpg" alt="B">`,
  ...[
    'data-lazy-src',
    'data-original',
    'data-lazy',
    'data-actualsrc',
    'data-echo',
    'data-full-src',
    'data-image',
    'data-cfsrc',
    'data-src-retina',
    'lazy-src',
    'file',
  ].map((name) => `<img src="/blank.gif" ${name}="https://i.example/b.jpg" alt="B">`),
  ...[
    '/img/1x1.png',
    'https://x.example/spacer.gif?1',
    '/placeholder.svg',
    '/a/lazy-placeholder.png',
    '/s.gif',
    '/b.jpg?w=9&blur=9',
  ].map((src) => `<img src="${src}" data-src="https://i.example/b.jpg" alt="B">`),
  '<img class="lazyload" src="/small.jpg" data-src="https://i.example/b.jpg" alt="B">',
  '<img class="lqip" src="/small.jpg" data-src="https://i.example/b.jpg" alt="B">',
  '<amp-img src="https://i.example/b.jpg" alt="B"></amp-img>',
  '<img alt="B" data-srcset="https://i.example/b.jpg">',
  `<a><img src="${gif}" data-src="https://i.example/b.jpg" alt="B"></a><noscript><img src="/c.jpg"></noscript>`,
  `<img src="${gif}" alt="B"><noscript><img src="https://i.example/b.jpg" alt="B"></noscript>`,
  '<noscript><img src="https://i.example/b.jpg" alt="B"></noscript>',
  '<noscript><img src="/c.jpg"></noscript><img src="" data-src="https://i.example/b.jpg" alt="B">',
])('a lazy picture is there: %s', (written) => {
  const kept = html(written);

  expect(kept).toMatch(/^(?:<a>)?<img [^>]*src="https:\/\/i\.example\/b\.jpg"[^>]* \/>(?:<\/a>)?$/);
  expect(kept).toContain('alt="B"');
});

test('a picture of its own stays, and one within the text is named', () => {
  expect(html('<img src="/a.jpg" data-src="/b.jpg">')).toBe('<img src="/a.jpg" />');
  expect(html('<img src="/moving.gif" data-pin-media="/b.jpg">')).toBe('<img src="/moving.gif" />');
  expect(renderBody({ html: `<p>a</p>\n<img src="${gif}">` }, place).removed).toEqual([
    {
      element: 'img',
      line: 2,
      reason: 'has its picture within the text, not in a file: nothing can be shown',
    },
  ]);
});

test.each([
  [
    '**重要：**请注意。这是**「重点」**内容。',
    '<p><strong>重要：</strong>请注意。这是<strong>「重点」</strong>内容。</p>',
  ],
  ['これは**「重要」**です。*（注）*文', '<p>これは<strong>「重要」</strong>です。<em>（注）</em>文</p>'],
  ['이것은 **"강조(强調)"**입니다', '<p>이것은 <strong>"강조(强調)"</strong>입니다</p>'],
  ['a**b**c snake_case_name', '<p>a<strong>b</strong>c snake_case_name</p>'],
])('emphasis beside the marks of Chinese, Japanese and Korean: %s', (written, kept) => {
  expect(markdown(written)).toBe(kept);
});

test.each([
  '<td align="right">1</td>',
  '<td style="color:red; TEXT-ALIGN : right;">1</td>',
  '<td style="text-align:end">1</td>',
  '<td class="has-text-align-right">1</td>',
  '<td class="text-right">1</td>',
])('a cell is aligned however that is written: %s', (cell) => {
  expect(html(`<table><tr>${cell}</tr></table>`)).toBe('<table><tr><td class="right">1</td></tr></table>');
});

test('cells are aligned as their row, unless they say otherwise', () => {
  expect(
    html('<table><tr align="right"><th>1</th><td align="left">2</td><td align="center">3</td></tr></table>'),
  ).toBe('<table><tr><th class="right">1</th><td>2</td><td class="center">3</td></tr></table>');
});

test.each([
  ['<figure><img src=""><figcaption>A</figcaption></figure>', ''],
  ['<figure></figure><p>a</p>', '<p>a</p>'],
  ['<a href="/b"><img src="#"></a><p><img></p>', ''],
  ['<picture><source srcset="/a.webp"></picture>', ''],
  [
    '<table><tr><td class="player" data-url="https://a.example"></td><td>b</td></tr></table>',
    '<table><tr><td></td><td>b</td></tr></table>',
  ],
  [
    '<figure><blockquote>q</blockquote><figcaption>A</figcaption></figure>',
    '<figure><blockquote>q</blockquote><figcaption>A</figcaption></figure>',
  ],
])('what would be left empty goes: %s', (written, kept) => {
  expect(html(written)).toBe(kept);
});

test.each([
  ['<nav>x</nav><h1>The  harbour &amp; I</h1><p>a</p>', '<div>x</div><p>a</p>'],
  ['<h1>Other</h1><p>a</p>', '<h2>Other</h2><p>a</p>'],
  ['<h1>The</h1><p>a</p>', '<h2>The</h2><p>a</p>'],
])('a title that the text repeats stands there once: %s', (written, kept) => {
  for (const title of ['The harbour & I', 'The harbour & I – Port Post', 'The harbour & I | Port Post'])
    expect(renderBody({ html: written }, { ...place, title }).html).toBe(kept);
});

test('what is left out is named with its line, in HTML and in Markdown', () => {
  const iframe = '<iframe src="https://v.example/1" title="F">x</iframe>';
  const text = `<p>a</p>\n\n${iframe}\n\n<style>b</style>\n<script async src="//p.example/w.js"></script>\n<audio></audio>`;
  const named = [
    { element: 'iframe', line: 3, reason: 'a link to https://v.example/1 stands in its place' },
    { element: 'style', line: 5, reason: 'articles are shown in the style of the site' },
    { element: 'script', line: 6, reason: 'articles run no scripts (//p.example/w.js)' },
    { element: 'audio', line: 7, reason: 'has no address: nothing can be played' },
  ];

  expect(renderBody({ html: text }, place).removed).toEqual(named);
  expect(renderBody({ markdown: text.replace('<p>a</p>', '*a*') }, place).removed).toEqual(named);
  expect(renderBody({ markdown: `a\n\n![b](data:image/gif;base64,AA==)` }, place).removed).toMatchObject([
    { element: 'img' },
  ]);
  expect(renderBody({ html: '<p class="a" style="b" onclick="c">a</p>' }, place).removed).toEqual([]);
});

test.each([
  ['<div style="background-image: url(/a.jpg)">a</div>', '<div>a</div>', 'div'],
  ['<model-viewer src="a.glb"></model-viewer>', '', 'model-viewer'],
  ['<bgsound src="a.mp3">', '', 'bgsound'],
  ['<div class="acme-widget"></div>a', 'a', 'div'],
  ['<gallery-x id="g" />a', '<span id="text-g"></span>a', 'gallery-x'],
  ['<iframe src="javascript:a" /><p>a</p>', '<p>a</p>', 'iframe'],
  ['<math><mlongdiv><mn>3</mn></mlongdiv><mi>x</mi></math>', '<math><mi>x</mi></math>', 'mlongdiv'],
])('nothing goes without a word: %s', (written, kept, element) => {
  expect(html(written)).toBe(kept);
  expect(removed(written)).toEqual([element]);
});

test('of very many, the first hundred are named', () => {
  const { removed } = renderBody({ html: '<style></style>'.repeat(5_100) }, place);

  expect(removed).toHaveLength(101);
  expect(removed.at(-1)).toEqual({ element: 'others', reason: '5,000 more were left out' });
});

test('a block that WordPress fills itself is named; the comments around others are not', () => {
  const blocks = `<!-- wp:paragraph -->
<p>Text.</p>
<!-- /wp:paragraph -->
<!-- wp:latest-posts {"postsToShow":3} /-->
<!-- wp:acme/map /--><!-- a note / --><!--more-->`;
  const reason = 'WordPress fills it when it shows the page: its text is not in here';

  expect(renderBody({ html: blocks }, place)).toMatchObject({
    html: expect.stringMatching(/^<p>Text\.<\/p>\s*$/),
    removed: [
      { element: 'wp:latest-posts', line: 4, reason },
      { element: 'wp:acme/map', line: 5, reason },
    ],
  });
});
