import { expect, test } from 'vitest';
import { read, readItem } from './read-feed.ts';

test('reads a feed in the manner of YouTube', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UCx"/>
 <id>yt:channel:x</id><yt:channelId>x</yt:channelId><title>Tide tables</title>
 <link rel="alternate" href="https://www.youtube.com/channel/UCx"/>
 <author><name>Tide tables</name><uri>https://www.youtube.com/channel/UCx</uri></author>
 <published>2020-05-05T05:05:05+00:00</published>
 <entry>
  <id>yt:video:abc_DEF-123</id><yt:videoId>abc_DEF-123</yt:videoId><yt:channelId>UCx</yt:channelId>
  <title>Spring tide: 5 &gt; 4</title>
  <link rel="alternate" href="https://www.youtube.com/watch?v=abc_DEF-123"/>
  <author><name>Tide tables</name><uri>https://www.youtube.com/channel/UCx</uri></author>
  <published>2026-03-07T15:00:06+00:00</published>
  <updated>2026-03-08T01:02:03+00:00</updated>
  <media:group>
   <media:title>Spring tide: 5 &gt; 4</media:title>
   <media:content url="https://www.youtube.com/v/abc_DEF-123?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="https://i4.ytimg.com/vi/abc_DEF-123/hqdefault.jpg" width="480" height="360"/>
   <media:description>High &amp; low.
0:00 Start
https://tides.example/?a=1&amp;b=2

Thanks &lt;all&gt;</media:description>
   <media:community><media:starRating count="5" average="5.00" min="1" max="5"/><media:statistics views="7"/></media:community>
  </media:group>
 </entry>
</feed>`;

  expect(readItem(feed)).toEqual({
    guid: 'yt:video:abc_DEF-123',
    link: 'https://www.youtube.com/watch?v=abc_DEF-123',
    title: 'Spring tide: 5 > 4',
    html: '<p>High &amp; low.<br>0:00 Start<br>https://tides.example/?a=1&amp;b=2</p>\n<p>Thanks &lt;all&gt;</p>',
    authors: ['Tide tables'],
    publishedAt: '2026-03-07T15:00:06.000Z',
    updatedAt: '2026-03-08T01:02:03.000Z',
    labels: [],
    picture: { url: 'https://i4.ytimg.com/vi/abc_DEF-123/hqdefault.jpg' },
    enclosures: [
      { url: 'https://www.youtube.com/v/abc_DEF-123?version=3', type: 'application/x-shockwave-flash' },
    ],
  });
});

test('reads a feed in the manner of Mastodon, which has no titles', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0" xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>Harbour master</title><description>Public posts</description><link>https://social.example/@master</link>
    <image><url>https://files.example/face.png</url><title>Harbour master</title><link>https://social.example/@master</link></image>
    <webfeeds:icon>https://files.example/face.png</webfeeds:icon>
    <item>
      <guid isPermaLink="true">https://social.example/@master/11</guid>
      <link>https://social.example/@master/11</link>
      <pubDate>Mon, 09 Mar 2026 07:08:09 +0000</pubDate>
      <description>&lt;p&gt;Fog on the &lt;a href="https://social.example/tags/pier" class="mention hashtag" rel="tag"&gt;#&lt;span&gt;pier&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;&lt;p&gt;Wait &amp;amp; see.&lt;/p&gt;</description>
      <media:content url="https://files.example/fog.png" type="image/png" fileSize="1234" medium="image">
        <media:rating scheme="urn:simple">nonadult</media:rating>
        <media:description type="plain">Fog over &lt;water&gt;</media:description>
      </media:content>
      <category>pier</category>
    </item>
  </channel>
</rss>`;

  expect(readItem(feed)).toEqual({
    guid: 'https://social.example/@master/11',
    link: 'https://social.example/@master/11',
    title: 'Fog on the #pier Wait & see.',
    html: '<p>Fog on the <a href="https://social.example/tags/pier" class="mention hashtag" rel="tag">#<span>pier</span></a></p><p>Wait &amp; see.</p>',
    authors: [],
    publishedAt: '2026-03-09T07:08:09.000Z',
    labels: ['pier'],
    picture: { url: 'https://files.example/fog.png', alt: 'Fog over <water>' },
    enclosures: [],
  });
});

