import { expect, test } from 'vitest';
import { read, readItem } from './read-feed.ts';

test('reads JSON Feed 1.1 in the manner of micro.blog', () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Pier & more',
    home_page_url: 'https://pier.example/',
    feed_url: 'https://pier.example/feed.json',
    hubs: [
      { type: 'rssCloud', url: 'https://cloud.example/' },
      { type: 'WebSub', url: 'https://hub.example/' },
    ],
    language: 'en',
    authors: [{ name: 'Pia' }],
    items: [
      {
        id: 'http://pier.example/2026/03/09/fog.html',
        url: 'https://pier.example/2026/03/09/fog.html',
        content_html: '<p>Fog. <a href="../photos/">More</a></p>\n',
        date_published: '2026-03-09T08:00:00+01:00',
        tags: ['fog', 'Fog', ''],
      },
      {
        id: 7,
        url: '/2026/03/08/rain',
        title: 'Rain: 1 &lt; 2 <b>',
        content_text: 'It rains.\n\nA & B <here>',
        summary: 'Rain,\nmostly',
        image: '/i/rain.png',
        date_published: '2026-03-08T08:00:00Z',
        date_modified: '2026-03-08T09:00:00Z',
        authors: [{ name: 'Bo' }, { url: 'https://bo.example' }, { name: 'Cy' }],
        language: 'de',
        external_url: 'https://rain.example/story',
        attachments: [{ url: 'https://pier.example/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 99 }],
      },
    ],
  };

  expect(read(JSON.stringify(feed))).toEqual({
    title: 'Pier & more',
    home: 'https://pier.example/',
    self: 'https://pier.example/feed.json',
    hub: 'https://hub.example/',
    tombstones: [],
    leftOut: [],
    items: [
      {
        guid: 'http://pier.example/2026/03/09/fog.html',
        link: 'https://pier.example/2026/03/09/fog.html',
        title: 'Fog. More',
        html: '<p>Fog. <a href="https://pier.example/2026/03/photos/">More</a></p>',
        authors: ['Pia'],
        publishedAt: '2026-03-09T07:00:00.000Z',
        labels: ['fog'],
        enclosures: [],
        language: 'en',
      },
      {
        guid: '7',
        link: 'https://upstream.example/2026/03/08/rain',
        title: 'Rain: 1 &lt; 2 <b>',
        html: '<p>It rains.</p>\n<p>A &amp; B &lt;here&gt;</p>',
        summary: 'Rain, mostly',
        authors: ['Bo', 'Cy'],
        publishedAt: '2026-03-08T08:00:00.000Z',
        updatedAt: '2026-03-08T09:00:00.000Z',
        labels: [],
        picture: { url: 'https://upstream.example/i/rain.png' },
        enclosures: [{ url: 'https://pier.example/a.mp3', type: 'audio/mpeg', length: 99 }],
        via: 'https://rain.example/story',
        language: 'de',
      },
    ],
  });
});

test('reads JSON Feed 1.0, behind a byte order mark', () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1',
    title: 'One',
    author: { name: 'Al' },
    items: [
      { id: 'a', content_html: '<p>A</p>', author: { name: 'Bea' }, date_published: '2026-03-09 10:00' },
      { id: 'b', title: 'B', banner_image: 'https://one.example/b.jpg', summary: 'Of B' },
      { id: 'c', title: 'C', attachments: [{ url: 'https://one.example/c.webp', mime_type: 'image/webp' }] },
    ],
  };

  expect(read(`\ufeff${JSON.stringify(feed)}`)).toMatchObject({
    items: [
      { guid: 'a', title: 'A', authors: ['Bea'], publishedAt: undefined },
      {
        guid: 'b',
        title: 'B',
        authors: ['Al'],
        html: '<p>Of B</p>',
        picture: { url: 'https://one.example/b.jpg' },
      },
      { guid: 'c', picture: { url: 'https://one.example/c.webp' }, html: undefined },
    ],
    leftOut: ['A date that is not certain, or has no time zone: "2026-03-09 10:00"'],
  });
});

