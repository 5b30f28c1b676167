import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderBody } from '../../functions/article/render-body.ts';
import { addFile } from '../../infra/tools/import/wordpress/site-facts.ts';
import { textOfPost } from '../../infra/tools/import/wordpress/text-of-post.ts';

import { expectLinear } from '../support/growth/measure.ts';

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };
const media = 'https://quay.example/wp-content/uploads/2019/05';

function attachment(id: string, file: string, more: { alt?: string; caption?: string; title?: string } = {}) {
  return { id, url: `${media}/${file}`, alt: undefined, caption: undefined, title: undefined, ...more };
}

const files = [
  attachment('31', 'quay.jpg', { alt: 'A quay', caption: 'The quay' }),
  attachment('32', 'rope.png'),
  attachment('33', 'horn.mp3', { title: 'The horn' }),
];
const facts = {
  home: 'https://quay.example',
  attachments: new Map(files.map((file) => [file.id, file])),
  files: new Map<string, ReturnType<typeof attachment>>(),
  uploads: new Map([['7', files.slice(0, 2)]]),
  blocks: new Map([
    ['50', '<!-- wp:paragraph --><p>Write to us.</p><!-- /wp:paragraph -->'],
    ['51', '<!-- wp:block {"ref":52} /-->'],
    ['52', '<!-- wp:block {"ref":51} /-->'],
    ...Array.from({ length: 9 }, (_, level): [string, string] => [
      String(60 + level),
      `<!-- wp:block {"ref":${level === 8 ? 50 : 61 + level}} /-->`.repeat(10),
    ]),
  ]),
};

for (const file of files) addFile(facts.files, file);

const blocks = 'blockquote|details|div|figcaption|figure|h2|li|ol|p|pre|section|summary|table|tbody|td|tr|ul';

/** As readers see it: what the site makes of it must be what was meant. */
function read(content: string, footnotes?: string) {
  const { html, notes } = textOfPost(content, { id: '7', facts, footnotes });
  const clean = renderBody({ html }, place).html.replace(/\s+/g, ' ').replaceAll(' />', '>');
  return { html: clean.replace(new RegExp(` ?(</?(?:${blocks})\\b[^>]*>) ?`, 'g'), '$1'), notes };
}

test.each([
  ['empty lines part paragraphs', 'One\n\nTwo\r\n\r\n\r\nThree', '<p>One</p><p>Two</p><p>Three</p>'],
  ['other line ends break the line', 'One\ntwo<br />\nthree', '<p>One<br> two<br> three</p>'],
  ['two breaks part paragraphs', 'One<br /><br />two', '<p>One</p><p>two</p>'],
  ['a paragraph that is one stays so', '<p>One\ntwo</p>\n\nThree', '<p>One<br> two</p><p>Three</p>'],
  [
    'a list keeps its form',
    'One\n<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>\nTwo',
    '<p>One</p><ul><li>a</li><li>b<br> c</li></ul><p>Two</p>',
  ],
  ['headings are on their own', '<h2>Head</h2>\nText', '<h2>Head</h2><p>Text</p>'],
  [
    'what an older gallery lists stays apart',
    '<!-- wp:gallery --><ul><li>Fog</li><li>horn</li></ul><!-- /wp:gallery -->',
    'Fog horn',
  ],
  [
    'an empty paragraph goes, and the words around it stay apart',
    '<!-- wp:heading -->\n<h2>Fog<p></p>horn</h2>\n<!-- /wp:heading -->',
    '<h2>Fog horn</h2>',
  ],
  [
    'quotations hold paragraphs',
    '<blockquote>One\n\nTwo</blockquote>',
    '<blockquote><p>One</p><p>Two</p></blockquote>',
  ],
  ['a box of one line holds no paragraph', '<div class="box">One</div>', '<div>One</div>'],
  ['a box of several holds paragraphs', '<div>One\n\nTwo</div>', '<div><p>One</p><p>Two</p></div>'],
  ['code stays to the letter', '<pre>a\n\n  b</pre>\nText', '<pre>a b</pre><p>Text</p>'],
  [
    'a table keeps its form',
    '<table>\n<tr>\n<td>1</td>\n\n<td>2</td>\n</tr>\n</table>',
    '<table><tr><td>1</td><td>2</td></tr></table>',
  ],
  [
    'pages and the rest of a teaser go on',
    'One<!--more Go on-->\nTwo<!--nextpage-->Three',
    '<p>One</p><p>Two</p><p>Three</p>',
  ],
  ['empty paragraphs are none', 'One\n\n&nbsp;\n\nTwo', '<p>One</p><p>Two</p>'],
  ['emphasis goes on', '<em>One\n\ntwo</em> three', '<p><em>One</em></p><p><em>two</em> three</p>'],
  [
    'a picture is a paragraph',
    '<img src="/a.jpg" alt="A">\n\nText',
    '<p><img src="/a.jpg" alt="A"></p><p>Text</p>',
  ],
  ['a link around a heading', '<a href="/x">\n<h3>Head</h3>\n</a>', '<a href="/x"><h2>Head</h2></a>'],
  [
    'an address alone on its line',
    'See\nhttps://vimeo.com/12\nthere',
    '<p>See</p><p><a href="https://vimeo.com/12">vimeo.com/12</a></p><p>there</p>',
  ],
  ['an address in a line', 'See https://vimeo.com/12 there', '<p>See https://vimeo.com/12 there</p>'],
  ['a stray end', 'One</div>\n\nTwo', '<p>One</p><p>Two</p>'],
  ['a control character', 'One&#11;two&#x1F;', '<p>Onetwo</p>'],
])('classic text: %s', (_what, content, html) => {
  expect(read(content)).toEqual({ html, notes: [] });
});

