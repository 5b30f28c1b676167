import { expect, test } from 'vitest';
import { ChangeNotes } from '../../infra/tools/import/change-notes.ts';
import { lexicalHtml } from '../../infra/tools/import/ghost/lexical.ts';
import { mobiledocHtml } from '../../infra/tools/import/ghost/mobiledoc.ts';
import { render } from '../support/rendered-body.ts';

const text = (written: string, format = 0) => ({ type: 'extended-text', text: written, format });
const p = (...children: object[]) => ({ type: 'paragraph', children });
const li = (...children: object[]) => ({ type: 'listitem', children });

/** As the site stores it, and what is told of it. */
function lexical(...children: object[]) {
  const notes = new ChangeNotes();
  const html = lexicalHtml(JSON.stringify({ root: { type: 'root', children } }), notes);
  return { html: render({ html: html ?? '' }), notes: notes.lines() };
}

function mobiledoc(document: object) {
  const notes = new ChangeNotes();
  const html = mobiledocHtml(
    JSON.stringify({ version: '0.3.1', markups: [], atoms: [], cards: [], ...document }),
    notes,
  );
  return { html: render({ html: html ?? '' }), notes: notes.lines() };
}

test.each<[string, object, string]>([
  [
    'formats',
    p(
      text('b', 1),
      text('i', 2),
      text('s', 4),
      text('u', 8),
      text('c', 16),
      text('d', 32),
      text('p', 64),
      text('m', 128),
      text('bi', 3),
    ),
    '<p><strong>b</strong><em>i</em><s>s</s><u>u</u><code>c</code><sub>d</sub><sup>p</sup><mark>m</mark><em><strong>bi</strong></em></p>',
  ],
  ['escapes', p(text('1 < 2 & "3"')), '<p>1 &lt; 2 &amp; "3"</p>'],
  [
    'links',
    p(
      { type: 'link', url: 'https://a.example/?b&c', children: [text('a')] },
      { type: 'linebreak' },
      { type: 'tab' },
    ),
    '<p><a href="https://a.example/?b&amp;c">a</a><br /> </p>',
  ],
  ['headings', { type: 'extended-heading', tag: 'h3', children: [text('h')] }, '<h2>h</h2>'],
  ['quotes', { type: 'extended-quote', children: [text('q')] }, '<blockquote>q</blockquote>'],
  ['asides', { type: 'aside', children: [text('q')] }, '<blockquote>q</blockquote>'],
  ['empty paragraphs', p(), ''],
  [
    'lists',
    {
      type: 'list',
      listType: 'number',
      start: 3,
      children: [
        li(text('a')),
        li({ type: 'list', listType: 'bullet', children: [li(text('b'))] }),
        li(text('c')),
      ],
    },
    '<ol start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
  ],
  [
    'tables',
    {
      type: 'table',
      children: [
        {
          type: 'tablerow',
          children: [
            { type: 'tablecell', headerState: 1, children: [p(text('h'))] },
            { type: 'tablecell', children: [p(text('c'))] },
          ],
        },
      ],
    },
    '<table><tr><th><p>h</p></th><td><p>c</p></td></tr></table>',
  ],
  ['rules', { type: 'horizontalrule' }, '<hr />'],
  [
    'code',
    { type: 'codeblock', code: 'a < b\n', language: 'js', caption: 'Of <b>Jo</b>' },
    '<figure><pre><code class="language-js">a &lt; b\n</code></pre><figcaption>Of <b>Jo</b></figcaption></figure>',
  ],
  [
    'pictures',
    {
      type: 'image',
      src: 'https://a.example/a.png',
      alt: 'A "b"',
      caption: 'c',
      href: 'https://b.example/',
      width: 9,
    },
    '<figure><a href="https://b.example/"><img src="https://a.example/a.png" alt="A &quot;b&quot;" /></a><figcaption>c</figcaption></figure>',
  ],
  [
    'galleries',
    {
      type: 'gallery',
      images: [{ src: 'https://a.example/a.png' }, { src: 'https://a.example/b.png', alt: 'b' }],
      caption: 'c',
    },
    '<figure><img src="https://a.example/a.png" alt="" /><img src="https://a.example/b.png" alt="b" /><figcaption>c</figcaption></figure>',
  ],
  [
    'bookmarks',
    {
      type: 'bookmark',
      url: 'https://a.example/',
      metadata: { title: 'A & B', description: 'About', author: 'Jo', publisher: 'P' },
      caption: '<i>c</i>',
    },
    '<blockquote><p><a href="https://a.example/">A &amp; B</a></p><p>About</p><p>Jo, P</p></blockquote><p><i>c</i></p>',
  ],
  [
    'embeds',
    {
      type: 'embed',
      url: 'https://youtu.be/x',
      html: '<iframe src="https://www.youtube.com/embed/x"></iframe>',
      caption: 'c',
    },
    '<figure><p><a href="https://www.youtube.com/watch?v=x">youtube.com/watch?v=x</a></p><figcaption>c</figcaption></figure>',
  ],
  [
    'embeds without HTML',
    { type: 'embed', url: 'https://a.example/b' },
    '<figure><p><a href="https://a.example/b">https://a.example/b</a></p></figure>',
  ],
  [
    'films',
    {
      type: 'video',
      src: 'https://a.example/a.mp4',
      thumbnailSrc: 'https://a.example/t.png',
      width: 640,
      height: 360,
    },
    '<figure><video src="https://a.example/a.mp4" poster="https://a.example/t.png" width="640" height="360" controls></video></figure>',
  ],
  [
    'sound',
    { type: 'audio', src: 'https://a.example/a.mp3', title: 'Bells' },
    '<figure><audio src="https://a.example/a.mp3" controls></audio><figcaption>Bells</figcaption></figure>',
  ],
  [
    'files',
    { type: 'file', src: 'https://a.example/a.pdf', fileTitle: '', fileName: 'a.pdf', fileCaption: 'c' },
    '<p><a href="https://a.example/a.pdf">a.pdf</a></p><p>c</p>',
  ],
  [
    'toggles',
    { type: 'toggle', heading: '<span>h</span>', content: '<p>c</p>' },
    '<details><summary>h</summary><p>c</p></details>',
  ],
  [
    'callouts',
    { type: 'callout', calloutEmoji: '💡', calloutText: 'a <b>b</b>' },
    '<div><p>💡 a <b>b</b></p></div>',
  ],
  [
    'buttons',
    { type: 'button', buttonUrl: 'https://a.example/', buttonText: 'Go' },
    '<p><a href="https://a.example/">Go</a></p>',
  ],
  [
    'calls to action',
    {
      type: 'call-to-action',
      sponsorLabel: '<p>AD</p>',
      hasImage: true,
      imageUrl: 'https://a.example/a.png',
      textValue: '<p>t</p>',
      buttonUrl: 'https://a.example/',
      buttonText: 'Go',
    },
    '<p>AD</p><figure><a href="https://a.example/"><img src="https://a.example/a.png" alt="" /></a></figure><p>t</p><p><a href="https://a.example/">Go</a></p>',
  ],
  [
    'headers',
    {
      type: 'header',
      header: 'h',
      subheader: 's',
      buttonEnabled: true,
      buttonUrl: 'https://a.example/',
      buttonText: 'Go',
    },
    '<h2>h</h2><p>s</p><p><a href="https://a.example/">Go</a></p>',
  ],
  [
    'products',
    {
      type: 'product',
      productTitle: 'P',
      productDescription: '<p>d</p>',
      productRatingEnabled: true,
      productStarRating: 4,
      productButtonEnabled: true,
      productButton: 'Buy',
      productUrl: 'https://a.example/',
    },
    '<h2>P</h2><p>★★★★☆</p><p>d</p><p><a href="https://a.example/">Buy</a></p>',
  ],
  ['HTML', { type: 'html', html: '<table><tr><td>a</table>' }, '<table><tr><td>a</td></tr></table>'],
  ['Markdown', { type: 'markdown', markdown: '**a**' }, '<p><strong>a</strong></p>'],
  ['the end of what is free', { type: 'paywall' }, ''],
])('writes %s', (_, node, html) => {
  expect(lexical(node)).toEqual({ html, notes: [] });
});