test('reads ninjs 1', () => {
  const item = {
    uri: 'http://agency.example/item/20260309-1',
    type: 'text',
    versioncreated: '2026-03-09T10:05:00Z',
    firstcreated: '2026-03-09T10:00:00Z',
    pubstatus: 'usable',
    language: 'en-GB',
    headline: 'Harbour opens',
    byline: 'Jo Quay',
    description_text: 'It opened.',
    body_xhtml: '<p>It <a href="/more">opened</a>.</p>',
    body_text: 'It opened.',
    subject: [{ code: 'x:1', name: 'Shipping' }],
    usageterms: 'Online use only',
    associations: {
      main: {
        uri: 'http://agency.example/picture/1',
        type: 'picture',
        renditions: {
          web: { href: 'http://agency.example/p/1.jpg', mimetype: 'image/jpeg', sizeinbytes: 2048 },
        },
      },
    },
  };

  expect(readItem(JSON.stringify(item))).toEqual({
    guid: 'http://agency.example/item/20260309-1',
    link: 'http://agency.example/item/20260309-1',
    title: 'Harbour opens',
    html: '<p>It <a href="http://agency.example/more">opened</a>.</p>',
    summary: 'It opened.',
    authors: ['Jo Quay'],
    publishedAt: '2026-03-09T10:00:00.000Z',
    updatedAt: '2026-03-09T10:05:00.000Z',
    labels: ['Shipping'],
    picture: { url: 'http://agency.example/p/1.jpg' },
    enclosures: [{ url: 'http://agency.example/p/1.jpg', type: 'image/jpeg', length: 2048 }],
    language: 'en-GB',
    credit: 'Online use only',
  });
});

test('reads a list of ninjs 3: a cancelled item is a tombstone', () => {
  const items = [
    {
      uri: 'urn:newsml:agency.example:20260309:2',
      standard: { name: 'ninjs', version: '3.0' },
      versioncreated: '2026-03-09T11:00:00+01:00',
      headlines: [{ role: 'main', value: 'Crane falls' }],
      bodies: [
        { role: 'main', contenttype: 'text/plain', value: 'It fell.' },
        { role: 'main', contenttype: 'text/html', value: '<p>It fell.</p>' },
      ],
      descriptions: [{ value: 'Nobody hurt.' }],
      people: [
        { rel: 'author', name: 'Cy Crane' },
        { rel: 'subject', name: 'Nobody' },
      ],
      subjects: [{ name: 'Accidents' }],
      associations: [
        {
          name: 'main',
          renditions: [{ name: 'web', href: 'https://agency.example/2.png', contenttype: 'image/png' }],
        },
      ],
    },
    { uri: 'urn:x:gone', headline: 'Gone', versioncreated: '2026-03-09T12:00:00Z', pubstatus: 'canceled' },
    { uri: 'urn:x:held', headline: 'Held', pubstatus: 'withheld' },
  ];

  expect(read(JSON.stringify({ items }))).toEqual({
    title: '',
    tombstones: [{ guid: 'urn:x:gone', at: '2026-03-09T12:00:00.000Z' }],
    leftOut: ['An item that is withheld: "urn:x:held"'],
    items: [
      {
        guid: 'urn:newsml:agency.example:20260309:2',
        title: 'Crane falls',
        html: '<p>It fell.</p>',
        summary: 'Nobody hurt.',
        authors: ['Cy Crane'],
        publishedAt: '2026-03-09T10:00:00.000Z',
        updatedAt: '2026-03-09T10:00:00.000Z',
        labels: ['Accidents'],
        picture: { url: 'https://agency.example/2.png' },
        enclosures: [{ url: 'https://agency.example/2.png', type: 'image/png' }],
      },
    ],
  });
});