const figure = (id: string) =>
  id === '31'
    ? `<figure><img src="${media}/quay.jpg" alt="A quay"><figcaption>The quay</figcaption></figure>`
    : `<figure><img src="${media}/rope.png" alt=""></figure>`;

test.each([
  [
    'captions are figures',
    `[caption id="attachment_31" width="300"]<a href="https://quay.example/x/" rel="attachment wp-att-31"><img src="${media}/quay-300x200.jpg" alt="Q" width="300" height="200" /></a> The <em>old</em> quay[/caption]\nText`,
    `<figure><a href="${media}/quay.jpg"><img src="${media}/quay.jpg" alt="Q"></a><figcaption>The <em>old</em> quay</figcaption></figure><p>Text</p>`,
    [],
  ],
  [
    'captions of old posts stand in an attribute',
    '[caption caption="Old &amp; grey"]<img src="/a.jpg" alt="">[/caption]',
    '<figure><img src="/a.jpg" alt=""><figcaption>Old &amp; grey</figcaption></figure>',
    [],
  ],
  [
    'galleries are figures',
    'A\n\n[gallery ids="32,31" columns=2]\n\nB',
    `<p>A</p>${figure('32')}${figure('31')}<p>B</p>`,
    [],
  ],
  ['a gallery without numbers has the pictures of the post', '[gallery exclude=32]', figure('31'), []],
  ['quotation marks of word processors', '[gallery ids=&#8221;32&#8243;]', figure('32'), []],
  [
    'a picture that is not there',
    '[gallery ids="32,98,99"]',
    figure('32'),
    ['a picture of a gallery is not in the export (2 times)'],
  ],
  [
    'sound',
    `[audio mp3="${media}/horn.mp3"][/audio]`,
    `<figure><audio controls src="${media}/horn.mp3"></audio></figure>`,
    [],
  ],
  [
    'lists of sounds',
    '[playlist ids="33"]',
    `<figure><audio controls src="${media}/horn.mp3"></audio><figcaption>The horn</figcaption></figure>`,
    [],
  ],
  [
    'films',
    '[video width="640" mp4="https://files.example/a.mp4" poster="/p.jpg"][/video]',
    '<figure><video controls src="https://files.example/a.mp4" poster="/p.jpg"></video></figure>',
    [],
  ],
  [
    'films elsewhere',
    '[video src="https://vimeo.com/12"]',
    '<p><a href="https://vimeo.com/12">vimeo.com/12</a></p>',
    [],
  ],
  [
    'embeds',
    '[embed width="500"]https://www.youtube.com/embed/a_1[/embed]',
    '<p><a href="https://www.youtube.com/watch?v=a_1">youtube.com/watch?v=a_1</a></p>',
    [],
  ],
  ['films by their number', '[vimeo 12]', '<p><a href="https://vimeo.com/12">vimeo.com/12</a></p>', []],
  [
    'films by the way of WordPress.com',
    '[youtube=https://youtu.be/a_1]',
    '<p><a href="https://youtu.be/a_1">youtu.be/a_1</a></p>',
    [],
  ],
  [
    'code',
    '[sourcecode language="c"]if (a < b)\n[gallery][/sourcecode]',
    '<pre><code class="language-c">if (a &lt; b) [gallery]</code></pre>',
    [],
  ],
  [
    'unknown ones go',
    'A [poll id="3"] b [poll id="4"]',
    '<p>A b</p>',
    ['the shortcode [poll] is left out (2 times)'],
  ],
  [
    'unknown ones with an underscore',
    'A [su_divider] b',
    '<p>A b</p>',
    ['the shortcode [su_divider] is left out'],
  ],
  [
    'unknown ones on a line of their own',
    'A\n\n[toc]\n\nB',
    '<p>A</p><p>B</p>',
    ['the shortcode [toc] is left out'],
  ],
  ['unknown ones that end themselves', 'A [tide /] b', '<p>A b</p>', ['the shortcode [tide] is left out']],
  [
    'unknown ones keep what they enclose',
    '[vc_row][vc_column width="1/2"]Mind the tide.[/vc_column][/vc_row]',
    '<p>Mind the tide.</p>',
    [
      'the shortcode [vc_column] is left out, its content is kept',
      'the shortcode [vc_row] is left out, its content is kept',
    ],
  ],
  [
    'buttons are links',
    '[su_button url="https://port.example/plan" size=3]The plan[/su_button]',
    '<p><a href="https://port.example/plan">The plan</a></p>',
    ['the shortcode [su_button] is a link now'],
  ],
  [
    'escaped ones are text',
    'Write [[gallery ids="1"]] or [[su_note]x[/su_note]].',
    '<p>Write [gallery ids="1"] or [su_note]x[/su_note].</p>',
    [],
  ],
  [
    'brackets are text',
    'He [sic] said [1] it [see there] [[twice]] […] [Update] [Video] [a][b] [/x]',
    '<p>He [sic] said [1] it [see there] [[twice]] […] [Update] [Video] [a][b] [/x]</p>',
    [],
  ],
  [
    'code holds none',
    '<code>[gallery]</code> <!-- [gallery] --><a href="/?a=[gallery]">a</a>',
    '<p><code>[gallery]</code> <a href="/?a=[gallery]">a</a></p>',
    [],
  ],
  [
    'what overlaps',
    '[b_a]1[b_b]2[/b_a]3[/b_b]',
    '<p>123[/b_b]</p>',
    ['the shortcode [b_b] is left out', 'the shortcode [b_a] is left out, its content is kept'],
  ],
])('shortcodes: %s', (_what, content, html, notes) => {
  expect(read(content)).toEqual({ html, notes });
});

