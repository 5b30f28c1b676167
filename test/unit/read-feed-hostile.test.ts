import { expect, test } from 'vitest';
import { expectLinear } from '../support/growth/measure.ts';
import { atom, read, readItem, refusal, rss } from './read-feed.ts';

const entity = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
const item = '<item><title>&x;&b;</title></item>';
const hasType = 'The feed has a document type (DOCTYPE), which is refused for fear of entities.';

test.each([
  ['an external entity', `<?xml version="1.0"?>${entity}${rss(item).slice(38)}`],
  ['entities of entities', `<?xml version="1.0"?>${bomb}${rss(item).slice(38)}`],
  ['one behind comments and white space', `\n<!-- a --> <?a b?>\n<!--<rss>-->${entity}<rss/>`],
  ['one behind a mark of UTF-8', `\ufeff${entity}<rss/>`],
  ['one behind a control character', `<\u0001!DOCTYPE rss []><rss/>`],
  ['one in small letters', '<!doctype rss><rss/>'],
  ['the one of RSS 0.91', '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" ""><rss/>'],
  ['one in UTF-16', Buffer.from(`\ufeff<?xml version="1.0"?>${entity}<rss/>`, 'utf16le')],
  ['one in UTF-16 without a mark', Buffer.from(`<?xml version="1.0"?>${entity}<rss/>`, 'utf16le')],
  ['one in UTF-16, big end first', Buffer.from(`\ufeff${entity}<rss/>`, 'utf16le').swap16()],
])('refuses %s before it is parsed', (_what, feed) => {
  expect(refusal(feed)).toBe(hasType);
});

test.each([
  [
    'a declared encoding of seven bits',
    '<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE rss+AD4-',
    /no well-formed XML/,
  ],
  ['UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]), /UTF-32/],
  ['UTF-32, little end first', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), /UTF-32/],
  ['a document type in the middle', '<rss><!DOCTYPE rss [<!ENTITY x "y">]></rss>', /no well-formed XML/],
])('refuses %s', (_what, feed, message) => {
  expect(refusal(feed)).toMatch(message);
});

test.each([
  ['nothing', '', 'The feed is empty.'],
  ['white space', ' \n\t', 'The feed is empty.'],
  ['words', 'Too many connections', 'The address answers neither XML nor JSON.'],
  ['other XML', '<sitemap/>', 'The address answers XML that is no feed: its root is sitemap.'],
  ['RSS without a channel', '<rss version="2.0"/>', 'The feed is RSS without a channel.'],
  ['other JSON', '{"error": "gone"}', 'The address answers JSON that is neither a JSON Feed nor ninjs.'],
  [
    'JSON that is no object',
    '[1, null, "a"]',
    'The address answers JSON that is neither a JSON Feed nor ninjs.',
  ],
  ['half of a JSON Feed', '{"version": "https://jsonfeed.org/version/1.1", "items": [', /no valid JSON/],
  ['an item that does not end', rss('<item><title>A'), /no well-formed XML: .*, in line 1, column \d+\.$/],
  ['half of a feed', rss('<item><title>A</title></item>').slice(0, -20), /no well-formed XML/],
  ['tags that cross', rss('<item><title>A</item></title>'), /unexpected close tag/],
  ['a feed and its second half', `${rss('')}</channel></rss>`, /no well-formed XML/],
  [
    'a picture',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    "The feed's bytes are not text in utf-8.",
  ],
])('refuses %s', (_what, feed, message) => {
  const said = refusal(feed);

  if (typeof message === 'string') expect(said).toBe(message);
  else expect(said).toMatch(message);
});

test('refuses a web page, and names the feed that it links', () => {
  const page = (head: string) =>
    `<?xml version="1.0"?><!-- a --><!DOCTYPE HTML PUBLIC "-//W3C//DTD"><html><head>${head}`;
  const links = `<link rel="stylesheet" href="/a.css"><LINK href='/news/rss.xml?a=1&amp;b=2' type=application/rss+xml rel="alternate">`;

  expect(refusal(page(links))).toBe(
    'The address answers a web page, not a feed; the page names the feed https://upstream.example/news/rss.xml?a=1&b=2.',
  );
  expect(refusal(page('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'))).toBe(
    'The address answers a web page, not a feed.',
  );
  expect(refusal('<html lang="en">')).toBe('The address answers a web page, not a feed.');
});

