import { expect, test } from 'vitest';
import { read, readItem, rss } from './read-feed.ts';

test('reads RSS 0.91 as Netscape had it, without its document type', () => {
  const feed = `<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="0.91"><channel><title>Old &amp; gold</title><link>http://old.example/</link><description>News</description><language>en</language>
<item><title>A plain title</title><link>http://old.example/1</link><description>Plain words, 1 &lt; 2.</description></item>
<item><title>No description</title><link>http://old.example/2</link></item></channel></rss>`;

  expect(read(feed).items).toEqual([
    {
      link: 'http://old.example/1',
      title: 'A plain title',
      html: '<p>Plain words, 1 &lt; 2.</p>',
      authors: [],
      labels: [],
      enclosures: [],
      language: 'en',
    },
    {
      link: 'http://old.example/2',
      title: 'No description',
      authors: [],
      labels: [],
      enclosures: [],
      language: 'en',
    },
  ]);
});

test('reads RSS 0.92: items without titles, several enclosures and categories, a source', () => {
  const feed = `<rss version="0.92"><channel><title>Radio</title><link>http://radio.example/</link><description/>
<item><description>Said &lt;i&gt;today&lt;/i&gt;. &lt;a href="more"&gt;More&lt;/a&gt;</description><source url="http://other.example/rss.xml">Other</source>
<category domain="http://cats.example/">News/Local</category><category>Talk</category>
<enclosure url="http://radio.example/a.mp3" length="12" type="audio/mpeg"/><enclosure url="http://radio.example/b.mp3" length="x" type="audio/mpeg"/></item></channel></rss>`;

  expect(readItem(feed)).toEqual({
    title: 'Said today. More',
    html: 'Said <i>today</i>. <a href="http://radio.example/more">More</a>',
    authors: [],
    labels: ['News/Local', 'Talk'],
    enclosures: [
      { url: 'http://radio.example/a.mp3', type: 'audio/mpeg', length: 12 },
      { url: 'http://radio.example/b.mp3', type: 'audio/mpeg' },
    ],
    via: 'http://other.example/rss.xml',
  });
});

test('reads RSS 0.90', () => {
  const feed = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>My page</title><link>http://my.example/</link></channel><item><title>First</title><link>http://my.example/1</link></item></rdf:RDF>`;

  expect(read(feed)).toMatchObject({
    title: 'My page',
    home: 'http://my.example/',
    items: [{ title: 'First', link: 'http://my.example/1' }],
  });
});

test('reads RSS 1.0 with Dublin Core, whatever its prefixes', () => {
  const feed = `<?xml version="1.0"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/">
<s:channel r:about="http://rdf.example/"><s:title>RDF</s:title><s:link>http://rdf.example/</s:link></s:channel>
<s:item r:about="urn:rdf:1"><s:title>One</s:title><s:link>http://rdf.example/1</s:link><s:description>Short &amp;amp; sweet</s:description><c:encoded><![CDATA[<p>Long</p>]]></c:encoded><d:creator>Rae</d:creator><d:creator>Sol</d:creator><d:subject>x</d:subject><d:subject>y</d:subject><d:date>2026-03-09T10:00+09:00</d:date><d:rights>By Rae</d:rights><d:language>fr</d:language><d:source>http://origin.example/1</d:source></s:item></r:RDF>`;

  expect(readItem(feed)).toEqual({
    guid: 'urn:rdf:1',
    link: 'http://rdf.example/1',
    title: 'One',
    html: '<p>Long</p>',
    summary: 'Short & sweet',
    authors: ['Rae', 'Sol'],
    publishedAt: '2026-03-09T01:00:00.000Z',
    labels: ['x', 'y'],
    enclosures: [],
    via: 'http://origin.example/1',
    language: 'fr',
    credit: 'By Rae',
  });
});

test('reads RSS 2.0 in a namespace, with prefixes that nobody declared', () => {
  const feed = `<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>T</title><link>http://a.example/</link><item><title>A</title><dc:creator>Di</dc:creator><x:y>z</x:y><content:encoded>&lt;p&gt;B&lt;/p&gt;</content:encoded><media:thumbnail url="b.jpg"/></item></channel></rss>`;

  expect(readItem(feed)).toEqual({
    title: 'A',
    html: '<p>B</p>',
    authors: ['Di'],
    labels: [],
    picture: { url: 'http://a.example/b.jpg' },
    enclosures: [],
  });
});

test('reads elements within a description and a body in XHTML', () => {
  const html = '<p>A &amp; B<br/><img src="/i.png" alt="&lt;"/></p>';
  const feed = rss(`<item><title>A</title><description>${html}</description></item>
    <item><title>B</title><description>Short</description><body xmlns="http://www.w3.org/1999/xhtml">${html}</body></item>`);

  const written = '<p>A &amp; B<br><img src="https://upstream.example/i.png" alt="&lt;"></p>';
  expect(read(feed).items.map(({ html, summary }) => [html, summary])).toEqual([
    [written, undefined],
    [written, 'Short'],
  ]);
});

