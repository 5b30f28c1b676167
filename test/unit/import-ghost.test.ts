import { expect, test } from 'vitest';
import { isGhost, readGhost } from '../../infra/tools/import/ghost/read-ghost.ts';
import type { OldArticle, OldEntry } from '../../infra/tools/import/old-site.ts';
import { ghostExport, kindOf } from '../support/ghost-export.ts';
import { articlesIn, entriesOf, stored, writeExport } from '../support/old-site.ts';

const home = 'https://quay.example.com';

interface Tables {
  [table: string]: unknown;
}

async function read(data: Tables | string, options = { home }): Promise<OldEntry[]> {
  const text =
    typeof data === 'string' ? data : JSON.stringify({ db: [{ meta: { version: '6.0.0' }, data }] });
  return entriesOf(await readGhost(writeExport(text), options));
}

async function readPost(post: object, tables: Tables = {}): Promise<OldArticle> {
  const [first] = articlesIn(
    await read({ posts: [{ id: 'a1', slug: 'lamp', title: 'Lamp', html: '', ...post }], ...tables }),
  );
  if (!first) throw new Error('It is no article');
  return first;
}

async function refusal(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'none',
    (error) => error.message,
  );
}

test('knows an export by its beginning', () => {
  const whole = JSON.stringify(ghostExport(1));

  expect(isGhost(whole)).toBe(true);
  expect(isGhost(JSON.stringify(ghostExport(1), undefined, 2))).toBe(true);
  expect(isGhost('{"version":"https://jsonfeed.org/version/1.1","items":[]}')).toBe(false);
  expect(isGhost('')).toBe(false);
});

