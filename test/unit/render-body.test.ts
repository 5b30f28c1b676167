import { expect, test } from 'vitest';
import { TooLargeError } from '../../functions/article/fault.ts';
import { maxBodyBytes } from '../../functions/article/render-body.ts';
import { faultsOf, render } from '../support/rendered-body.ts';

test.each([
  ['emphasis', '*a* **b** `c`', '<p><em>a</em> <strong>b</strong> <code>c</code></p>'],
  ['a heading one level below the page’s', '# a\n\n## b', '<h2 id="text-a">a</h2>\n<h3 id="text-b">b</h3>'],
  ['a link', '[a](/news/b "t")', '<p><a href="/news/b" title="t">a</a></p>'],
  ['an image', '![a](/media/a.png)', '<p><img src="/media/a.png" alt="a" /></p>'],
  ['inline HTML', 'a <b>c</b>', '<p>a <b>c</b></p>'],
  ['a quotation', '> a', '<blockquote>\n<p>a</p>\n</blockquote>'],
  ['a numbered list', '3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'],
  [
    'fenced code with its language',
    '```js\nif (a < b) "c";\n```',
    '<pre><code class="language-js">if (a &lt; b) "c";\n</code></pre>',
  ],
  [
    'a table with its alignment',
    '| a | b | c |\n| :- | :-: | -: |\n| 1 | 2 | 3 |',
    [
      '<table>\n<thead>\n<tr>\n<th>a</th>\n<th class="center">b</th>\n<th class="right">c</th>\n</tr>\n</thead>',
      '<tbody>\n<tr>\n<td>1</td>\n<td class="center">2</td>\n<td class="right">3</td>\n</tr>\n</tbody>\n</table>',
    ].join('\n'),
  ],
  [
    'a second reference to a footnote, with the same number',
    'a[^1] c[^1]\n\n[^1]: b',
    [
      '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> ' +
        'c<sup class="footnote-ref"><a href="#fn1" id="fnref1:1">[1]</a></sup></p>',
      '<hr />',
      '<section class="footnotes">',
      '<ol>',
      '<li id="fn1"><p>b <a href="#fnref1" class="footnote-backref">↩︎</a> <a href="#fnref1:1" class="footnote-backref">↩︎</a></p>',
      '</li>',
      '</ol>',
      '</section>',
    ].join('\n'),
  ],
  [
    'a footnote with links both ways',
    'a[^n]\n\n[^n]: b',
    [
      '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>',
      '<hr />',
      '<section class="footnotes">',
      '<ol>',
      '<li id="fn1"><p>b <a href="#fnref1" class="footnote-backref">↩︎</a></p>',
      '</li>',
      '</ol>',
      '</section>',
    ].join('\n'),
  ],
])('Markdown renders %s', (_what, markdown, html) => {
  expect(render({ markdown })).toBe(html);
});

test.each([
  ['one line', '<p>one line</p>'],
  ['two\nlines', '<p>two<br />lines</p>'],
  ['\n\none\n \nanother\n\n', '<p>one</p>\n<p>another</p>'],
  ['<b> & "c" *d* [e](f)', '<p>&lt;b&gt; &amp; "c" *d* [e](f)</p>'],
  ['', ''],
])('the plain text %j becomes paragraphs with every markup character escaped', (text, html) => {
  expect(render({ text })).toBe(html);
});

test.each(['markdown', 'html', 'text'])('a %s may have 1 MB in UTF-8', (kind) => {
  const long = '中'.repeat(maxBodyBytes / 3 - 10);

  expect(render({ [kind]: long })).toContain(long);
  expect(() => render({ [kind]: `${long}${'中'.repeat(11)}` })).toThrow(
    new TooLargeError('The body has 1,000,002 bytes; at most 1,000,000 are allowed'),
  );
});

test.each([
  ['a comment', '<!--', '-->'],
  ['an attribute', '<i title="', '"></i>'],
  ['a script', '<script>', '</script>'],
])('closing tags within %s do not count', (_where, before, after) => {
  const html = `${'<b>'.repeat(900)}${before}${'</b>'.repeat(900)}${after}`.repeat(2);

  expect(faultsOf({ html })).toEqual([{ pointer: '/html', message: 'leaves more than 1,000 tags open' }]);
});

test.each([
  ['inline notes', '^[a]'.repeat(1001)],
  ['notes below the text', notes(1001)],
])('over 1,000 footnotes are refused, as %s: they would take minutes', (_how, markdown) => {
  expect(faultsOf({ markdown })).toEqual([
    { pointer: '/markdown', message: 'has 1,001 footnotes; at most 1,000 are allowed' },
  ]);
});

function notes(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `[^${index}]`);
  return [...names, '', ...names.map((name) => `${name}: b`)].join('\n');
}

test('stacks of combining marks are refused, even spelled as references', () => {
  expect(faultsOf({ html: `<p>a${'&#768;'.repeat(31)}</p>` })).toEqual([
    {
      pointer: '/html',
      message:
        'contains the character U+0300 at position 5, where one letter carries more than 30 combining marks',
    },
  ]);
});

test.each([
  ['html', { html: 'a&#11;b' }, 'U+000B'],
  ['html', { html: '<p title="&#x1F;">a' }, 'U+001F'],
  ['markdown', { markdown: '<p>a&#127;b</p>' }, 'U+007F'],
  ['markdown', { markdown: '<p title="&#xFFFE;">a</p>' }, 'U+FFFE'],
])('a forbidden character is refused if a reference in %s spells it', (kind, body, name) => {
  expect(faultsOf(body)).toEqual([
    { pointer: `/${kind}`, message: expect.stringContaining(`contains the character ${name}`) },
  ]);
});

test('line ends become \\n, even spelled as references', () => {
  expect(render({ html: '<pre>a&#13;&#10;b&#13;c</pre>' })).toBe('<pre>a\nb\nc</pre>');
});

test('characters spelled as references are composed', () => {
  expect(render({ html: '<p title="e&#769;">e&#769;</p>' })).toBe('<p title="é">é</p>');
});

test('a tag is not composed with the text after it', () => {
  const stroke = '\u0338';

  expect(render({ html: '<p>&#824; onclick=alert(1) </p>' })).toBe(`<p>${stroke} onclick=alert(1) </p>`);
  expect(render({ markdown: '&#824; onclick=alert(1)' })).toBe(`<p>${stroke} onclick=alert(1)</p>`);
});
