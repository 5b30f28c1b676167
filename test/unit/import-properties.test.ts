import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { test } from 'vitest';
import { readFeedSite } from '../../infra/tools/import/feed/read-feed-site.ts';
import { readGhost } from '../../infra/tools/import/ghost/read-ghost.ts';
import { readPages } from '../../infra/tools/import/pages/read-pages.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { entriesOf } from '../support/old-site.ts';
import { anyText } from './arbitraries.ts';
import { rss } from './read-feed.ts';

const nodeTypes =
  'paragraph extended-heading list listitem link text image gallery bookmark embed video file toggle callout header product html markdown poll';
const texts = 'text html markdown caption url src heading content calloutText header productDescription';
const anyTexts = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, anyText]));

const { node: anyNode } = fc.letrec((tie) => ({
  node: fc.record({
    ...anyTexts(texts),
    type: fc.constantFrom(...nodeTypes.split(' ')),
    format: fc.nat(255),
    children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('node'), { maxLength: 2 })),
  }),
}));
const anyPost = fc.record({
  ...anyTexts('slug title custom_excerpt feature_image canonical_url uuid published_at'),
  id: anyText,
  status: fc.constantFrom('published', 'draft'),
  lexical: fc.array(anyNode, { maxLength: 4 }).map((children) => JSON.stringify({ root: { children } })),
});
const anyTag = fc.record({ ...anyTexts('name slug'), id: fc.constantFrom('1', '2') });

/** Where the readers look; each run writes it anew. */
function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
const folder = temporaryFolder();

test('whatever an export of Ghost holds, the site takes it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyPost, { minLength: 1, maxLength: 3 }),
      fc.array(anyTag),
      async (posts, tags) => {
        const posts_tags = posts.flatMap(({ id }) => ['1', '2'].map((tag_id) => ({ post_id: id, tag_id })));
        const posts_authors = posts.map(({ id }) => ({ post_id: id, author_id: '1' }));
        const data = { posts, tags, users: tags, posts_tags, posts_authors };
        const file = fileOf('export.json', JSON.stringify({ db: [{ data }] }));
        await entriesOf(await readGhost(file, { home: 'https://old.example/blog' }));
      },
    ),
  );
});

const pieces = [
  '<p>Update Date:2015-1-2 3:04:05 Source:',
  'Views:12</p>',
  '更新时间:2019年1月2日 来源:',
  '<p>Previous:',
  '<article>',
  '<time datetime="2020-01-01T00:00:00Z">',
  '<script type="application/ld+json">{"@type":"Article","datePublished":"2020-01-01T00:00:00Z","headline":"',
  '"}</script>',
  '<table><tr><td>',
  '<font>',
  '<br>',
  '<img src="',
  '">',
];

test('whatever a page holds, the site takes it', async () => {
  const anyPage = fc.array(fc.oneof(anyText, fc.constantFrom(...pieces)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(anyPage, fc.constantFrom('page.html', 'page.txt'), async (parts, name) => {
      await entriesOf(await readPages(fileOf(name, parts.join('')), { zone: 'Asia/Shanghai' }));
    }),
  );
});

test('whatever a feed holds, the site takes it', async () => {
  const names = [
    'title',
    'link',
    'guid',
    'description',
    'category',
    'pubDate',
    'dc:creator',
    'content:encoded',
  ];
  const escaped = anyText.map((text) =>
    text.replace(/[^\t\n\r -;=?-\uD7FF]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  );
  const anyElement = fc
    .tuple(fc.constantFrom(...names), escaped)
    .map(([name, text]) => `<${name}>${text}</${name}>`);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anyElement, { maxLength: 8 }), { maxLength: 4 }), async (items) => {
      const text = rss(items.map((item) => `<item>${item.join('')}</item>`).join(''));
      await entriesOf(await readFeedSite(fileOf('feed.xml', text), {}));
    }),
  );
});