test('takes every post of a site, and names its pages', async () => {
  const entries = await read(JSON.stringify(ghostExport(50)));
  const articles = articlesIn(entries);

  expect(articles).toHaveLength(49);
  expect(entries.filter(({ kind }) => kind === 'left-out')).toEqual([
    {
      kind: 'left-out',
      place: 'post 41',
      what: expect.stringMatching(/^page "Log 40/),
      reason: 'Newswire has no pages of its own yet',
    },
  ]);
  for (const { place, fields } of articles) {
    const kind = kindOf(Number(place.slice('post '.length)) - 1);
    expect([place, fields.draft === true]).toEqual([place, kind === 'draft' || kind === 'members']);
    expect([place, fields.publishedAt !== undefined]).toEqual([place, kind !== 'draft']);
  }
  expect(articles[18]?.fields.publishedAt).toMatch(/^2099-/);
  expect(articles[22]?.notes).toEqual(['a draft: in Ghost only some members may read it']);
});

test('tells all of a post', async () => {
  const [first] = articlesIn(await read(JSON.stringify(ghostExport(1))));

  expect(first).toMatchObject({
    kind: 'article',
    place: 'post 1',
    slug: 'log-0',
    addresses: ['/log-0/', '/p/00000000-0000-4000-8000-000000000000/'],
    notes: [],
    fields: {
      publishedAt: '2015-01-01T08:00:00.000Z',
      updatedAt: '2015-01-01T09:00:00.000Z',
      authors: ['Ada Quill', 'Ben Okoro'],
      category: 'quay',
      tags: ['rope'],
      guid: '600000000000000000000000',
      image: { url: `${home}/content/images/2019/0.png`, alt: 'Lead 0', caption: 'Seen at 0' },
      html: expect.stringMatching(
        /^<p><strong>The [a-z ]+\.<\/strong> <a href="https:\/\/quay.example.com\/log-0\/">before<\/a><\/p><h2>.+<\/h2><figure><img src="https:\/\/quay.example.com\/content\/images\/2019\/text-0.png" alt="Text 0"><figcaption>A <b>view<\/b><\/figcaption><\/figure><p>/,
      ),
    },
  });
});

test('tells where lists of published posts were', async () => {
  const entries = await read(JSON.stringify(ghostExport(2)));

  expect(entries.filter(({ kind }) => kind === 'address')).toEqual([
    { kind: 'address', place: 'tag "quay"', from: '/tag/quay/', to: '/category/quay' },
    { kind: 'address', place: 'tag "quay"', from: '/tag/quay/rss/', to: '/category/quay/rss.xml' },
    { kind: 'address', place: 'tag "rope"', from: '/tag/rope/rss/', to: '/tag/rope/rss.xml' },
    { kind: 'address', place: 'tag "lamp"', from: '/tag/lamp/', to: '/category/lamp' },
    { kind: 'address', place: 'tag "lamp"', from: '/tag/lamp/rss/', to: '/category/lamp/rss.xml' },
    { kind: 'address', place: 'tag "gull"', from: '/tag/gull/rss/', to: '/tag/gull/rss.xml' },
    { kind: 'address', place: 'author "Ada Quill"', from: '/author/author-0/', to: '/news' },
    { kind: 'address', place: 'author "Ben Okoro"', from: '/author/author-1/', to: '/news' },
  ]);
});

test('tells of no list that only a draft stands in', async () => {
  const tables = {
    tags: [{ id: 't', name: 'Sea', slug: 's' }],
    posts_tags: [{ post_id: 'a1', tag_id: 't' }],
  };

  expect(await read({ posts: [{ id: 'a1', slug: 'a', status: 'draft' }], ...tables })).toHaveLength(1);
});

test('a site below a path keeps it in its addresses', async () => {
  const entries = await read(JSON.stringify(ghostExport(1)), { home: 'https://example.com/blog/' });

  expect(articlesIn(entries)[0]?.addresses[0]).toBe('/blog/log-0/');
  expect(articlesIn(entries)[0]?.fields.html).toContain('"https://example.com/blog/log-0/"');
  expect(entries.at(-1)).toMatchObject({ from: '/blog/author/author-1/' });
});

test('asks for the home page only where an address needs it and no setting tells it', async () => {
  const posts = [
    { id: '1', slug: 'a', html: '<p><img src="__GHOST_URL__/content/images/size/w300h300/a.png">' },
  ];
  const settings = [{ key: 'logo', value: 'https://quay.example.com/content/images/logo.png' }];
  const open = (data: Tables) => readGhost(writeExport(JSON.stringify({ db: [{ data }] })), {});

  expect(await refusal(open({ posts }))).toBe(
    'The export does not say where the site is: give its home page, as in --home https://example.com/',
  );
  expect((await open({ posts: [{ id: '1', html: '<p>A' }] })).home).toBeUndefined();
  const [first] = articlesIn(await entriesOf(await open({ posts, settings })));
  expect(first?.fields.html).toBe('<p><img src="https://quay.example.com/content/images/a.png">');
});

test.each([
  [{ visibility: 'members' }, 'a draft: in Ghost only members may read it'],
  [{ visibility: 'tiers' }, 'a draft: in Ghost only some members may read it'],
  [{ status: 'sent' }, 'a draft: it was sent by mail and stood on no page'],
  [{ status: 'secret' }, 'a draft: its status is "secret"'],
  [{}, 'a draft: its status is undefined'],
])('publishes nothing of %j', async (post, note) => {
  const { fields, notes } = await readPost(post);

  expect(fields.draft).toBe(true);
  expect(notes).toContain(note);
});

test.each([
  ['2019-11-26T02:44:17.000Z', '2019-11-26T02:44:17.000Z'],
  ['2016-01-02 10:00:00', '2016-01-02T10:00:00.000Z'],
  [1_400_000_000_000, '2014-05-13T16:53:20.000Z'],
  ['2016-13-02 10:00:00', undefined],
  [{}, undefined],
  [1e300, undefined],
])('reads the date %j', async (published_at, publishedAt) => {
  expect((await readPost({ status: 'published', published_at })).fields.publishedAt).toBe(publishedAt);
});

test('an address that another site is the original of is kept, one’s own is not', async () => {
  const original = 'https://paper.example.org/lamp';

  expect((await readPost({ canonical_url: original })).fields.original).toBe(original);
  expect((await readPost({ canonical_url: '__GHOST_URL__/lamp/' })).fields.original).toBeUndefined();
});

test('old exports name one author, and number their rows', async () => {
  const { fields } = await readPost(
    { id: 7, author_id: 1, page: 0 },
    {
      users: [{ id: 1, name: 'Ada' }],
      tags: [{ id: 3, name: 'Sea', slug: 'sea' }],
      posts_tags: [{ post_id: 7, tag_id: 3 }],
    },
  );

  expect(fields).toMatchObject({ authors: ['Ada'], category: 'Sea', guid: '7' });
});

test('Ghost 1 told where posts are found', async () => {
  const settings = [
    { key: 'permalinks', value: '/:year/:month/:day/:slug/' },
    { key: 'activeTimezone', value: 'Asia/Shanghai' },
  ];
  const lamp = await readPost(
    { status: 'published', published_at: '2017-08-31T20:00:00.000Z' },
    { settings },
  );

  expect(lamp.addresses).toEqual(['/2017/09/01/lamp/']);
});

test('a post that is no JSON is named, and the others are taken', async () => {
  const entries = await read(
    '{"db":[{"data":{"posts":[{"id":"1","slug":"a",},{"id":"2","slug":"b","html":"<p>B"}]}}]}',
  );

  expect(entries).toMatchObject([
    { kind: 'left-out', place: 'post 1', what: 'a post', reason: 'it is no valid JSON' },
    { kind: 'article', place: 'post 2' },
  ]);
});

test.each([
  ['{"db":[{"data":{"posts":[{"id":"1"}]', 'The export is broken in line 1: it ends too early.'],
  ['{"db":[{"data":{"posts":[{"id":"1', 'The export is broken in line 1: it ends too early.'],
  [
    '{"db":[\n{"data":{"posts":[{"id":"1"}}',
    'The export is broken in line 2: a bracket closes what was not opened.',
  ],
  ['['.repeat(1000), 'The export is broken in line 1: it is nested too deep.'],
])('says where the export %j is broken', async (text, sentence) => {
  expect(await refusal(readGhost(writeExport(text), {}))).toBe(
    `${sentence} Export it again, in Ghost under Settings, Migration tools.`,
  );
});

test('takes rows that the chunks of a large file cut', async () => {
  const long = '漢"\\'.repeat(500_000);
  const entries = await read({
    posts: [
      { id: '1', slug: 'a', html: '' },
      { id: '2', title: long, html: '' },
      { id: '3', html: '' },
    ],
  });

  expect(entries).toHaveLength(3);
  expect(stored(articlesIn(entries)[1] as OldArticle).title.startsWith('漢"\\漢')).toBe(true);
});

test('nothing that a row may hold instead of what it should stops the rest', async () => {
  const odd = [
    null,
    0,
    -1,
    1e308,
    true,
    '',
    'x',
    [],
    [[]],
    {},
    { a: 1 },
    '{"root":{"children":[[null,{"type":[]}]]}}',
  ];
  const fields = Object.keys((ghostExport(1).db[0].data.posts ?? [])[0] ?? {});
  const posts = fields.flatMap((field) =>
    odd.map((value) => ({ id: '1', slug: 'a', status: 'published', [field]: value })),
  );
  const tables = Object.fromEntries(
    ['tags', 'users', 'posts_tags', 'posts_authors', 'posts_meta', 'settings'].map((name) => [name, odd]),
  );
  const entries = await read({ posts, ...tables });

  expect(entries.length).toBeGreaterThanOrEqual(posts.length);
});