test('takes the 500 newest of 10,000 items, wherever they stand, and says so', () => {
  const dated = (number: number) => new Date(Date.UTC(2024, 0, 1) + number * 60_000).toISOString();
  const one = (number: number) =>
    `<item><title>Item ${number}</title><guid>${number}</guid><atom:updated>${dated(number)}</atom:updated></item>`;

  const { items, leftOut } = read(rss(Array.from({ length: 10_000 }, (_, number) => one(number)).join('')));

  expect(items).toHaveLength(500);
  expect(items.map(({ guid }) => guid)).toEqual(Array.from({ length: 500 }, (_, at) => String(9500 + at)));
  expect(leftOut).toEqual(['Items or removals beyond the 500 newest: "9500"']);
});

test('refuses elements 10,000 deep, and takes those that a text has', () => {
  const nested = (depth: number) =>
    rss(
      `<item><title>A</title><description>${'<b>'.repeat(depth)}x${'</b>'.repeat(depth)}</description></item>`,
    );

  expect(refusal(nested(10_000))).toBe('The feed nests more than 200 elements.');
  expect(readItem(nested(150)).html).toContain('<b><b>x</b></b>');
});

test('refuses more elements and attributes than any feed has', () => {
  const attributes = Array.from({ length: 200_001 }, (_, at) => ` a${at}=""`).join('');

  for (const many of ['<a/>'.repeat(200_001), `<a${attributes}/>`])
    expect(refusal(rss(many))).toBe('The feed has more than 200000 elements and attributes.');
});

test('refuses more than 8 MB', () => {
  expect(refusal(new Uint8Array(8 * 2 ** 20 + 1).fill(0x20))).toBe('The feed is larger than 8 MB.');
});

test('JSON as deep as it likes does no harm', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const feed = `{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "A", "tags": ${deep}, "_a": ${deep}}]}`;

  expect(readItem(feed)).toMatchObject({ guid: '1', title: 'A', labels: [] });
});

test('fields of JSON that are no text are as if they were not there', () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 7,
    hubs: [null, { type: 1 }],
    items: [
      null,
      'a',
      {
        id: 5,
        title: { a: 1 },
        content_html: ['x'],
        content_text: 'Text',
        url: 3,
        authors: 'me',
        tags: [1, 'a'],
        attachments: {},
      },
    ],
  };

  expect(readItem(JSON.stringify(feed))).toEqual({
    guid: '5',
    title: 'Text',
    html: '<p>Text</p>',
    authors: [],
    labels: ['a'],
    enclosures: [],
  });
});

test('drops characters that no article may have, and titles that show nothing', () => {
  const item = { id: '1', title: '\u200b\u00ad', content_html: '<p>a\u0000b\u0085 c\ufffe</p>' };
  const feed = { version: 'https://jsonfeed.org/version/1.1', items: [item] };

  expect(readItem(JSON.stringify(feed))).toMatchObject({ title: 'ab… c', html: '<p>ab… c</p>' });
});

test('takes only http and https addresses without a password, and names the others', () => {
  const feed = rss(
    `<item><title>A</title><link>javascript:alert(1)</link><enclosure url="file:///etc/passwd"/><media:thumbnail url="data:image/png;base64,AAAA"/></item>
     <item><title>B</title><link>https://user:secret@upstream.example/b</link><guid isPermaLink="true">b</guid></item>`,
  );

  const { items, leftOut } = read(feed);

  expect(items).toEqual([
    { title: 'A', authors: [], labels: [], enclosures: [] },
    { title: 'B', guid: 'b', authors: [], labels: [], enclosures: [] },
  ]);
  expect(leftOut).toEqual([
    'An address that is not http or https, or has a password in it: "javascript:alert(1)" and 3 more',
  ]);
});

test('drops the scripts in the links of a text, whatever hides them', () => {
  const html = `<a href=" java&#10;script:alert(1)">1</a><a HREF=vbscript:x>2</a><a href='&#106;avascript:x'>3</a><img src="javascript:x" alt="a > b">`;

  expect(
    readItem(atom(`<entry><title>A</title><content type="html"><![CDATA[${html}]]></content></entry>`)).html,
  ).toBe('<a >1</a><a >2</a><a >3</a><img  alt="a > b">');
});

