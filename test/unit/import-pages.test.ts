import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { OldArticle, OldEntry } from '../../infra/tools/import/old-site.ts';
import { decodePage } from '../../infra/tools/import/pages/decode-page.ts';
import { isPages, readPages } from '../../infra/tools/import/pages/read-pages.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { articlesIn, entriesOf, stored } from '../support/old-site.ts';
import { encode } from './encode-text.ts';

const zone = 'Asia/Shanghai';

function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function read(
  files: Record<string, string | Uint8Array>,
  options: object = { zone },
): Promise<OldEntry[]> {
  return entriesOf(await readPages(folderOf(files), options));
}

async function readOne(
  content: string | Uint8Array,
  name = 'news/lamp.html',
  options?: object,
): Promise<OldArticle> {
  const entries = await read({ [name]: content }, options);
  const [article] = articlesIn(entries);
  if (!article) throw new Error(JSON.stringify(entries));
  return article;
}

const rest =
  'Its keeper had waited for a spare part since the spring, and wrote to four makers before one answered. '
    .repeat(2)
    .trim();
const details = `<html><head><title>The lamp is lit again - The Quay</title></head><body>
<div id=top>The Quay Company Limited<br>Tel: 12345</div>
<table width=100%><tr><td><ul><li><a href="/">Home</a></li></ul></td><td>
<div>News page index:<a href="/">Home</a> &gt; <a href="/news">News</a> &gt; Details page</div>
<h2 align=center>The lamp is lit again</h2>
<div class=info><span>Update Date:2014-3-9 8:05:06</span> <span>Source:<a href="http://harbour.example/">Harbour Log</a></span> <span>Views:1,204</span></div>
<div class=text><font>HARBOUR - The lamp on the pier burns again.<br><br>&nbsp;&nbsp;${rest}<br>
<img src="../pictures/lamp.png"></font>
<table><tr><td>Lamps</td><td>1</td></tr></table>
<p>The article reposted from The Evening Rope</p></div>
<p>Previous:<a href="moor.html">The moor is dry</a></p><p>Next:<a href="rope.html">A rope is found</a></p>
</td></tr></table><div>Copyright The Quay</div></body></html>`;

test('reads a page with a line of date, source and views', async () => {
  expect(await readOne(details)).toEqual({
    kind: 'article',
    place: 'news/lamp.html',
    slug: 'lamp',
    addresses: ['/news/lamp.html'],
    fields: {
      title: 'The lamp is lit again',
      publishedAt: '2014-03-09T00:05:06.000Z',
      source: { name: 'Harbour Log', credit: 'The article reposted from The Evening Rope' },
      views: 1204,
      authors: [],
      tags: [],
      html: [
        '<p>HARBOUR - The lamp on the pier burns again.</p>',
        `<p>${rest}</p>`,
        '<p><img src="/pictures/lamp.png"></p>',
        '<table><tbody><tr><td>Lamps</td><td>1</td></tr></tbody></table>',
      ].join('\n'),
    },
    notes: [],
  });
});

test('a date without a zone needs one', async () => {
  expect(await read({ 'lamp.html': details }, {})).toEqual([
    {
      kind: 'left-out',
      place: 'lamp.html',
      what: 'article "The lamp is lit again"',
      reason: 'the date "2014-3-9 8:05:06" has no zone: say --zone, such as --zone Europe/Berlin',
    },
  ]);
});

test('pictures beside the page are of this machine, links stay addresses of the old site', async () => {
  const folder = folderOf({
    'news/lamp.html': details.replace('pier', '<a href="moor.html">pier</a>'),
    'pictures/lamp.png': 'x',
  });
  const [lamp] = articlesIn(await entriesOf(await readPages(folder, { zone, home: 'http://quay.example/' })));

  expect(lamp?.addresses).toEqual(['http://quay.example/news/lamp.html']);
  expect(lamp?.fields.html).toContain(`<img src="${pathToFileURL(join(folder, 'pictures/lamp.png')).href}">`);
  expect(lamp?.fields.html).toContain('<a href="http://quay.example/news/moor.html">pier</a>');
});

