import { expect, test } from 'vitest';
import { isFeedFile, readFeedSite } from '../../infra/tools/import/feed/read-feed-site.ts';
import type { OldEntry } from '../../infra/tools/import/old-site.ts';
import { type Answers, answer, networkOf, startHostileServer } from '../support/hostile-server.ts';
import { articlesIn, entriesOf, stored, writeExport } from '../support/old-site.ts';
import { atom, rss } from './read-feed.ts';

const item = (name: string, more = '') =>
  `<item><guid isPermaLink="false">${name}</guid><link>https://old.example/${name}/</link><title>${name}</title>
  <pubDate>Tue, 02 Jan 2024 10:00:00 +0800</pubDate><description>&lt;p&gt;Of ${name}</description>${more}</item>`;
const channel = (more: string) =>
  `<title>Old</title><link>https://old.example/</link>${more.replaceAll('<link', '<atom:link xmlns:atom="http://www.w3.org/2005/Atom"')}`;

interface Fetched {
  entries: OldEntry[];
  requests: string[];
  error: string;
}

/** What comes of a site at which these answers wait; `AT` in them is its address. */
async function fetchFrom(path: string, texts: Record<string, string | number>): Promise<Fetched> {
  const server = await startHostileServer();
  const at = `http://upstream.example:${server.port}`;
  const answers: Answers = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      typeof text === 'number' ? answer(text) : answer(200, [], text.replaceAll('AT', at)),
    ]),
  );
  Object.assign(server.answers, answers);
  const network = networkOf(server);
  const told = (text: string) => text.replaceAll(at, 'AT').replaceAll(`:${server.port}`, '');
  const entries = await readFeedSite(at + path, { network }).then(entriesOf, (error) => error);
  return {
    entries: entries instanceof Error ? [] : JSON.parse(told(JSON.stringify(entries))),
    requests: server.requests.map((head) => head.split(' ')[1] ?? ''),
    error: entries instanceof Error ? told(entries.message) : 'none',
  };
}

function guids({ entries }: Fetched): unknown[] {
  return articlesIn(entries).map(({ fields }) => fields.guid);
}

function leftOut({ entries }: Fetched): string[] {
  return entries.flatMap((entry) => (entry.kind === 'left-out' ? [`${entry.place} ${entry.reason}`] : []));
}

test('knows feeds by their beginning, and no export of WordPress', () => {
  expect(isFeedFile(rss(''))).toBe(true);
  expect(isFeedFile(atom(''))).toBe(true);
  expect(isFeedFile('{"version": "https://jsonfeed.org/version/1.1"}')).toBe(true);
  expect(isFeedFile('<rss xmlns:wp="http://wordpress.org/export/1.2/">')).toBe(false);
  expect(isFeedFile('{"db":[{"data":{}}]}')).toBe(false);
});

test('takes an item as the site’s own', async () => {
  const more = `<category>Sea</category><category>Ships</category><dc:creator>Jo</dc:creator><source url="https://a.example/f">A</source>
  <enclosure url="/a.mp3" type="audio/mpeg"/><enclosure url="https://old.example/a.png" type="image/png"/>`;
  const text = rss(item('lamp', more).replace('Of lamp', 'Of &lt;a href="../moor/"&gt;moor&lt;/a&gt;'));
  const site = await readFeedSite(writeExport(text), {});
  const [lamp] = articlesIn(await entriesOf(site));

  expect(site.home).toBe('https://upstream.example/');
  expect(lamp).toEqual({
    kind: 'article',
    place: 'https://old.example/lamp/',
    slug: 'lamp',
    addresses: ['https://old.example/lamp/'],
    fields: {
      title: 'lamp',
      html: '<p>Of <a href="https://old.example/moor/">moor</a><p><audio controls src="https://old.example/a.mp3"></audio></p>',
      publishedAt: '2024-01-02T02:00:00.000Z',
      authors: ['Jo'],
      category: 'Sea',
      tags: ['Ships'],
      image: { url: 'https://old.example/a.png' },
      guid: 'lamp',
    },
    notes: [],
  });
});

test('the guid of WordPress leads to the article too, and without one the link is it', async () => {
  const text = rss(
    item('lamp').replace('>lamp<', '>https://old.example/?p=12<') +
      '<item><link>https://old.example/2020/moor.html</link><title>M</title></item>',
  );
  const [lamp, moor] = articlesIn(await entriesOf(await readFeedSite(writeExport(text), {})));

  expect(lamp).toMatchObject({
    addresses: ['https://old.example/lamp/', 'https://old.example/?p=12'],
    fields: { guid: 'https://old.example/?p=12' },
  });
  expect(moor).toMatchObject({
    slug: 'moor',
    fields: { guid: 'https://old.example/2020/moor.html', draft: true },
    notes: ['a draft: the feed tells no date of it that is certain, with a zone'],
  });
});

test('what a program makes of the text is none of it', async () => {
  const post =
    '<p>The post <a href="https://old.example/lamp/">Lamp</a> appeared first on <a href="https://old.example">Old</a>.</p>';
  const read = async (summary: string) => {
    const html = `<p>It burns all night.</p>\n${post}`;
    const text = item('lamp', `<content:encoded><![CDATA[${html}]]></content:encoded>`).replace(
      '&lt;p&gt;Of lamp',
      `<![CDATA[${summary}]]>`,
    );
    const [lamp] = articlesIn(await entriesOf(await readFeedSite(writeExport(rss(text)), {})));
    return [lamp?.fields.html, lamp?.fields.summary];
  };

  expect(await read(`<p>It burns [&#8230;]</p>\n${post}`)).toEqual([
    '<p>It burns all night.</p>\n',
    undefined,
  ]);
  expect(await read('Of a lamp')).toEqual(['<p>It burns all night.</p>\n', 'Of a lamp']);
});