test.each([
  ['email', 'it was for mails only'],
  ['email-cta', 'it was for mails only'],
  ['signup', 'it is a form of Ghost'],
  ['transistor', 'it plays for members of Ghost only'],
])('leaves the card [%s] out', (type, reason) => {
  expect(lexical({ type, html: '<p>a' }, { type })).toEqual({
    html: '',
    notes: [`the card [${type}] is left out: ${reason} (2 times)`],
  });
});

test('what only members see is left out', () => {
  const hidden = { type: 'html', html: '<p>a', visibility: { web: { nonMember: false } } };

  expect(lexical(hidden)).toEqual({ html: '', notes: ['the card [html] is left out: only members see it'] });
});

test('of what it does not know it keeps the text', () => {
  expect(
    lexical(
      { type: 'poll', title: 'A <b>b</b>', html: '<p>c & d' },
      { type: 'box', children: [p(text('e'))] },
    ),
  ).toEqual({
    html: '<p>c &amp; d</p><p>A b</p><div><p>e</p></div>',
    notes: [
      'of the unknown card [poll] only the text is taken',
      'of the unknown node [box] only the text is taken',
    ],
  });
});

test('writes the sections of mobiledoc', () => {
  const document = {
    markups: [['a', ['rel', 'x', 'href', 'https://a.example/']], ['strong'], ['script']],
    atoms: [
      ['soft-return', '', {}],
      ['mention', 'Jo', {}],
    ],
    cards: [
      ['card-markdown', { markdown: '*m*' }],
      ['image', { src: 'https://a.example/a.png' }],
      ['hr', {}],
      ['before-after', { beforeImage: { src: 'https://a.example/b.png' } }],
    ],
    sections: [
      [1, 'h2', [[0, [], 0, 'H']]],
      [
        1,
        'p',
        [
          [0, [0], 0, 'a'],
          [0, [1], 2, 'b'],
          [1, [], 0, 0],
          [1, [2], 1, 1],
        ],
      ],
      [3, 'ol', [[[0, [], 0, 'one']], [[0, [], 0, 'two']]]],
      [2, 'https://a.example/c.png'],
      [1, 'pull-quote', [[0, [], 0, 'q']]],
      [1, 'constructor', [[0, [], 0, 'c']]],
      [1, 'p', []],
      [10, 0],
      [10, 1],
      [10, 2],
      [10, 3],
    ],
  };

  expect(mobiledoc(document)).toEqual({
    html: [
      '<h2>H</h2><p><a href="https://a.example/">a<strong>b</strong></a><br />Jo</p><ol><li>one</li><li>two</li></ol>',
      '<figure><img src="https://a.example/c.png" alt="" /></figure><blockquote>q</blockquote><p>c</p><p><em>m</em></p>\n',
      '<figure><img src="https://a.example/a.png" alt="" /></figure><hr /><figure><img src="https://a.example/b.png" alt="" /></figure>',
    ].join(''),
    notes: ['of the unknown atom [mention] only the text is taken'],
  });
});