test("reads a feed in the manner of GitHub's releases", () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-US">
  <id>tag:github.com,2008:https://github.com/ex/tool/releases</id>
  <link type="text/html" rel="alternate" href="https://github.com/ex/tool/releases"/>
  <link type="application/atom+xml" rel="self" href="https://github.com/ex/tool/releases.atom"/>
  <title>Release notes from tool</title><updated>2026-02-02T02:02:02Z</updated>
  <entry>
    <id>tag:github.com,2008:Repository/42/v2.0.0</id>
    <updated>2026-02-02T02:03:04Z</updated>
    <link rel="alternate" type="text/html" href="https://github.com/ex/tool/releases/tag/v2.0.0"/>
    <title>v2.0.0: Vec&lt;T&gt; everywhere</title>
    <content type="html">&lt;h2&gt;What&#39;s new&lt;/h2&gt;&lt;pre&gt;Vec&amp;lt;T&amp;gt;&lt;/pre&gt;</content>
    <author><name>octo</name></author>
    <media:thumbnail height="30" width="30" url="https://avatars.githubusercontent.com/u/1?s=60&amp;v=4"/>
  </entry>
</feed>`;

  expect(readItem(feed)).toEqual({
    guid: 'tag:github.com,2008:Repository/42/v2.0.0',
    link: 'https://github.com/ex/tool/releases/tag/v2.0.0',
    title: 'v2.0.0: Vec<T> everywhere',
    html: "<h2>What's new</h2><pre>Vec&lt;T&gt;</pre>",
    authors: ['octo'],
    updatedAt: '2026-02-02T02:03:04.000Z',
    labels: [],
    enclosures: [],
    language: 'en-US',
  });
});

test('reads a feed in the manner of Reddit', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><category term="ferries" label="r/ferries"/><updated>2026-03-09T12:00:00+00:00</updated><id>/r/ferries/.rss</id><link rel="self" href="https://www.reddit.example/r/ferries/.rss" type="application/atom+xml" /><link rel="alternate" href="https://www.reddit.example/r/ferries/" type="text/html" /><title>ferries</title><entry><author><name>/u/deckhand</name><uri>https://www.reddit.example/user/deckhand</uri></author><category term="ferries" label="r/ferries"/><content type="html">&lt;!-- SC_OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;It&amp;#39;s late.&lt;/p&gt;&lt;/div&gt;&lt;!-- SC_ON --&gt;</content><id>t3_1abc</id><media:thumbnail url="https://b.thumbs.example/t.jpg" /><link href="https://www.reddit.example/r/ferries/comments/1abc/late/" /><updated>2026-03-09T11:00:00+00:00</updated><published>2026-03-09T11:00:00+00:00</published><title>The 7:15 is late &amp; wet</title></entry></feed>`;

  expect(readItem(feed)).toEqual({
    guid: 't3_1abc',
    link: 'https://www.reddit.example/r/ferries/comments/1abc/late/',
    title: 'The 7:15 is late & wet',
    html: '<!-- SC_OFF --><div class="md"><p>It&#39;s late.</p></div><!-- SC_ON -->',
    authors: ['/u/deckhand'],
    publishedAt: '2026-03-09T11:00:00.000Z',
    updatedAt: '2026-03-09T11:00:00.000Z',
    labels: ['r/ferries'],
    picture: { url: 'https://b.thumbs.example/t.jpg' },
    enclosures: [],
  });
});