test('of two items with one guid takes the newer, and says so', () => {
  const one = (title: string, updated: string) =>
    `<entry><id>urn:a</id><title>${title}</title><updated>${updated}</updated></entry>`;
  const { items, leftOut } = read(
    atom(
      one('Old', '2024-01-01T00:00:00Z') +
        one('New', '2024-01-02T00:00:00Z') +
        one('Older', '2023-01-01T00:00:00Z'),
    ),
  );

  expect(items.map(({ title }) => title)).toEqual(['New']);
  expect(leftOut).toEqual(['An item whose guid or link another has too: "urn:a" and 1 more']);
});

test('leaves out what has neither title nor text, and dates that are not certain, and says so', () => {
  const { items, leftOut } = read(
    rss(
      '<item><guid>1</guid></item><item><title>A</title><pubDate>01/02/2024</pubDate></item><item><title>B</title><pubDate>2024-01-02</pubDate></item>',
    ),
  );

  expect(items.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
    ['A', undefined],
    ['B', undefined],
  ]);
  expect(leftOut).toEqual([
    'A date that is not certain, or has no time zone: "01/02/2024" and 1 more',
    'An item without title and text: "1"',
  ]);
});

const channel = (inside: string) => rss(`<item><title>A</title>${inside}</item>`);
const escaped = (html: string) => channel(`<description><![CDATA[${html}]]></description>`);
const repeated = (text: string) => (length: number) => text.repeat(length / text.length);
const growing: [string, (text: string) => string, (length: number) => string][] = [
  ['white space before the root', (text) => `<!---->${text}<rss/>`, repeated(' ')],
  ['comments before the root', (text) => `${text}<rss/>`, repeated('<!---->')],
  ['an instruction without end', (text) => `<!----><?${text}`, repeated('<?')],
  ['beginnings of comments', (text) => channel(text), repeated('<!--')],
  ['beginnings of CDATA', (text) => channel(`<a><![CDATA[${text}]]></a>`), repeated('<![CDATA[')],
  ['ampersands', channel, repeated('&')],
  ['references to nothing', channel, repeated('&bogus;')],
  [
    'attributes',
    (text) => channel(`<a${text}/>`),
    (length) => Array.from({ length: length / 10 }, (_, at) => ` a${at}="1"`).join(''),
  ],
  [
    'namespaces',
    (text) => channel(`<a${text}/>`),
    (length) => Array.from({ length: length / 20 }, (_, at) => ` xmlns:a${at}="urn:${at}"`).join(''),
  ],
  ['bases', (text) => channel(`<a xml:base="${text}"/>`), repeated('../')],
  ['open tags in a text', escaped, repeated('<b>')],
  ['closed tags in a text', escaped, repeated('</b>')],
  ['angles in a text', escaped, repeated('<')],
  ['addresses in a srcset', (text) => escaped(`<img srcset="${text}">`), repeated('a ,')],
  ['attributes in a text', (text) => escaped(`<a ${text}>`), repeated('href=a ')],
  ['lines of a text', (text) => channel(`<description>a${text}b</description>`), repeated('\n')],
  [
    'a title of tags',
    (text) => channel(`<description/>${text}`),
    repeated('<category>&lt;b&gt;&lt;b&gt;</category>'),
  ],
  ['authors of mail addresses', channel, repeated(`<dc:creator>${'a@'.repeat(200)}</dc:creator>`)],
  ['authors of brackets', channel, repeated(`<dc:creator>${'&lt;a@'.repeat(100)}</dc:creator>`)],
  [
    'enclosures',
    channel,
    (length) => Array.from({ length: length / 30 }, (_, at) => `<enclosure url="https://a/${at}"/>`).join(''),
  ],
  ['pictures', channel, repeated('<media:content url="/a.jpg"/>')],
  ['links of a channel', (text) => rss('', text), repeated('<atom:link rel="self"/>')],
  ['removals', (text) => rss('', text), repeated('<at:deleted-entry ref="a"/>')],
  ['links of a page', (text) => `<html>${text}`, repeated('<link rel=alternate ')],
  [
    'JSON text',
    (text) =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        items: [{ id: '1', content_text: `a${text}` }],
      }),
    repeated('\n \n'),
  ],
];

test.each(growing)('%s take linear time', async (_what, feedOf, textOf) => {
  await expectLinear((text) => refusal(feedOf(text)), textOf, 120_000);
});