test.each([
  [
    'a smaller size',
    `<img src="${media}/quay-300x200.jpg" srcset="${media}/quay-300x200.jpg 300w" width="300" alt="">`,
    `${media}/quay.jpg`,
  ],
  ['one that WordPress made smaller', `<img src="${media}/rope-scaled.png" alt="">`, `${media}/rope.png`],
  [
    'one that the export does not name',
    '<img src="http://quay.example/wp-content/uploads/tar-300x200.jpg" alt="">',
    'http://quay.example/wp-content/uploads/tar.jpg',
  ],
  [
    'a stranger',
    '<img src="https://files.example/tar-300x200.jpg" alt="">',
    'https://files.example/tar-300x200.jpg',
  ],
  [
    'a copy of WordPress.com',
    '<img src="https://i0.wp.com/quay.example/wp-content/uploads/2019/05/quay.jpg?resize=3" alt="">',
    `${media}/quay.jpg`,
  ],
  [
    'WordPress.com',
    '<img src="https://quay.files.wordpress.com/2019/tar.jpg?w=300" alt="">',
    'https://quay.files.wordpress.com/2019/tar.jpg',
  ],
])('pictures are shown in full size: %s', (_what, content, src) => {
  expect(read(content).html).toBe(`<p><img src="${src}" alt=""></p>`);
});

const block = (name: string, html: string, attributes = '') =>
  `<!-- wp:${name} ${attributes}-->\n${html}\n<!-- /wp:${name} -->\n\n`;