test('nothing outside of the folder is a picture', async () => {
  const folder = folderOf({ 'site/lamp.html': details, 'pictures/lamp.png': 'x' });
  const [lamp] = articlesIn(await entriesOf(await readPages(join(folder, 'site'), { zone })));

  expect(lamp?.fields.html).toContain('<img src="/pictures/lamp.png">');
});

test('reads plain text of that form', async () => {
  const text = `The Quay Company Limited\n\n位置：首页 > 新闻 > 正文\n\n灯塔今夜重新点亮\n\n更新时间：2014年3月9日 08:05 来源：海港日志 浏览：88次\n  港口的灯塔今夜重新点亮。\n\n守塔人等了一个春天。\n\n本文转载自晚报\n\n上一篇：沼泽干了\n下一篇：没有了\n`;

  expect(await readOne(text, '灯.txt')).toMatchObject({
    slug: undefined,
    addresses: [],
    fields: {
      title: '灯塔今夜重新点亮',
      publishedAt: '2014-03-09T00:05:00.000Z',
      views: 88,
      source: { name: '海港日志', credit: '本文转载自晚报' },
      html: '<p>港口的灯塔今夜重新点亮。</p>\n<p>守塔人等了一个春天。</p>',
    },
  });
});

test('without previous and next the text ends with the box that it stands in', async () => {
  const page = `<body><div><h1>Lamp</h1><p>Home > News > Page</p><p>Date: 2014/03/09 | Source: Log</p><div><p>${rest}</p></div></div>
    <div>Our other pages</div></body>`;
  const { fields } = await readOne(page);

  expect(fields).toMatchObject({ title: 'Lamp', publishedAt: '2014-03-08T16:00:00.000Z' });
  expect(fields.html).toBe(`<p>${rest}</p>`);
});

const chinesePage = (charset: string) =>
  `<html><head>${charset}<title>灯塔</title></head><body><h1>灯塔今夜重新点亮</h1><p>发布时间:2014-3-9 来源:海港日志</p><p>这是在港口的一个国家的灯塔，他们为了它来说过的话不多。</p></body></html>`;
const traditionalPage = chinesePage('')
  .replaceAll('灯', '燈')
  .replaceAll('点', '點')
  .replaceAll('这', '這')
  .replaceAll('个国', '個國')
  .replaceAll('们为', '們為')
  .replaceAll('来说过', '來說過')
  .replaceAll('话', '話')
  .replaceAll('发', '發')
  .replaceAll('时间', '時間')
  .replaceAll('来', '來');

test.each([
  ['GB2312 that is declared', encode(chinesePage('<meta charset=gb2312>'), 'gb18030'), '灯塔今夜重新点亮'],
  ['GB18030 that is not', encode(chinesePage(''), 'gb18030'), '灯塔今夜重新点亮'],
  ['Big5 that is not declared', encode(traditionalPage, 'big5'), '燈塔今夜重新點亮'],
  [
    'UTF-8 that says it is GBK',
    Buffer.from(chinesePage('<meta http-equiv=Content-Type content="text/html; charset=gbk">')),
    '灯塔今夜重新点亮',
  ],
  ['UTF-16', Buffer.from(`\ufeff${chinesePage('')}`, 'utf16le'), '灯塔今夜重新点亮'],
])('reads %s', async (_, bytes, title) => {
  expect((await readOne(bytes)).fields.title).toBe(title);
});

test('bytes of Western Europe are text too', () => {
  expect(decodePage(Buffer.from('<p>Caf\xe9 \x93quoted\x94', 'latin1'))).toBe('<p>Café “quoted”');
});

