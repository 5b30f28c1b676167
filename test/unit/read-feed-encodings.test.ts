import { expect, test } from 'vitest';
import { encode } from './encode-text.ts';
import { atom, readItem, refusal, rss } from './read-feed.ts';

function portal(encoding: string, title: string, text: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?><rss version="2.0"><channel><title>${title}</title><link>http://portal.example/</link><language>zh-cn</language><item><title><![CDATA[${title}]]></title><link>http://portal.example/a/1.html?x=1&y=2</link><author>${title}</author><category>${title}</category><pubDate>Mon, 9 Mar 2026 09:30:00 +0800</pubDate><description><![CDATA[<p>${text}</p>]]></description></item></channel></rss>`;
}

const chinese = '浦东：桥与港“开放”';
const japanese = '港の橋、開通―ソ表';

test.each([
  ['a Chinese portal in GB18030', 'gb18030', 'gb18030', chinese],
  ['one in GBK that says GB2312', 'GB2312', 'gbk', chinese],
  ['one in GBK', 'gbk', 'gbk', '鎔金'],
  ['one in Big5', 'Big5', 'big5', '許功蓋：橋與港'],
  ['a Japanese one in EUC-JP', 'EUC-JP', 'euc-jp', japanese],
  ['one in Shift_JIS', 'Shift_JIS', 'shift_jis', japanese],
  ['a Korean one', 'euc-kr', 'euc-kr', '항구의 다리'],
  ['a Russian one', 'windows-1251', 'windows-1251', 'Мост открыт'],
  ['one in UTF-8', 'utf-8', 'utf-8', `${chinese}${japanese}`],
])('reads %s', (_what, declared, encoding, words) => {
  const feed = portal(declared, words, words);
  const bytes = encoding === 'utf-8' ? new TextEncoder().encode(feed) : encode(feed, encoding);

  expect(readItem(bytes, 'text/xml')).toEqual({
    link: 'http://portal.example/a/1.html?x=1&y=2',
    title: words,
    html: `<p>${words}</p>`,
    authors: [words],
    publishedAt: '2026-03-09T01:30:00.000Z',
    labels: [words],
    enclosures: [],
    language: 'zh-CN',
  });
});

test('reads windows-1252, also where it is called Latin-1 or written as controls', () => {
  const said = '“Ça va” – 5 €';
  const bytes = Uint8Array.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item><title>\x93\xc7a va\x94 \x96 5 \x80</title></item></channel></rss>`,
    (character) => character.charCodeAt(0),
  );

  expect(readItem(bytes).title).toBe(said);
  expect(readItem(rss('<item><title>&#147;&#199;a va&#x94; &#150; 5 &#128;</title></item>')).title).toBe(
    said,
  );
});

const entry = atom('<entry><id>urn:a</id><title>橋 &amp; é</title></entry>');
const wide = Buffer.from(entry, 'utf16le');

test.each([
  ['with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), undefined],
  [
    'with a mark, big end first',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(wide).swap16()]),
    undefined,
  ],
  ['without a mark', wide, undefined],
  ['without a mark, big end first', Buffer.from(wide).swap16(), 'application/xml; charset=utf-16'],
  [
    'with a mark that contradicts the charset',
    Buffer.concat([Buffer.from([0xff, 0xfe]), wide]),
    'text/xml; charset=utf-8',
  ],
])('reads UTF-16 %s', (_what, bytes, contentType) => {
  expect(readItem(bytes, contentType).title).toBe('橋 & é');
});

const declaring = (encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>${entry.replace('é', '')}`;

test.each([
  [
    'a mark before charset and declaration',
    new TextEncoder().encode(`\ufeff${declaring('gbk')}`),
    'text/xml; charset=big5',
  ],
  ['the charset before the declaration', encode(declaring('euc-jp'), 'gbk'), 'text/xml;charset="GBK"'],
  ['the declaration without a charset', encode(declaring('gbk'), 'gbk'), 'application/rss+xml'],
  ['UTF-8 without either', new TextEncoder().encode(entry.replace('é', '')), undefined],
  [
    'UTF-8 where the bytes are, not the Latin-1 of a web server',
    new TextEncoder().encode(declaring('utf-8')),
    'text/xml; charset=iso-8859-1',
  ],
  [
    'the declaration, not the Latin-1 of a web server',
    encode(declaring('gbk'), 'gbk'),
    'text/xml; charset=ISO-8859-1',
  ],
  [
    'the declaration where the charset is no encoding',
    encode(declaring('gbk'), 'gbk'),
    'text/xml; charset=none',
  ],
  [
    'the declaration where the bytes are not in the charset',
    encode(declaring('gbk'), 'gbk'),
    'text/xml; charset=utf-8',
  ],
  [
    'UTF-8 where the bytes are not what is declared',
    new TextEncoder().encode(declaring('us-ascii-x')),
    undefined,
  ],
  ['UTF-8 that says that it is UTF-16', new TextEncoder().encode(declaring('UTF-16')), undefined],
])('takes %s', (_what, bytes, contentType) => {
  expect(readItem(bytes, contentType).title).toBe('橋 &');
});

test('refuses bytes that are in none of the encodings that are named', () => {
  const bytes = encode(declaring('utf-8'), 'gbk');

  expect(refusal(bytes, 'text/xml; charset=euc-kr-x')).toBe(
    "The feed's bytes are not text in utf-8 or euc-kr-x.",
  );
});