test('reads a podcast', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/DTDs/Podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Low water</title><link>https://low.example/</link><language>en-gb</language><itunes:author>Low Water Ltd</itunes:author><itunes:image href="https://low.example/show.jpg"/>
<item>
  <title>12: Mud &amp;amp; more</title><itunes:title>Mud &amp; more</itunes:title><itunes:episode>12</itunes:episode>
  <itunes:author>Dee Mud</itunes:author><itunes:summary>Short.</itunes:summary>
  <description>A walk in the mud.

With boots &amp; without.</description>
  <enclosure url="https://media.example/12.mp3?x=1&amp;y=2" length="34216300" type="audio/mpeg"/>
  <guid isPermaLink="false">c0ffee-12</guid><pubDate>Sat, 7 Mar 2026 05:00 -0000</pubDate>
  <itunes:duration>00:40:12</itunes:duration><itunes:image href="https://low.example/12.jpg"/><itunes:keywords>mud, boots ,mud</itunes:keywords>
  <podcast:transcript url="https://low.example/12.vtt" type="text/vtt"/>
</item></channel></rss>`;

  expect(readItem(feed)).toEqual({
    guid: 'c0ffee-12',
    title: '12: Mud & more',
    html: '<p>A walk in the mud.</p>\n<p>With boots &amp; without.</p>',
    authors: ['Dee Mud'],
    publishedAt: '2026-03-07T05:00:00.000Z',
    labels: ['mud', 'boots'],
    picture: { url: 'https://low.example/12.jpg' },
    enclosures: [{ url: 'https://media.example/12.mp3?x=1&y=2', type: 'audio/mpeg', length: 34216300 }],
    language: 'en-GB',
  });
});

test('reads a feed in the manner of arXiv', () => {
  const feed = `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel><title>cs.XX updates</title><link>http://rss.arxiv.example/rss/cs.XX</link><atom:link href="http://rss.arxiv.example/rss/cs.XX" rel="self" type="application/rss+xml"/><language>en-us</language><pubDate>Mon, 09 Mar 2026 00:00:00 -0400</pubDate>
    <item><title>On $a&lt;b$ and $\\alpha$-tides</title><link>https://arxiv.example/abs/2603.00001</link><description>arXiv:2603.00001v1 Announce Type: new
Abstract: We bound $x&lt;y$ &amp; more.</description><guid isPermaLink="false">oai:arXiv.org:2603.00001v1</guid><category>cs.XX</category><category>math.YY</category><pubDate>Mon, 09 Mar 2026 00:00:00 -0400</pubDate><arxiv:announce_type>new</arxiv:announce_type><dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><dc:creator>Ada A., Ben B.</dc:creator></item>
  </channel></rss>`;

  expect(readItem(feed)).toEqual({
    guid: 'oai:arXiv.org:2603.00001v1',
    link: 'https://arxiv.example/abs/2603.00001',
    title: 'On $a<b$ and $\\alpha$-tides',
    html: '<p>arXiv:2603.00001v1 Announce Type: new<br>Abstract: We bound $x&lt;y$ &amp; more.</p>',
    authors: ['Ada A., Ben B.'],
    publishedAt: '2026-03-09T04:00:00.000Z',
    labels: ['cs.XX', 'math.YY'],
    enclosures: [],
    language: 'en-US',
    credit: 'http://creativecommons.org/licenses/by/4.0/',
  });
});

test("reads a feed in the manner of arXiv's RDF", () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:taxo="http://purl.org/rss/1.0/modules/taxonomy/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:syn="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="http://arxiv.example/"><title>cs.XX updates on arXiv</title><link>http://arxiv.example/</link><description>XX</description><dc:language>en-us</dc:language><dc:date>2026-03-08T20:30:00-05:00</dc:date><items><rdf:Seq><rdf:li rdf:resource="http://arxiv.example/abs/2603.00002"/></rdf:Seq></items><image rdf:resource="http://arxiv.example/icons/sfx.gif"/></channel>
<image rdf:about="http://arxiv.example/icons/sfx.gif"><title>arXiv</title><url>http://arxiv.example/icons/sfx.gif</url><link>http://arxiv.example/</link></image>
<item rdf:about="http://arxiv.example/abs/2603.00002"><title>Waves. (arXiv:2603.00002v1 [cs.XX])</title><link>http://arxiv.example/abs/2603.00002</link><description rdf:parseType="Literal">&lt;p&gt;We wave.&lt;/p&gt;</description><dc:creator> &lt;a href="http://arxiv.example/a/1"&gt;Ada A.&lt;/a&gt;, &lt;a href="http://arxiv.example/a/2"&gt;Ben B.&lt;/a&gt;</dc:creator></item>
</rdf:RDF>`;

  expect(read(feed)).toEqual({
    title: 'cs.XX updates on arXiv',
    home: 'http://arxiv.example/',
    tombstones: [],
    leftOut: [],
    items: [
      {
        guid: 'http://arxiv.example/abs/2603.00002',
        link: 'http://arxiv.example/abs/2603.00002',
        title: 'Waves. (arXiv:2603.00002v1 [cs.XX])',
        html: '<p>We wave.</p>',
        authors: ['Ada A., Ben B.'],
        labels: [],
        enclosures: [],
        language: 'en-US',
      },
    ],
  });
});

test('reads what an aggregator took from others: the origin, its authors and its rights', () => {
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><author><name>The planet</name></author><rights>All of it</rights>
<entry><id>urn:x:1</id><title>One</title><link href="https://one.example/1"/><updated>2026-01-01T00:00:00Z</updated><content>1</content>
 <source><id>https://one.example/</id><title>One's</title><author><name>Uma</name></author><rights type="html">CC &amp;amp; BY</rights><link href="https://one.example/"/><link rel="self" href="https://one.example/atom"/></source></entry>
<entry><id>urn:x:2</id><title>Two</title><link href="https://two.example/2"/><link rel="via" href="https://three.example/"/><updated>2026-01-02T00:00:00Z</updated><content>2</content></entry></feed>`;

  expect(read(feed).items).toMatchObject([
    { via: 'https://one.example/', authors: ['Uma'], credit: 'CC & BY' },
    { via: 'https://three.example/', authors: ['The planet'], credit: 'All of it' },
  ]);
});
