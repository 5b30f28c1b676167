import { expect, test } from 'vitest';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { parseSite } from '../../functions/article/site.ts';

const required = [
  'title: Sample News',
  'description: What a sample has to say',
  'authority: news.example.com',
  'language: en',
  'timeZone: Asia/Shanghai',
];

function faultsOf(lines: string[]) {
  try {
    parseSite(lines.join('\n'));
  } catch (error) {
    if (error instanceof InvalidFileError) return error.faults;
    throw error;
  }
  return [];
}

function faultsWith(line: string) {
  const key = line.slice(0, line.indexOf(':') + 1);
  return faultsOf([...required.filter((other) => !other.startsWith(key)), line]);
}

test('every setting is read', () => {
  const site = parseSite(
    [
      ...required,
      'address: [1 Harbour Road, Pudong]',
      'sources:',
      '  - { name: River Gazette, url: "https://Gazette.example.org", feed: "https://Gazette.example.org/rss", credit: Thanks }',
      '  - { name: 新华 }',
      'hubs: ["https://hub.example.net"]',
      'logo: gate.png',
      'accent: "#0A7f5a"',
      'navigation: [{ label: 城市, url: /category/城市?a=1 }, { label: Else, url: "https://Other.example" }]',
      'redirects: { /2019/05/%74itle/: /news/title, "/?p=1": "https://Other.example" }',
      'footer: [Printed on paper]',
    ].join('\n'),
  );

  expect(site).toEqual({
    title: 'Sample News',
    description: 'What a sample has to say',
    authority: 'news.example.com',
    language: 'en',
    timeZone: 'Asia/Shanghai',
    address: ['1 Harbour Road', 'Pudong'],
    sources: [
      {
        name: 'River Gazette',
        url: 'https://gazette.example.org/',
        feed: 'https://gazette.example.org/rss',
        credit: 'Thanks',
      },
      { name: '新华' },
    ],
    hubs: ['https://hub.example.net/'],
    logo: 'gate.png',
    accent: '#0A7f5a',
    navigation: [
      { label: '城市', url: '/category/%E5%9F%8E%E5%B8%82?a=1' },
      { label: 'Else', url: 'https://other.example/' },
    ],
    redirects: [
      { from: '/2019/05/title', to: '/news/title' },
      { from: '/?p=1', to: 'https://other.example/' },
    ],
    footer: ['Printed on paper'],
  });
});

test('a source is followed as its defaults say', () => {
  const follow = '{ publish: at-once, tags: [Ports] }';
  const { sources } = parseSite(
    [...required, `sources: [{ name: n, feed: "https://a.example/", follow: ${follow} }]`].join('\n'),
  );

  expect(sources[0]?.follow).toEqual({
    publish: 'at-once',
    show: 'full',
    pixels: 'drop',
    pictures: 'link',
    every: 30,
    most: 20,
    tags: ['Ports'],
    withdraw: false,
    include: [],
    exclude: [],
  });
});

test('a followed source without a feed is told together with its other faults', () => {
  const faults = faultsWith('sources: [{ name: n, url: x, follow: { publish: now } }]');

  expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
    '/sources/0/feed',
    '/sources/0/follow/publish',
    '/sources/0/url',
  ]);
});

test('lists are empty by default', () => {
  const none = { address: [], sources: [], hubs: [], navigation: [], redirects: [], footer: [] };
  expect(parseSite(required.join('\n'))).toMatchObject(none);
});

test.each(required.map((line) => line.slice(0, line.indexOf(':'))))('%s is required', (name) => {
  const faults = faultsOf(required.filter((line) => !line.startsWith(name)));

  expect(faults).toMatchObject([{ line: 1, pointer: `/${name}` }]);
});

test.each([
  ['title: ""', '/title'],
  [`title: ${'x'.repeat(101)}`, '/title'],
  ['title: "a\\x01b"', '/title'],
  ['authority: News.example.com', '/authority'],
  ['authority: https://news.example.com', '/authority'],
  ['authority: localhost', '/authority'],
  ['language: not a language', '/language'],
  ['language: Chinese', '/language'],
  ['timeZone: Mars/Base', '/timeZone'],
  ['timeZone: ""', '/timeZone'],
  ['timeZone: CST', '/timeZone'],
  ['timeZone: EST', '/timeZone'],
  ['timeZone: "+08:00"', '/timeZone'],
  ['address: 1 Harbour Road', '/address'],
  ['sources: [{ url: "https://a.example/" }]', '/sources/0/name'],
  ['sources: [{ name: n, url: "javascript:alert(1)" }]', '/sources/0/url'],
  ['sources: [null]', '/sources/0'],
  ['sources: [{ name: n, follow: { publish: drafts } }]', '/sources/0/feed'],
  ['sources: [{ name: n, feed: "https://a.example/", follow: {} }]', '/sources/0/follow/publish'],
  ...[
    'show: title',
    'pictures: all',
    'pixels: yes',
    'every: 4',
    'every: 7.5',
    'most: 0',
    'include: all',
    'tags: [""]',
    'delete: true',
  ].map((setting) => [
    `sources: [{ name: n, feed: "https://a.example/", follow: { publish: drafts, ${setting} } }]`,
    `/sources/0/follow/${setting.replace(/:.*/, '')}${setting.startsWith('tags') ? '/0' : ''}`,
  ]),
  ['hubs: [hub.example.net]', '/hubs/0'],
  ['logo: [a.png]', '/logo'],
  ['accent: red', '/accent'],
  ['accent: #0a7f5a', '/accent'],
  ['accent: "#0a7"', '/accent'],
  ['navigation: [/news]', '/navigation/0'],
  ['navigation: [{ label: a, url: "//other.example/" }]', '/navigation/0/url'],
  ['navigation: [{ label: a, url: "/\\\\other.example/" }]', '/navigation/0/url'],
  ['navigation: [{ label: a, url: "javascript:alert(1)" }]', '/navigation/0/url'],
  ['navigation: [{ url: /news }]', '/navigation/0/label'],
  ['footer: One line', '/footer'],
  ['footer: ["See [this](javascript:alert)"]', '/footer/0'],
  ['footer: ["[a](/x) and [this](//other.example/)"]', '/footer/0'],
  ['colour: red', '/colour'],
])('%s is refused', (line, pointer) => {
  expect(faultsWith(line).map((fault) => fault.pointer)).toEqual([pointer]);
});

