import { expect, test } from 'vitest';
import { read, readItem } from './read-feed.ts';

test('reads a feed in the manner of WordPress', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	xmlns:media="http://search.yahoo.com/mrss/">
<channel>
	<title>The Quay &#8211; Notes</title>
	<atom:link href="https://quay.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://quay.example</link>
	<description>Just another harbour</description>
	<lastBuildDate>Wed, 04 Mar 2026 08:00:00 +0000</lastBuildDate>
	<language>en-US</language>
	<cloud domain='quay.example' port='80' path='/?rsscloud=notify' registerProcedure='' protocol='http-post' />
	<atom:link rel='hub' href='https://quay.example/?pushpress=hub'/>
	<item>
		<title>Cranes &#038; ropes: what we didn&#8217;t know</title>
		<link>https://quay.example/2026/03/cranes-ropes/</link>
		<comments>https://quay.example/2026/03/cranes-ropes/#respond</comments>
		<dc:creator><![CDATA[Mia Berg]]></dc:creator>
		<pubDate>Tue, 03 Mar 2026 17:30:11 +0000</pubDate>
		<category><![CDATA[Ships &amp; boats]]></category>
		<category><![CDATA[harbour]]></category>
		<category><![CDATA[Harbour]]></category>
		<guid isPermaLink="false">https://quay.example/?p=482</guid>
		<description><![CDATA[<p>Two cranes stand idle. [&#8230;]</p>]]></description>
		<content:encoded><![CDATA[<p>Two cranes stand idle.</p><p><a href="/about/">About</a> us &#8212; &amp; them</p>]]></content:encoded>
		<wfw:commentRss>https://quay.example/2026/03/cranes-ropes/feed/</wfw:commentRss>
		<slash:comments>3</slash:comments>
		<media:content url="https://1.gravatar.com/avatar/0a1b?s=96" medium="image"><media:title type="html">miaberg</media:title></media:content>
		<media:content url="https://quay.example/files/cranes.jpg?w=1200" medium="image"><media:title type="html">Two cranes</media:title></media:content>
	</item>
</channel></rss>`;

  expect(read(feed)).toEqual({
    title: 'The Quay – Notes',
    home: 'https://quay.example/',
    self: 'https://quay.example/feed/',
    hub: 'https://quay.example/?pushpress=hub',
    tombstones: [],
    leftOut: [],
    items: [
      {
        guid: 'https://quay.example/?p=482',
        link: 'https://quay.example/2026/03/cranes-ropes/',
        title: 'Cranes & ropes: what we didn’t know',
        html: '<p>Two cranes stand idle.</p><p><a href="https://quay.example/about/">About</a> us &#8212; &amp; them</p>',
        summary: 'Two cranes stand idle. […]',
        authors: ['Mia Berg'],
        publishedAt: '2026-03-03T17:30:11.000Z',
        labels: ['Ships & boats', 'harbour'],
        picture: { url: 'https://quay.example/files/cranes.jpg?w=1200', alt: 'Two cranes' },
        enclosures: [],
        language: 'en-US',
      },
    ],
  });
});

test('reads a feed in the manner of Ghost', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title><![CDATA[Lantern & Co]]></title><description><![CDATA[Light]]></description><link>https://lantern.example/</link><image><url>https://lantern.example/favicon.png</url><title>Lantern</title><link>https://lantern.example/</link></image><generator>Ghost 5.80</generator><atom:link href="https://lantern.example/rss/" rel="self" type="application/rss+xml"/><ttl>60</ttl><item><title><![CDATA[Lamps < 5 W & more]]></title><description><![CDATA[What a small lamp does.]]></description><link>https://lantern.example/small-lamps/</link><guid isPermaLink="false">65f0c0ffee0123456789abcd</guid><category><![CDATA[Light]]></category><dc:creator><![CDATA[Ann Ode]]></dc:creator><dc:creator><![CDATA[Bo Ley]]></dc:creator><pubDate>Thu, 05 Mar 2026 06:00:00 GMT</pubDate><media:content url="https://lantern.example/content/images/2026/03/lamp.png" medium="image"/><content:encoded><![CDATA[<img src="https://lantern.example/content/images/2026/03/lamp.png" alt="A lamp"><p>It glows.</p>]]></content:encoded></item></channel></rss>`;

  expect(readItem(feed)).toEqual({
    guid: '65f0c0ffee0123456789abcd',
    link: 'https://lantern.example/small-lamps/',
    title: 'Lamps < 5 W & more',
    html: '<img src="https://lantern.example/content/images/2026/03/lamp.png" alt="A lamp"><p>It glows.</p>',
    summary: 'What a small lamp does.',
    authors: ['Ann Ode', 'Bo Ley'],
    publishedAt: '2026-03-05T06:00:00.000Z',
    labels: ['Light'],
    picture: { url: 'https://lantern.example/content/images/2026/03/lamp.png' },
    enclosures: [],
  });
});

test('reads a feed in the manner of Hugo, which has summaries alone', () => {
  const feed = `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Posts on Moss</title>
    <link>https://moss.example/posts/</link>
    <description>Recent content in Posts on Moss</description>
    <generator>Hugo</generator>
    <language>de-de</language>
    <managingEditor>ed@moss.example (Ed)</managingEditor>
    <lastBuildDate>Mon, 02 Feb 2026 00:00:00 +0100</lastBuildDate>
    <atom:link href="https://moss.example/posts/index.xml" rel="self" type="application/rss+xml" />
    <item>
      <title>Moos im Januar</title>
      <link>https://moss.example/posts/januar/</link>
      <pubDate>Mon, 02 Feb 2026 00:00:00 +0100</pubDate>
      <author>ed@moss.example (Ed Grün)</author>
      <guid>https://moss.example/posts/januar/</guid>
      <description>&lt;p&gt;Es ist &amp;lt; 5 Grad &amp;amp; feucht.&lt;/p&gt;</description>
    </item>
  </channel>
</rss>`;

  expect(readItem(feed)).toEqual({
    guid: 'https://moss.example/posts/januar/',
    link: 'https://moss.example/posts/januar/',
    title: 'Moos im Januar',
    html: '<p>Es ist &lt; 5 Grad &amp; feucht.</p>',
    authors: ['Ed Grün'],
    publishedAt: '2026-02-01T23:00:00.000Z',
    labels: [],
    enclosures: [],
    language: 'de-DE',
  });
});

test('reads a feed in the manner of Jekyll', () => {
  const feed = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><generator uri="https://jekyllrb.com/" version="4.3.2">Jekyll</generator><link href="https://knots.example/feed.xml" rel="self" type="application/atom+xml" /><link href="https://knots.example/" rel="alternate" type="text/html" hreflang="en" /><updated>2026-01-10T09:00:00+00:00</updated><id>https://knots.example/feed.xml</id><title type="html">Knots</title><author><name>Pat Line</name></author><entry><title type="html">The &lt;em&gt;bowline&lt;/em&gt; &amp;amp; friends</title><link href="https://knots.example/2026/01/09/bowline.html" rel="alternate" type="text/html" title="The bowline" /><published>2026-01-09T00:00:00+00:00</published><updated>2026-01-10T08:15:00+00:00</updated><id>https://knots.example/2026/01/09/bowline</id><content type="html" xml:base="https://knots.example/2026/01/09/bowline.html"><![CDATA[<p>See <a href="sheet-bend.html">this</a><img src="/i/b.png" srcset="/i/b.png 1x, /i/b2.png 2x"></p>]]></content><category term="rope" /><summary type="html"><![CDATA[See this]]></summary><media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://knots.example/i/bowline.jpg" /></entry></feed>`;

  expect(readItem(feed)).toEqual({
    guid: 'https://knots.example/2026/01/09/bowline',
    link: 'https://knots.example/2026/01/09/bowline.html',
    title: 'The bowline & friends',
    html: '<p>See <a href="https://knots.example/2026/01/09/sheet-bend.html">this</a><img src="https://knots.example/i/b.png" srcset="https://knots.example/i/b.png 1x, https://knots.example/i/b2.png 2x"></p>',
    summary: 'See this',
    authors: ['Pat Line'],
    publishedAt: '2026-01-09T00:00:00.000Z',
    updatedAt: '2026-01-10T08:15:00.000Z',
    labels: ['rope'],
    picture: { url: 'https://knots.example/i/bowline.jpg' },
    enclosures: [],
    language: 'en',
  });
});

test('reads a feed in the manner of Blogger', () => {
  const feed = `<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008' xmlns:gd="http://schemas.google.com/g/2005" xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-77</id><updated>2026-03-01T01:02:03.004-08:00</updated><title type='text'>Kitchen table</title><link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='https://table.example/feeds/posts/default'/><link rel='self' type='application/atom+xml' href='https://table.example/feeds/posts/default'/><link rel='alternate' type='text/html' href='https://table.example/'/><link rel='hub' href='http://pubsubhubbub.appspot.com/'/><author><name>Lou</name><uri>https://table.example/lou</uri><email>noreply@blogger.com</email></author><entry><id>tag:blogger.com,1999:blog-77.post-8</id><published>2026-02-28T22:00:00.001-08:00</published><updated>2026-03-01T01:02:03.004-08:00</updated><category scheme="http://www.blogger.com/atom/ns#" term="soup"/><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/><title type='text'>Soup &amp; salt &lt;3</title><content type='html'>&lt;div class="separator"&gt;Stir.&lt;/div&gt;</content><link rel='replies' type='application/atom+xml' href='https://table.example/feeds/8/comments/default'/><link rel='edit' type='application/atom+xml' href='https://www.blogger.com/feeds/77/posts/default/8'/><link rel='self' type='application/atom+xml' href='https://www.blogger.com/feeds/77/posts/default/8'/><link rel='alternate' type='text/html' href='https://table.example/2026/02/soup.html' title='Soup'/><author><name>Lou Ladle</name><email>noreply@blogger.com</email></author><media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://pics.example/s72-c/soup.jpg" height="72" width="72"/><thr:total>0</thr:total></entry></feed>`;

  expect(read(feed)).toMatchObject({
    title: 'Kitchen table',
    home: 'https://table.example/',
    self: 'https://table.example/feeds/posts/default',
    hub: 'http://pubsubhubbub.appspot.com/',
  });
  // Its thumbnails are too small to be pictures.
  expect(readItem(feed)).toEqual({
    guid: 'tag:blogger.com,1999:blog-77.post-8',
    link: 'https://table.example/2026/02/soup.html',
    title: 'Soup & salt <3',
    html: '<div class="separator">Stir.</div>',
    authors: ['Lou Ladle'],
    publishedAt: '2026-03-01T06:00:00.001Z',
    updatedAt: '2026-03-01T09:02:03.004Z',
    labels: ['soup'],
    enclosures: [],
  });
});

test('reads a feed in the manner of Substack', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"><channel><title><![CDATA[Slow Rivers]]></title><link>https://rivers.example</link><image><url>https://cdn.example/logo.png</url><title>Slow Rivers</title><link>https://rivers.example</link></image><copyright><![CDATA[R. Iver]]></copyright><language><![CDATA[en]]></language><itunes:author><![CDATA[R. Iver]]></itunes:author><item><title><![CDATA[Where water goes]]></title><description><![CDATA[Down, mostly]]></description><link>https://rivers.example/p/where-water-goes</link><guid isPermaLink="false">https://rivers.example/p/where-water-goes</guid><dc:creator><![CDATA[R. Iver]]></dc:creator><pubDate>Sun, 01 Mar 2026 12:31:09 GMT</pubDate><enclosure url="https://cdn.example/image/fetch/f_auto/river.jpeg" length="0" type="image/jpeg"/><content:encoded><![CDATA[<p>Down.</p>]]></content:encoded></item></channel></rss>`;

  expect(readItem(feed)).toEqual({
    guid: 'https://rivers.example/p/where-water-goes',
    link: 'https://rivers.example/p/where-water-goes',
    title: 'Where water goes',
    html: '<p>Down.</p>',
    summary: 'Down, mostly',
    authors: ['R. Iver'],
    publishedAt: '2026-03-01T12:31:09.000Z',
    labels: [],
    picture: { url: 'https://cdn.example/image/fetch/f_auto/river.jpeg' },
    enclosures: [{ url: 'https://cdn.example/image/fetch/f_auto/river.jpeg', type: 'image/jpeg' }],
    language: 'en',
  });
});

test('reads a feed in the manner of Medium', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0" xmlns:cc="http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html"><channel><title><![CDATA[Stories by Kit on Medium]]></title><link>https://medium.example/@kit?source=rss</link><atom:link href="https://medium.example/@kit/feed" rel="self" type="application/rss+xml"/><atom:link href="http://medium.superfeedr.com" rel="hub"/><item><title><![CDATA[Tea, twice]]></title><link>https://medium.example/tea-twice-1a2b?source=rss</link><guid isPermaLink="false">https://medium.example/p/1a2b</guid><category><![CDATA[tea]]></category><dc:creator><![CDATA[Kit]]></dc:creator><pubDate>Fri, 06 Mar 2026 10:00:00 GMT</pubDate><atom:updated>2026-03-06T10:05:07.123Z</atom:updated><content:encoded><![CDATA[<h3>Tea</h3><p>Again.</p><img src="https://medium.example/_/stat?event=x" width="1" height="1" alt="">]]></content:encoded></item></channel></rss>`;

  expect(read(feed).hub).toBe('http://medium.superfeedr.com/');
  expect(readItem(feed)).toEqual({
    guid: 'https://medium.example/p/1a2b',
    link: 'https://medium.example/tea-twice-1a2b?source=rss',
    title: 'Tea, twice',
    html: '<h3>Tea</h3><p>Again.</p><img src="https://medium.example/_/stat?event=x" width="1" height="1" alt="">',
    authors: ['Kit'],
    publishedAt: '2026-03-06T10:00:00.000Z',
    updatedAt: '2026-03-06T10:05:07.123Z',
    labels: ['tea'],
    enclosures: [],
  });
});

test('reads a feed in the manner of Drupal, with its base and links relative to it', () => {
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xml:base="https://council.example/en/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:og="http://ogp.me/ns#">
  <channel>
    <title>Town council</title><link>https://council.example/en/</link><description/><language>en</language>
    <item>
  <title>Bridge closed</title>
  <link>news/bridge</link>
  <description>&lt;span&gt;&lt;a href="map.pdf"&gt;Map&lt;/a&gt; &lt;img typeof="foaf:Image" src="/files/bridge.png"&gt;&lt;/span&gt;</description>
  <pubDate>Wed, 25 Feb 2026 11:15:00 +0000</pubDate>
  <dc:creator>clerk</dc:creator>
  <guid isPermaLink="false">91 at https://council.example</guid>
  <enclosure url="/files/map.pdf" length="4096" type="application/pdf" />
</item>
  </channel>
</rss>`;

  expect(readItem(feed)).toEqual({
    guid: '91 at https://council.example',
    link: 'https://council.example/en/news/bridge',
    title: 'Bridge closed',
    html: '<span><a href="https://council.example/en/map.pdf">Map</a> <img typeof="foaf:Image" src="https://council.example/files/bridge.png"></span>',
    authors: ['clerk'],
    publishedAt: '2026-02-25T11:15:00.000Z',
    labels: [],
    enclosures: [{ url: 'https://council.example/files/map.pdf', type: 'application/pdf', length: 4096 }],
    language: 'en',
  });
});

test('reads a feed in the manner of FeedBurner: the original link, not the one that counts', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" version="2.0"><channel><title>Burnt</title><link>https://burnt.example/</link><feedburner:info uri="burnt" /><item><title>One</title><link>http://feedproxy.example/~r/burnt/~3/x/one</link><guid isPermaLink="false">burnt-1</guid><description>Text&lt;img src="http://feeds.example/~r/burnt/~4/x" height="1" width="1"/&gt;</description><feedburner:origLink>https://burnt.example/one</feedburner:origLink></item></channel></rss>`;

  expect(readItem(feed)).toEqual({
    guid: 'burnt-1',
    link: 'https://burnt.example/one',
    title: 'One',
    html: 'Text<img src="http://feeds.example/~r/burnt/~4/x" height="1" width="1"/>',
    authors: [],
    labels: [],
    enclosures: [],
  });
});

test('reads a feed in the manner of Tumblr: a post of one picture, whose title is its beginning', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>fern</title><link>https://fern.example/</link><item><title>Photo</title><description>&lt;img src="https://pics.example/fern.jpg"/&gt;&lt;br/&gt;&lt;p&gt;A fern.&lt;/p&gt;</description><link>https://fern.example/post/5</link><guid>https://fern.example/post/5</guid><pubDate>Sun, 08 Mar 2026 02:00:00 -0500</pubDate><category>fern</category></item></channel></rss>`;

  expect(readItem(feed)).toMatchObject({
    link: 'https://fern.example/post/5',
    title: 'Photo',
    html: '<img src="https://pics.example/fern.jpg"/><br/><p>A fern.</p>',
    publishedAt: '2026-03-08T07:00:00.000Z',
    labels: ['fern'],
  });
});