test('reads what ordinary pages say to machines', async () => {
  const data = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite' },
      {
        '@type': ['NewsArticle'],
        headline: 'Lamp &amp; pier',
        datePublished: '2020-05-06T07:08:09+02:00',
        dateModified: '2020-05-07T07:08:09+02:00',
        author: [{ name: 'Jo' }, 'Ada'],
        articleSection: 'Harbour',
        keywords: 'lamps, piers',
        image: [{ url: '/lamp.png' }],
        description: 'Of a lamp',
      },
    ],
  };
  const page = `<html lang=en-GB><head><title>Lamp | Quay</title><link rel=canonical href="https://quay.example/lamp"><script type="application/ld+json">${JSON.stringify(data)}</script></head>
    <body><nav>Home</nav><main><article><header><h1>Lamp</h1><time>Today</time></header><p>It burns. <a href="/moor">Moor</a></p></article></main></body></html>`;

  expect(await readOne(page)).toMatchObject({
    slug: 'lamp',
    addresses: ['https://quay.example/lamp'],
    fields: {
      title: 'Lamp & pier',
      publishedAt: '2020-05-06T05:08:09.000Z',
      updatedAt: '2020-05-07T05:08:09.000Z',
      authors: ['Jo', 'Ada'],
      category: 'Harbour',
      tags: ['lamps', 'piers'],
      image: { url: 'https://quay.example/lamp.png' },
      summary: 'Of a lamp',
      language: 'en-GB',
      html: '<p>It burns. <a href="https://quay.example/moor">Moor</a></p>',
    },
  });
});

test('reads Open Graph, and a dated article', async () => {
  const page = `<!-- saved from url=(0026)https://quay.example/2020/ --><head><meta property=og:type content=article><meta property=og:title content=Lamp><meta property=article:tag content=a><meta property=article:tag content=b></head><main><p>It burns.</main>`;
  const dated =
    '<title>Pier</title><article><h1>Pier</h1><time datetime="2020-05-06 07:08">May</time><p>It stands.</article>';

  expect(await readOne(page, 'a.html')).toMatchObject({
    addresses: ['https://quay.example/2020/'],
    fields: { title: 'Lamp', tags: ['a', 'b'], draft: true },
    notes: ['a draft: the page tells no date'],
  });
  expect(await readOne(dated, 'b/index.html')).toMatchObject({
    addresses: ['/b/', '/b/index.html'],
    fields: { title: 'Pier', html: '<time datetime="2020-05-06 07:08">May</time><p>It stands.</p>' },
  });
  expect((await readOne(dated, 'view.asp?id=12.html')).addresses).toEqual(['/view.asp?id=12']);
});

test('names what is no article, and takes the rest of a folder', async () => {
  const entries = await read({
    'index.html': '<h1>All news</h1><ul><li>Lamp</ul>',
    'lamp.htm': details,
    'readme.txt': 'Hello',
    '.hidden.html': details,
    'lamp_files/frame.html': details,
  });

  expect(entries).toMatchObject([
    {
      kind: 'left-out',
      place: 'index.html',
      what: 'a page',
      reason: 'it has no line with a date and a source, and does not say that it is an article',
    },
    { kind: 'article', place: 'lamp.htm' },
    { kind: 'left-out', place: 'readme.txt' },
  ]);
});

test('knows pages, and folders of them', () => {
  const folder = folderOf({ 'a/b.htm': '', 'c/d.png': '' });

  expect(['a/b.htm', 'a', '', 'c', 'c/d.png'].map((path) => isPages(join(folder, path)))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ['is nested without end', '<div>'.repeat(5000)],
  ['holds nothing', ''],
  ['has a date line alone', '<p>Date: 2014-3-9 Source: x'],
  ['has a date that is none', '<p>T</p><p>Date: 2014-13-99 Source: x</p>'],
  [
    'has JSON-LD of another kind',
    '<script type="application/ld+json">[null,{"@type":{"a":1}},{"@type":"Article","author":[[{}]],"datePublished":{},"headline":[]}]</script><article>a',
  ],
  [
    'has long labels',
    `<p>T</p><p>Date: 2014-3-9 Source: ${'x'.repeat(400)} Views: 99999999999999999999</p><p>a`,
  ],
  ['is a long line', `Date: 2014-3-9 ${'Source: '.repeat(100_000)}`],
  ['is a trail', `<p>${'a>'.repeat(200_000)}`],
])('survives a page that %s', async (_, page) => {
  const entries = await read({ 'a.html': page });

  expect(entries).toHaveLength(1);
  for (const article of articlesIn(entries)) stored(article);
});
