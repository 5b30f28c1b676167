import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OldArticle, OldEntry, ReadOptions } from '../../infra/tools/import/old-site.ts';
import { openOldSite } from '../../infra/tools/import/open-old-site.ts';
import { isWordPress, readWordPress } from '../../infra/tools/import/wordpress/read-wordpress.ts';
import { contentFolder } from '../infra/content-folder.ts';
import { entriesOf, articlesIn as listArticles, writeExport } from '../support/old-site.ts';
import { hasPicture, kindOf, linkOf, slugOf, titleOf, wordPressExport } from '../support/wordpress-export.ts';

const fixture = (name: string) => join(import.meta.dirname, '../fixtures/wordpress', name);

async function read(paths: string | string[], options: ReadOptions = {}): Promise<OldEntry[]> {
  return entriesOf(await readWordPress(paths, options));
}

function articlesIn(entries: OldEntry[]): Map<string, OldArticle> {
  return new Map(listArticles(entries).map((article) => [article.fields.title, article]));
}

test('an export is known by its first bytes', async () => {
  expect(isWordPress((await readFile(fixture('site.xml'), 'utf8')).slice(0, 1000))).toBe(true);
  expect(isWordPress((await readFile(fixture('old.xml'), 'latin1')).slice(0, 1000))).toBe(true);
  expect(isWordPress('<?xml version="1.0"?><rss version="2.0"><channel>')).toBe(false);
});

test('a post is an article with all that it has', async () => {
  const fog = articlesIn(await read(fixture('site.xml'))).get('Fog “all” day');

  expect(fog).toMatchObject({
    place: 'line 23',
    slug: 'fog-all-day',
    addresses: [
      'https://quay.example/2019/05/fog-all-day/',
      'https://quay.example/?p=12',
      'https://quay.example/2019/05/fog/',
    ],
    fields: {
      publishedAt: '2019-05-03T08:00:00.000Z',
      updatedAt: '2019-05-04T08:00:00.000Z',
      summary: 'A short word on fog.',
      authors: ['Mara Quill', 'Inés Mar'],
      category: 'Harbour & Docks',
      tags: ['Fog', '新闻', 'Coast'],
      guid: 'https://quay.example/?p=12',
      views: 411,
      image: { url: 'https://quay.example/wp-content/uploads/2019/05/rope.png' },
    },
    notes: [
      'the shortcode [poll] is left out',
      'a picture of a gallery is not in the export',
      'the label series "Winter" is left out',
      'it stood above all others: articles have no fixed place',
    ],
  });
  expect(fog?.fields).not.toHaveProperty('draft');
});

test('what nobody was to see is a draft, and what has no date yet gets none', async () => {
  const articles = articlesIn(await read(fixture('site.xml')));
  const drafts = [...articles.values()].map(({ fields, notes }) => [
    fields.title,
    fields.draft,
    fields.publishedAt,
    notes,
  ]);

  expect(drafts.slice(2)).toEqual([
    ['Half done', true, undefined, []],
    ['Ours alone', true, '2020-01-02T09:00:00.000Z', ['it was private: it is a draft']],
    ['With a word', true, '2020-02-02T09:00:00.000Z', ['it was behind a password: it is a draft']],
    ['Next year', undefined, '2999-02-02T09:00:00.000Z', []],
    ['To be read', true, undefined, ['it waited for a review: it is a draft']],
  ]);
});

test('names, slugs and text in other scripts', async () => {
  const fog = articlesIn(await read(fixture('site.xml'))).get('港口的雾');

  expect(fog).toMatchObject({
    slug: '港口',
    addresses: ['https://quay.example/2019/06/%e6%b8%af%e5%8f%a3/', 'https://quay.example/?p=40'],
    fields: { language: 'zh-Hans', authors: ['Jo Reed'], category: 'Uncategorized' },
    notes: [],
  });
  expect(fog?.fields.html).toContain('Write to the editor.');
});

