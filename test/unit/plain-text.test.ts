import { expect, test } from 'vitest';
import { plainText } from '../../functions/article/body-html.ts';
import { renderBody } from '../../functions/article/render-body.ts';

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
])('reads %j as %j', (html, text) => {
  expect(plainText(html)).toBe(text);
});

test('leaves out the marks of footnotes and the notes', () => {
  const html = renderBody(
    { markdown: 'A claim[^1] stands.\n\n[^1]: Its proof.' },
    { baseUrl: 'https://news.example.com', slug: 'a' },
  );

  expect(plainText(html)).toBe('A claim stands.');
});
