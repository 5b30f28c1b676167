import { expect, test } from 'vitest';
import { atom, read, readItem } from './read-feed.ts';

test('resolves links by the nearest xml:base, and without one by the link of the entry', () => {
  const feed = atom(
    `<entry xml:base="sub/"><id>urn:1</id><title>1</title><link href="p"/><content type="xhtml" xml:base="deep/"><div xmlns="http://www.w3.org/1999/xhtml"><a href="q">q</a><p xml:base="/top/"><img src="r.png"/><a href="#s">s</a></p></div></content></entry>
     <entry xml:base="http://other.example/"><id>urn:2</id><title>2</title><link href="p" xml:base="/x/"/><content type="html">&lt;a href="q"&gt;</content></entry>`,
    'xml:base="https://base.example/a/"',
  );
  const plain = atom(
    '<entry><id>urn:3</id><title>3</title><link href="/x/p"/><summary type="html">&lt;a href="q"&gt;</summary></entry>',
  );

  expect(read(feed).items.map(({ link, html }) => [link, html])).toEqual([
    [
      'https://base.example/a/sub/p',
      '<a href="https://base.example/a/sub/deep/q">q</a><p><img src="https://base.example/top/r.png"><a href="#s">s</a></p>',
    ],
    ['http://other.example/x/p', '<a href="http://other.example/q">'],
  ]);
  expect(readItem(plain)).toMatchObject({
    link: 'https://upstream.example/x/p',
    html: '<a href="https://upstream.example/x/q">',
  });
});

test.each([
  ['<title>1 &lt; 2 &amp;amp; 3</title>', '1 < 2 &amp; 3'],
  ['<title type="text">The &lt;b&gt; tag</title>', 'The <b> tag'],
  ['<title type="html">The &lt;b&gt;bold&lt;/b&gt; &amp;amp; &amp;lt;</title>', 'The bold & <'],
  ['<title type="html"><![CDATA[A &amp; B]]></title>', 'A & B'],
  [
    '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b>&amp;<script>c</script></div></title>',
    'A b&',
  ],
])('the title %s is %j', (written, title) => {
  expect(readItem(atom(`<entry><id>urn:1</id>${written}</entry>`)).title).toBe(title);
});

test.each([
  ['<content>1 &lt; 2\n\nB</content>', '<p>1 &lt; 2</p>\n<p>B</p>'],
  ['<content type="text/plain">&lt;b&gt;</content>', '<p>&lt;b&gt;</p>'],
  ['<content type="text/html">&lt;b&gt;B&lt;/b&gt;</content>', '<b>B</b>'],
  ['<content type="html"><p>written <i>as</i> elements</p></content>', '<p>written <i>as</i> elements</p>'],
  [
    '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p class="a">B&#160;&lt;</h:p></h:div></content>',
    '<p class="a">B\u00a0&lt;</p>',
  ],
  ['<summary>Short</summary>', '<p>Short</p>'],
  ['<content type="html"></content><summary>Short</summary>', '<p>Short</p>'],
])('the text of %s is %j', (written, html) => {
  expect(readItem(atom(`<entry><id>urn:1</id><title>A</title>${written}</entry>`))).toMatchObject({
    html,
    summary: undefined,
  });
});

test('names texts that are elsewhere or of another type, and links them', () => {
  const { items, leftOut } = read(
    atom(
      `<entry><id>urn:1</id><title>A</title><content src="/a.html" type="text/html"/></entry>
       <entry><id>urn:2</id><title>B</title><content type="image/png">AAAA</content><summary>Short</summary></entry>`,
    ),
  );

  expect(items.map(({ link, html }) => [link, html])).toEqual([
    ['https://upstream.example/a.html', undefined],
    [undefined, '<p>Short</p>'],
  ]);
  expect(leftOut).toEqual([
    'A text that is not in the feed: "/a.html"',
    'A text that is neither HTML nor plain: "image/png"',
  ]);
});

test('reads tombstones, and Atom in any prefix', () => {
  const feed = `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/atompub/tombstones/1.0"><a:title>P</a:title>
<t:deleted-entry ref="urn:gone" when="2026-03-09T00:00:00Z"><t:comment>wrong</t:comment></t:deleted-entry><t:deleted-entry ref="urn:undated" when="today"/><t:deleted-entry/>
<a:entry><a:id>urn:here</a:id><a:title>Here</a:title></a:entry></a:feed>`;

  expect(read(feed)).toEqual({
    title: 'P',
    items: [{ guid: 'urn:here', title: 'Here', authors: [], labels: [], enclosures: [] }],
    tombstones: [{ guid: 'urn:gone', at: '2026-03-09T00:00:00.000Z' }, { guid: 'urn:undated' }],
    leftOut: ['A date that is not certain, or has no time zone: "today"'],
  });
});

test('prefers the language that is nearest, and of two links the one in HTML', () => {
  const entry = `<entry><id>urn:1</id><title>A</title><link type="application/json" href="/a.json"/><link type="text/html" href="/a"/><link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="5"/><content xml:lang="pt-br">A</content></entry>`;

  expect(readItem(atom(entry, 'xml:lang="en"'))).toMatchObject({
    link: 'https://upstream.example/a',
    language: 'pt-BR',
    enclosures: [{ url: 'https://upstream.example/a.mp3', type: 'audio/mpeg', length: 5 }],
  });
  expect(readItem(atom(entry.replace('pt-br', 'none at all'), 'xml:lang="en"')).language).toBeUndefined();
});

test('an update before the publication is none', () => {
  const entry = '<published>2026-03-09T10:00:00Z</published><updated>2026-03-09T09:00:00Z</updated>';

  expect(readItem(atom(`<entry><id>urn:1</id><title>A</title>${entry}</entry>`))).toMatchObject({
    publishedAt: '2026-03-09T10:00:00.000Z',
    updatedAt: undefined,
  });
});