test('pictures with the addresses of their sizes; what is no article is named', async () => {
  const entries = await read(fixture('site.xml'));

  expect(entries.filter(({ kind }) => kind === 'picture')).toMatchObject([
    {
      url: 'https://quay.example/wp-content/uploads/2019/05/quay-scaled.jpg',
      addresses: [
        'https://quay.example/wp-content/uploads/2019/05/quay-300x200.jpg',
        'https://quay.example/wp-content/uploads/2019/05/quay-1024x683.jpg',
        'https://quay.example/wp-content/uploads/2019/05/quay.jpg',
        'https://quay.example/2019/05/fog-all-day/quay/',
        'https://quay.example/?attachment_id=31',
      ],
    },
    { url: 'https://quay.example/wp-content/uploads/2019/05/rope.png' },
  ]);
  expect(
    entries.flatMap((one) => (one.kind === 'left-out' ? [`${one.place}: ${one.what}: ${one.reason}`] : [])),
  ).toEqual([
    'line 92: file https://quay.example/wp-content/uploads/2019/05/report.pdf: it is no picture that this site can hold',
    'line 129: post "Thrown away": it was in the bin',
    'line 130: page "Imprint & us": Newswire has no pages of its own yet',
    'line 131: 2 of the kind "product": only posts are taken as articles',
    'the whole site: 2 comments: Newswire has none',
  ]);
});

test('addresses of labels, authors and months lead to ours', async () => {
  const entries = await read(fixture('site.xml'));
  const leads = new Map(
    entries.flatMap((one) => (one.kind === 'address' ? [[one.from, one.to] as const] : [])),
  );

  expect(Object.fromEntries(leads)).toMatchObject({
    '/category/coast': '/tag/coast',
    '/category/coast/harbour-news': '/category/harbour-docks',
    '/category/coast/harbour-news/page/*': '/category/harbour-docks',
    '/category/coast/harbour-news/feed': '/category/harbour-docks/rss.xml',
    '/category/coast/harbour-news/feed/atom': '/category/harbour-docks/atom.xml',
    '/?cat=4': '/category/harbour-docks',
    '/category/%e6%96%b0%e9%97%bb': '/tag/%E6%96%B0%E9%97%BB',
    '/tag/fog-bank': '/tag/fog',
    '/?tag=fog-bank': '/tag/fog',
    '/author/mara': '/news',
    '/author/jo-reed/feed': '/rss.xml',
    '/2019/05': '/archive/2019-05',
    '/2019': '/archive',
  });
  // It stays where it is; nobody may see anything of 2999 or 2020.
  expect([...leads.keys()].filter((from) => /^\/category\/uncategorized$|2999|2020/.test(from))).toEqual([]);
});

test('the first version of the format, in another encoding and in a folder of its site', async () => {
  const entries = await read(fixture('old.xml'));

  expect(entries).toMatchObject([
    {
      slug: 'walls',
      addresses: ['http://old.example/blog/?p=3'],
      fields: {
        title: 'Café & quay walls – today',
        html: '<p>Smoke” over the walls.</p>\n',
        publishedAt: '2010-02-01T07:00:00.000Z',
        authors: ['admin'],
        category: 'Barges',
        tags: ['Tar', 'Boats'],
      },
    },
    {
      kind: 'left-out',
      what: 'post "No zone"',
      reason: 'nothing says in which zone it is 2010-03-28 02:30:00: say --zone',
    },
    ...[
      ['/blog/category/boats', '/tag/boats'],
      ['/blog/category/boats/page/*', '/tag/boats'],
      ['/blog/category/boats/feed', '/tag/boats/rss.xml'],
      ['/blog/category/boats/feed/atom', '/tag/boats/atom.xml'],
      ['/blog/category/boats/barges', '/category/barges'],
    ].map(([from, to]) => ({ from, to })),
    ...Array(10).fill({ kind: 'address' }),
  ]);
});

test('a date without a zone is read in the one that is told, also in an hour that clocks skip', async () => {
  const articles = articlesIn(await read(fixture('old.xml'), { zone: 'Europe/Berlin' }));

  expect(articles.get('No zone')?.fields.publishedAt).toBe('2010-03-28T01:30:00.000Z');
});

const start =
  '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://a.example</link><wp:wxr_version>1.2</wp:wxr_version>';
const post = (title: string, content = 'Text', more = '') =>
  `<item><title>${title}</title><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>${more}</item>`;