test.each(['UTC', 'Asia/Shanghai', 'America/Argentina/Ushuaia', 'Etc/GMT-8'])(
  'the time zone %s is accepted',
  (zone) => {
    expect(faultsWith(`timeZone: ${zone}`)).toEqual([]);
  },
);

test('takes a hub that is named twice as one', () => {
  const hub = '"https://hub.example.net/"';

  const { hubs } = parseSite([...required, `hubs: [${hub}, ${hub}]`].join('\n'));

  expect(hubs).toEqual(['https://hub.example.net/']);
});

test('characters that feeds cannot contain are percent-encoded in addresses', () => {
  const site = parseSite([...required, 'hubs: ["https://hub.example.net/\\x01a"]'].join('\n'));

  expect(site.hubs).toEqual(['https://hub.example.net/%01a']);
});

test('a hub named twice counts once: feeds must not repeat it', () => {
  const site = parseSite(
    [...required, 'hubs: ["https://hub.example.net", "https://HUB.example.net/"]'].join('\n'),
  );

  expect(site.hubs).toEqual(['https://hub.example.net/']);
});

test('two sources whose articles would share a stream are refused', () => {
  expect(
    faultsWith('sources: [{ name: River Gazette }, { name: 新华 }, { name: "river  gazette!" }]'),
  ).toEqual([
    {
      line: 6,
      pointer: '/sources/2/name',
      message: 'has the same address as "River Gazette": keep one of them',
    },
  ]);
});

test('all faults are reported at once, each with its line', () => {
  const faults = faultsOf(['title: T', 'timeZone: Mars/Base', 'colour: red', 'hubs: [a, b]']);

  expect(faults.map(({ line, pointer }) => `${line} ${pointer}`).sort()).toEqual([
    '1 /authority',
    '1 /description',
    '1 /language',
    '2 /timeZone',
    '3 /colour',
    '4 /hubs/0',
    '4 /hubs/1',
  ]);
});

test('interface texts of an owner are read, each label with the space that parts it from what it is of', () => {
  const { messages } = parseSite(
    [...required, 'messages: { de: { news: Meldungen, source: "Von:", kinds: { tag: Themen } } }'].join('\n'),
  );

  expect(messages).toEqual({ de: { news: 'Meldungen', source: 'Von: ', kinds: { tag: 'Themen' } } });
});

test('names every text that a language lacks, and what is no text of ours', () => {
  const pointers = (line: string) => faultsWith(line).map(({ pointer, message }) => `${pointer} ${message}`);

  const italian = pointers('messages: { it: { news: Notizie } }');
  expect(italian).toContain('/messages/it/archive is missing');
  expect(italian).toContain('/messages/it/feedWords must be a list of texts');
  expect(italian).not.toContain('/messages/it/news is missing');
  expect(
    pointers('messages: { de: { nws: A, home: "", kinds: [], problems: { gone: { titel: B } } }, x_y: {} }'),
  ).toEqual([
    '/messages/de/home must not be empty',
    '/messages/de/kinds must be a list of texts',
    '/messages/de/problems/gone/titel is not a known field',
    '/messages/de/nws is not a known field',
    '/messages/x_y must be a language tag such as it',
  ]);
  expect(pointers('messages: German')).toEqual([
    '/messages must be a list of languages, each with its texts',
  ]);
});

test('names every rule for robots that is none', () => {
  const rules = [
    'Disallow: /a',
    'User-agent: *',
    'Disallow: a',
    '# all',
    'Deny: /',
    'User-agent: ',
    'Allow:',
  ];

  expect(faultsWith(`robots: ${JSON.stringify(rules.join('\n'))}`).map(({ message }) => message)).toEqual([
    'needs a user-agent before its rules (rule 1: disallow: /a)',
    'needs paths that begin with / (rule 3: disallow: a)',
    'may have user-agent, allow, disallow, crawl-delay, sitemap (rule 4: deny: /)',
    'needs the name of a crawler, or * (rule 5: user-agent: )',
  ]);
  expect(faultsWith('crawlers: { ai: no }').map(({ message }) => message)).toEqual([
    'must be refuse or allow',
  ]);
});