test.each([
  ['Tom &amp; Jerry', 'Tom & Jerry'],
  ['Tom &amp;amp; Jerry', 'Tom & Jerry'],
  ['Tom & Jerry', 'Tom & Jerry'],
  ['It&#8217;s &amp;#8217; &rsquo; &amp;rsquo;', 'It’s ’ ’ ’'],
  ['<![CDATA[Tom &amp; Jerry]]>', 'Tom & Jerry'],
  ['<![CDATA[1 < 2 & 3]]>', '1 < 2 & 3'],
  ['a&lt;b', 'a<b'],
  ['a&lt;b &amp;amp; c&lt;d', 'a<b & c<d'],
  ['The &lt;b&gt; tag', 'The <b> tag'],
  ['The &lt;/b&gt; tag', 'The </b> tag'],
  ['&lt;b&gt;Bold&lt;/b&gt;&lt;br/&gt;line', 'Bold line'],
  ['The &amp;lt;b&amp;gt; tag', 'The <b> tag'],
  ['Two\n   lines&nbsp;here', 'Two lines here'],
  ['&bogus; A&B;', '&bogus; A&B;'],
  ['&#x202B;עברית&#x202C; &amp;#1;', 'עברית'],
  ['a&#0;b&#x1F;c&#xD800;d', 'abcd'],
])('the RSS title %s is %j', (written, title) => {
  expect(readItem(rss(`<item><title>${written}</title></item>`)).title).toBe(title);
});

test.each([
  [
    'https://upstream.example/a',
    '<link>https://upstream.example/a</link><guid>https://upstream.example/other</guid>',
  ],
  ['https://upstream.example/a', '<guid>https://upstream.example/a</guid>'],
  ['https://upstream.example/a', '<guid isPermaLink="TRUE">https://upstream.example/a</guid>'],
  ['https://upstream.example/a', '<link/><atom:link rel="alternate" href="/a"/>'],
  ['https://upstream.example/a', '<link> /a </link><comments>/b</comments>'],
  ['https://upstream.example/a', '<link href="/a"/>'],
  [undefined, '<guid isPermaLink="false">https://upstream.example/a</guid>'],
  [undefined, '<guid>a</guid>'],
])('the link is %s in %s', (link, inside) => {
  expect(readItem(rss(`<item><title>A</title>${inside}</item>`)).link).toBe(link);
});

const team = [...'LABCDEFGHIJK'].map((letter) => `Ada ${letter}. Longname`);

test.each([
  [['Jo'], '<author>jo@upstream.example (Jo)</author>'],
  [['Jo'], '<author>Jo &lt;jo@upstream.example&gt;</author>'],
  [['Jo'], '<author>Jo</author>'],
  [[], '<author>jo@upstream.example</author>'],
  [
    ['Jo', 'Al'],
    '<dc:creator>Jo</dc:creator><dc:creator>Al</dc:creator><dc:creator>jo</dc:creator><author>x</author>',
  ],
  [['Jo'], '<atom:author><atom:name>Jo</atom:name></atom:author><itunes:author>x</itunes:author>'],
  [team, `<dc:creator>${team.slice(0, -1).join(', ')}, and ${team.at(-1)}</dc:creator>`],
  [['Smith, John'], '<dc:creator>Smith, John</dc:creator>'],
  [['Jo & Al'], '<itunes:author>Jo &amp;amp; Al</itunes:author>'],
])('the authors are %j in %s', (authors, inside) => {
  expect(readItem(rss(`<item><title>A</title>${inside}</item>`)).authors).toEqual(authors);
});

test('takes an enclosure once, as it is told first', () => {
  const media =
    '<enclosure url="/a.mp3" length="5" type="audio/mpeg"/><media:content url="/a.mp3" type="audio/x"/>';

  expect(readItem(rss(`<item><title>A</title>${media}</item>`)).enclosures).toEqual([
    { url: 'https://upstream.example/a.mp3', type: 'audio/mpeg', length: 5 },
  ]);
});

test('takes the first date that is certain', () => {
  const dates = '<pubDate>09 Mars 2026</pubDate><dc:date>2026-03-09T10:00:00+01:00</dc:date>';

  expect(read(rss(`<item><title>A</title>${dates}</item>`))).toMatchObject({
    items: [{ publishedAt: '2026-03-09T09:00:00.000Z' }],
    leftOut: [],
  });
});

const image = (url: string, more = '') => `<media:content url="${url}" ${more}/>`;

test.each([
  ['/b.jpg', image('/a.jpg', 'width="300"') + image('/b.jpg', 'width="900"') + image('/c.jpg')],
  ['/a', image('/v.mp4', 'type="video/mp4"') + image('/a', 'medium="image"')],
  ['/a.png', `<media:group>${image('/a.png')}</media:group><enclosure url="/e.jpg" type="image/jpeg"/>`],
  ['/e.jpg', '<enclosure url="/e.jpg" type="image/jpeg"/><media:thumbnail url="/t.jpg"/>'],
  ['/t.jpg', '<media:content url="/v.mp4"><media:thumbnail url="/t.jpg"/></media:content>'],
  ['/i.jpg', '<image><url>/i.jpg</url><title>x</title></image>'],
  ['/i.jpg', '<itunes:image href="/i.jpg"/>'],
  [undefined, '<media:thumbnail url="/t.jpg" width="72" height="72"/>'],
  [undefined, image('javascript:x', 'medium="image"')],
])('the picture is %s in %s', (path, inside) => {
  const { picture } = readItem(rss(`<item><title>A</title>${inside}</item>`));

  expect(picture?.url).toBe(path && `https://upstream.example${path}`);
});