test.each(['', 'x', '[]', '{"root":1}', '{"root":{"children":{}}}', '{"sections":{}}', 'null'])(
  '%j is no document',
  (written) => {
    expect(lexicalHtml(written, new ChangeNotes())).toBeUndefined();
    expect(mobiledocHtml(written, new ChangeNotes())).toBeUndefined();
  },
);

test('what nests without end ends', () => {
  const depth = 5000;
  const nested = `${'{"type":"paragraph","children":['.repeat(depth)}${']}'.repeat(depth)}`;
  const notes = new ChangeNotes();

  expect(lexicalHtml(`{"root":{"children":[${nested}]}}`, notes)).toBe('');
  expect(notes.lines()).toEqual(['what is nested more than 100 times is left out']);
});

test('values of any other type are taken for nothing', () => {
  const odd = [null, 0, -1, 1e9, true, '', 'x', [], [[]], {}, ['x', { a: 1 }]];
  const types = [
    'extended-heading',
    'list',
    'listitem',
    'link',
    'image',
    'gallery',
    'bookmark',
    'embed',
    'video',
    'audio',
    'file',
    'toggle',
  ];
  types.push(
    'callout',
    'button',
    'call-to-action',
    'header',
    'product',
    'html',
    'markdown',
    'codeblock',
    'constructor',
    '__proto__',
  );
  const fields =
    'children text format tag url src images metadata caption html code language heading content start width visibility'.split(
      ' ',
    );
  for (const type of types)
    for (const value of odd) lexical({ type, ...Object.fromEntries(fields.map((field) => [field, value])) });
  for (const value of odd)
    mobiledoc({
      markups: odd,
      atoms: odd,
      cards: [value, ['image', value]],
      sections: [
        value,
        [1, value, value],
        [
          1,
          'p',
          [
            [0, value, value, value],
            [1, value, value, 3],
          ],
        ],
        [3, 'ul', value],
        [10, value],
        [10, 1],
      ],
    });
  expect(lexical({ type: 'image', src: ['a'] }).html).toBe('');
});