test.each([
  [
    'paragraphs',
    block('paragraph', '<p>One</p>') + block('heading', '<h2>Head</h2>'),
    '<p>One</p><h2>Head</h2>',
    [],
  ],
  [
    'classic text between them',
    `Old\ntext\n\nmore\n${block('paragraph', '<p>New</p>')}`,
    '<p>Old<br> text</p><p>more</p><p>New</p>',
    [],
  ],
  ['the classic block', block('freeform', 'Old\n\ntext'), '<p>Old</p><p>text</p>', []],
  [
    'columns give way to what is in them',
    block(
      'columns',
      `<div class="wp-block-columns">${block('column', `<div>${block('paragraph', '<p>One</p>')}</div>`)}</div>`,
    ),
    '<p>One</p>',
    [],
  ],
  ['groups with text of their own', block('group', '<div>Own</div>'), '<div>Own</div>', []],
  [
    'buttons are links',
    block(
      'buttons',
      `<div>${block('button', '<div class="wp-block-button"><a class="b" href="/plan">The plan</a></div>')}</div>`,
    ),
    '<p><a href="/plan">The plan</a></p>',
    [],
  ],
  [
    'files are links',
    block(
      'file',
      '<div class="wp-block-file"><object data="/r.pdf"></object><a href="/r.pdf">report</a><a href="/r.pdf" download>Download</a></div>',
    ),
    '<p><a href="/r.pdf">report</a></p>',
    [],
  ],
  [
    'embeds are links',
    block(
      'core-embed/youtube',
      '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=a_1\n</div><figcaption>The film</figcaption></figure>',
    ),
    '<figure><p><a href="https://www.youtube.com/watch?v=a_1">youtube.com/watch?v=a_1</a></p><figcaption>The film</figcaption></figure>',
    [],
  ],
  [
    'galleries of old posts',
    block(
      'gallery',
      '<figure class="wp-block-gallery"><ul class="g"><li class="i"><figure><img src="/a.jpg" alt=""></figure></li></ul></figure>',
    ),
    '<figure><figure><img src="/a.jpg" alt=""></figure></figure>',
    [],
  ],
  [
    'covers with their picture behind the text',
    block('cover', '<div style="background-image:url(/fog.jpg)"><p>Fog</p></div>', '{"url":"/fog.jpg"} '),
    '<p><img src="/fog.jpg" alt=""></p><div><p>Fog</p></div>',
    [],
  ],
  [
    'spaces and pages are not seen',
    `${block('spacer', '<div style="height:3px" aria-hidden="true"></div>')}${block('more', '<!--more-->')}${block('nextpage', '<!--nextpage-->')}`,
    '',
    [],
  ],
  ['shared blocks', '<!-- wp:block {"ref":50} /-->', '<p>Write to us.</p>', []],
  [
    'shared blocks that are not there',
    '<!-- wp:block {"ref":9} /-->',
    '',
    ['the shared block 9 is left out: it is not in the export'],
  ],
  [
    'shared blocks in a circle',
    '<!-- wp:block {"ref":51} /-->',
    '',
    ['the shared block 51 is left out: it holds itself, or too much'],
  ],
  [
    'lists that WordPress fills',
    '<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:latest-posts /-->',
    '',
    ['the block [latest-posts] is left out: WordPress fills it when it shows the page (2 times)'],
  ],
  [
    'links to networks',
    `<!-- wp:social-links --><ul><!-- wp:social-link {"url":"https://social.example/@q","service":"mastodon"} /--></ul><!-- /wp:social-links -->`,
    '<ul><li><a href="https://social.example/@q">mastodon</a></li></ul>',
    [],
  ],
  [
    'blocks of plugins',
    block('yoast/faq-block', '<div><strong>Why?</strong></div>') +
      block('acme/map', '<div data-lat="1"></div>'),
    '<div><strong>Why?</strong></div>',
    [
      'the block [yoast/faq-block] is kept as the HTML that it holds',
      'the block [acme/map] is left out: the text does not hold what it shows',
    ],
  ],
  ['shortcodes in blocks', block('shortcode', '[gallery ids="32"]'), figure('32'), []],
  [
    'a paragraph of nothing but a shortcode',
    block('paragraph', '<p class="a">[poll id="3"]</p>'),
    '',
    ['the shortcode [poll] is left out'],
  ],
  [
    'code in blocks',
    block('code', '<pre><code>[gallery]</code></pre>'),
    '<pre><code>[gallery]</code></pre>',
    [],
  ],
  [
    'verse',
    block('verse', '<pre class="wp-block-verse">Grey water,\n  grey wall</pre>'),
    '<pre>Grey water, grey wall</pre>',
    [],
  ],
  ['a block that never ends', '<!-- wp:group --><div><!-- wp:paragraph --><p>One</p>', '<p>One</p>', []],
])('blocks: %s', (_what, content, html, notes) => {
  expect(read(content)).toEqual({ html, notes });
});