test('takes all items of a long document', async () => {
  const text = rss(Array.from({ length: 600 }, (_, index) => item(`i${index}`)).join(''));

  expect(articlesIn(await entriesOf(await readFeedSite(writeExport(text), {})))).toHaveLength(600);
});

test.each<[string, Record<string, string>]>([
  [
    'archives of RFC 5005 in RSS',
    {
      '/feed': rss(item('c') + item('b'), channel('<link rel="prev-archive" href="AT/2"/>')),
      '/2': rss(item('b') + item('a'), channel('<link rel="next-archive" href="AT/feed"/>')),
    },
  ],
  [
    'pages of RFC 5005 in Atom',
    {
      '/feed': atom(
        '<link rel="next" href="/2"/><entry><id>c</id><title>c</title></entry><entry><id>b</id><title>b</title></entry>',
      ),
      '/2': atom('<entry><id>a</id><title>a</title></entry>'),
    },
  ],
  [
    'next_url of JSON Feed',
    {
      '/feed':
        '{"version":"https://jsonfeed.org/version/1.1","next_url":"AT/2","items":[{"id":"c","title":"c"},{"id":"b","title":"b"}]}',
      '/2': '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a","title":"a"}]}',
    },
  ],
])('follows %s', async (_, texts) => {
  const fetched = await fetchFrom('/feed', texts);

  expect([guids(fetched), leftOut(fetched), fetched.requests]).toEqual([
    ['c', 'b', 'a'],
    [],
    ['/feed', '/2'],
  ]);
});

test('asks WordPress for page after page, until there is none', async () => {
  const generator = channel('<generator>https://wordpress.org/?v=6.4.3</generator>');
  const fetched = await fetchFrom('/feed/?a=b', {
    '/feed/?a=b': rss(item('d') + item('c'), generator),
    '/feed/?a=b&paged=2': rss(item('b'), generator),
    '/feed/?a=b&paged=3': 'Error establishing a database connection',
    '/feed/?a=b&paged=4': rss(item('a'), channel('')),
  });

  expect(guids(fetched)).toEqual(['d', 'c', 'b', 'a']);
  expect(leftOut(fetched)).toEqual(['AT/feed/?a=b&paged=3 The address answers neither XML nor JSON.']);
  expect(fetched.requests.at(-1)).toBe('/feed/?a=b&paged=5');
});

test('a circle ends', async () => {
  const fetched = await fetchFrom('/feed', {
    '/feed': rss(item('b'), channel('<link rel="next" href="AT/2"/>')),
    '/2': rss(item('a'), channel('<link rel="next" href="AT/feed"/>')),
  });

  expect([guids(fetched), fetched.requests]).toEqual([
    ['b', 'a'],
    ['/feed', '/2'],
  ]);
});

test('a page that fails is asked for three times and named, and what was read is kept', async () => {
  const fetched = await fetchFrom('/feed', {
    '/feed': rss(item('b'), channel('<link rel="next" href="AT/2"/>')),
    '/2': 503,
  });

  expect([guids(fetched), leftOut(fetched)]).toEqual([['b'], ['AT/2 upstream.example answers 503']]);
  expect(fetched.requests).toEqual(['/feed', '/2', '/2', '/2']);
});

test('a web page leads to its feed', async () => {
  const fetched = await fetchFrom('/', {
    '/': '<!doctype html><title>Old</title><link rel=alternate type=application/rss+xml href=feed>',
    '/feed': rss(item('a')),
  });

  expect([guids(fetched), fetched.requests]).toEqual([['a'], ['/', '/feed']]);
});

test.each<[string, Record<string, string | number>, string]>([
  [
    'a page without a feed',
    { '/': '<!doctype html><title>Old</title>' },
    'AT/: The address answers a web page, not a feed.',
  ],
  ['nothing', {}, 'AT/: upstream.example answers 404'],
  ['what is no feed', { '/': 'Hello' }, 'AT/: The address answers neither XML nor JSON.'],
])('says of %s why nothing can be read', async (_, texts, sentence) => {
  expect((await fetchFrom('/', texts)).error).toBe(sentence);
});

test('says of a file why nothing can be read', async () => {
  const file = writeExport('<rss><channel><item></rss>');

  await expect(readFeedSite(file, {})).rejects.toThrow(`${file}: The feed is no well-formed XML`);
});

test('whatever a feed holds, the site takes its articles', async () => {
  const long = 'x '.repeat(5000);
  const items = [
    `<item><guid>${long}</guid><title>${long}</title><category>${long}</category><category>!</category><dc:creator>${long}</dc:creator></item>`,
    `<item><link>https://old.example/${'%'.repeat(3000)}</link><description>&lt;script&gt;alert(1)&lt;/script&gt;a</description></item>`,
    `<item><title>a\u202eb</title><description>a</description><media:content medium="image" url="https://old.example/${'a'.repeat(3000)}"/></item>`,
    '<item><title>T</title><pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate><atom:updated>2023-01-01T00:00:00Z</atom:updated></item>',
  ];
  const articles = articlesIn(await entriesOf(await readFeedSite(writeExport(rss(items.join(''))), {})));

  expect(articles.map((article) => stored(article).title.slice(0, 5))).toEqual(['x x x', 'a', 'ab', 'T']);
});