test('of a file that breaks off, all that was whole is read', async () => {
  const whole = `${start}\n${post('One')}\n${post('Two')}`;
  const path = writeExport(`${whole}\n${post('Three').slice(0, 60)}`);

  const entries = await read(path);

  expect([...articlesIn(entries).keys()]).toEqual(['One', 'Two']);
  expect(entries).toContainEqual({
    kind: 'left-out',
    place: 'line 4',
    what: 'what stands here',
    reason: 'is where the file breaks off: what follows is not whole. Export the site anew',
  });
});

test('a broken post stops no other', async () => {
  const path = writeExport(
    `${start}${post('One')}\n${post('Two', 'a', '<b></c>')}\n${post('Deep', 'a', '<b>'.repeat(200))}${post('Three')}</channel></rss>\n<b>Warning</b>: PHP`,
  );

  const entries = await read(path);

  expect([...articlesIn(entries).keys()]).toEqual(['One', 'Three']);
  expect(entries).toContainEqual({
    kind: 'left-out',
    place: 'line 2',
    what: 'what stands here',
    reason: 'is no well-formed XML: line 2: unexpected close tag',
  });
  expect(entries).toContainEqual({
    kind: 'left-out',
    place: 'line 3',
    what: 'what stands here',
    reason: 'is no well-formed XML: line 3: more than 100 elements within one another',
  });
});

test.each([
  [
    'a document type',
    `<!DOCTYPE rss [<!ENTITY a "b">]>${start}`,
    /has a document type \(DOCTYPE\) in line 1/,
  ],
  [
    'another feed',
    '<rss><channel><item><title>A</title></item></channel></rss>',
    /is no export of WordPress/,
  ],
  [
    'an unknown encoding',
    '<?xml version="1.0" encoding="x-none"?><rss/>',
    /is written in x-none, which nobody knows/,
  ],
])('%s is refused', async (_what, text, message) => {
  const path = writeExport(text);

  await expect(readWordPress(path)).rejects.toThrow(message);
});

test('an export in several files is one', async () => {
  const one = writeExport(`${start}${post('One')}</channel></rss>`);
  const two = writeExport(`${start}\n${post('Two')}</channel></rss>`);

  const articles = articlesIn(await read([one, two]));

  expect([...articles.values()].map(({ place }) => place)).toEqual([`${one}, line 1`, `${two}, line 2`]);
});

test('a folder with the files of an export is opened as one site', async () => {
  const files = contentFolder({
    'b.xml': `${start}${post('Two')}</channel></rss>`,
    'a.xml': `${start}${post('One')}</channel></rss>`,
    'feed.xml': '<rss><channel></channel></rss>',
  });

  const site = await openOldSite(files, {});

  expect(site.system).toBe('WordPress');
  expect([...articlesIn(await entriesOf(site)).keys()]).toEqual(['One', 'Two']);
});

test('of a made site every post is there, with its text, its place and its picture', async () => {
  const count = 120;
  const path = writeExport([...wordPressExport(count)].join(''));
  const expected = Array.from({ length: count }, (_, index) => ({ index, kind: kindOf(index) }));

  const entries = await read(path);

  const articles = entries.filter((entry) => entry.kind === 'article');
  const taken = expected.filter(({ kind }) => kind !== 'trash' && kind !== 'page');
  expect(articles.map(({ fields }) => fields.title)).toEqual(
    taken.map(({ index }) => titleOf(index).replace('&amp;', '&')),
  );
  expect(articles.map(({ fields }) => fields.draft === true)).toEqual(
    taken.map(({ kind }) => !/publish|future/.test(kind)),
  );
  expect(articles.map(({ fields }) => fields.image !== undefined)).toEqual(
    taken.map(({ index }) => hasPicture(index)),
  );
  expect(articles.filter(({ fields }) => String(fields.html).includes('-300x200'))).toEqual([]);
  const [, second] = articles;
  expect(second?.slug).toBe(slugOf(1));
  expect(second?.addresses[0]).toBe(linkOf(1, 'https://quay.example'));
  expect(entries.filter(({ kind }) => kind === 'picture')).toHaveLength(
    expected.filter(({ index }) => hasPicture(index)).length,
  );
  expect(entries).toContainEqual(expect.objectContaining({ what: '80 comments' }));
});
