import { expect, test } from 'vitest';
import { rewriteHtml, rewriteMarkdown } from '../../infra/tools/import/rewrite-body.ts';

/** What is linked becomes /L, what is shown /S, followed by its address; other sites' addresses stay. */
const rewrite = async (written: string, use: 'shown' | 'linked') =>
  written.includes('//else') ? written : `/${use === 'shown' ? 'S' : 'L'}${written}`;

test.each([
  ['<p>a <a class=x href="/1">b</a></p>', '<p>a <a class="x" href="/L/1">b</a></p>'],
  ['<A HREF=/1>b</A>', '<a href="/L/1">b</A>'],
  ['<a title="&lt;&quot;" href="/?p=1&amp;q=2">', '<a title="&lt;&quot;" href="/L/?p=1&amp;q=2">'],
  ['<img src=\'/1.png\' alt="x" width=30 height=20>', '<img src="/S/1.png" alt="x">'],
  [
    '<img src="/1-300.png" srcset="/1-300.png 300w, /1.png 1200w,/1-600.png 600w" sizes="9px">',
    '<img src="/S/1.png">',
  ],
  ['<img src="/spacer.gif" data-src="/1.png" data-id="7">', '<img src="/S/1.png">'],
  [
    '<picture><source srcset="/1.webp 2x"><img src="/1.png"></picture>',
    '<picture><img src="/S/1.png"></picture>',
  ],
  ['<video poster="/1.png" src="/1.mp4">', '<video poster="/S/1.png" src="/L/1.mp4">'],
  ['<a href="https://else/1"  >b</a><img src="//else/1.png" srcset="//else/2.png 2x">', undefined],
  ['<a name="x">/1</a> &amp; <!-- <a href="/1"> --> < <b', undefined],
  ['<pre>&lt;a href="/1"&gt;</pre><a href="">', undefined],
  ['<constructor>a</constructor>', undefined],
])('writes %s anew', async (html, expected = html) => {
  expect(await rewriteHtml(html, rewrite)).toBe(expected);
});

test.each([
  ['[a](/1) [b](</1 2> "t") [c]( /1 \'t\')', '[a](/L/1) [b](</L/1 2> "t") [c]( /L/1 \'t\')'],
  ['![a](/1(2).png) [![b](/1.png)](/2)', '![a](/S/1(2).png) [![b](/S/1.png)](/L/2)'],
  ['[a][b]\n\n[b]: /1 "t"\n[c]: </1 2>\n[^d]: /1', '[a][b]\n\n[b]: /L/1 "t"\n[c]: </L/1 2>\n[^d]: /1'],
  ['See <https://old/a_b>.', 'See [https://old/a\\_b](/Lhttps://old/a_b).'],
  ['<a href="/1">b</a>', '<a href="/L/1">b</a>'],
  ['`[a](/1)` ``[a](/1)` [b](/1)`` [c](/1)', '`[a](/1)` ``[a](/1)` [b](/1)`` [c](/L/1)'],
  [
    '```\n[a](/1)\n<a href="/1">\n```\n\n    [a](/1)\n\n[b](/1)',
    '```\n[a](/1)\n<a href="/1">\n```\n\n    [a](/1)\n\n[b](/L/1)',
  ],
  ['- a\n\n  [b](/1)\n\n      [code](/1)', '- a\n\n  [b](/L/1)\n\n      [code](/1)'],
  ['A ` alone.\n\n[a](/1) `', 'A ` alone.\n\n[a](/L/1) `'],
  ['[a](https://else/1) <https://else/2> [x] (/1)', undefined],
])('writes %j anew', async (markdown, expected = markdown) => {
  expect(await rewriteMarkdown(markdown, rewrite)).toBe(expected);
});