test('notes below the text lead there and back', () => {
  const { html } = read(
    '<!-- wp:paragraph --><p>One<sup data-fn="a-1" class="fn"><a href="#a-1" id="a-1-link">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->',
    '[{"id":"a-1","content":"By <em>lead</em>"}]',
  );

  expect(html).toBe(
    '<p>One<sup class="footnote-ref"><a href="#text-a-1" id="text-a-1-link">1</a></sup></p><section class="footnotes"><ol><li id="text-a-1"><p>By <em>lead</em> <a href="#text-a-1-link" class="footnote-backref">↩</a></p></li></ol></section>',
  );
});

test('shared blocks that hold another each are followed so far', () => {
  const blocks = new Map(
    Array.from({ length: 20_000 }, (_, index) => [String(index), `<!-- wp:block {"ref":${index + 1}} /-->`]),
  );

  const { notes } = textOfPost('<!-- wp:block {"ref":0} /-->', { id: '7', facts: { ...facts, blocks } });

  expect(notes).toEqual(['the shared block 20 is left out: it holds itself, or too much']);
});

test('shared blocks that hold ten others each, and so on, are bounded', () => {
  const { html } = textOfPost('<!-- wp:block {"ref":60} /-->', { id: '7', facts });

  expect(html.length).toBeLessThan(10_000_000);
});

const repeat = (text: string) => (length: number) => text.repeat(length / text.length);

test.each([
  ['[', 400_000],
  ['[a ', 300_000],
  ['[a_b]', 200_000],
  ['[a_b][c_d]', 200_000],
  ['[/a]', 200_000],
  ['[a_b="', 300_000],
  ['[code]', 120_000],
  ['<!--more', 200_000],
  ['<a "', 200_000],
  ['<a href=\'"', 200_000],
  ['<div>', 200_000],
  ['<li>a\n\n', 140_000],
  ['</div>', 200_000],
  ['<b>a\n\n', 60_000],
  ['<pre>', 200_000],
  ['\n', 400_000],
  [' \n', 400_000],
  ['https://a\n', 200_000],
  ['&nbsp;', 200_000],
  ['<br> ', 200_000],
  ['<!-- wp:a -->', 200_000],
  ['<!-- wp:button --><a href="">', 200_000],
  ['<!-- wp:a {"b":', 200_000],
  ['<!-- wp:embed --><div class="wp-block-embed__wrapper"> ', 110_000],
])('text full of %j takes time in proportion to its length', async (text, length) => {
  await expectLinear((content) => textOfPost(content, { id: '7', facts }), repeat(text), length);
});

const pieces = [
  ...'word |<p>|</p>|<div>|</div>|<em>|</em>|<ul>|<li>|</ul>|<pre>|</pre>|<a href="/x">|</a>|<table>|<td>|<br>|<h2>|</h2>'.split(
    '|',
  ),
  ...'<blockquote>|</blockquote>|<img src="/a-30x20.jpg">|<!--more-->|<!--|-->|<|>|"|[|]|[[|]]|&amp;|&#11;|\n|\n\n'.split(
    '|',
  ),
  ...'[gallery ids="31"]|[gallery]|[caption]|[/caption]|[a_b x="1"]|[/a_b]|[embed]|https://vimeo.com/12|[/embed]|[audio src="/a.mp3"]'.split(
    '|',
  ),
  ...'<!-- wp:paragraph -->|<!-- /wp:paragraph -->|<!-- wp:group -->|<!-- /wp:group -->|<!-- wp:embed {"url":"https://a.example"} -->'.split(
    '|',
  ),
  ...'<!-- /wp:embed -->|<!-- wp:block {"ref":50} /-->|<!-- wp:html -->|<!-- /wp:html -->|<!-- wp:footnotes /-->|<!-- wp:button -->'.split(
    '|',
  ),
];

test('whatever stands in a text, the site takes it, and nothing of WordPress is left in it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (written) => {
      const { html } = read(written.join(''));

      expect(html).not.toMatch(/wp:\w/);
    }),
  );
});
