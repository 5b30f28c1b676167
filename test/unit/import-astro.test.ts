import { expect, test } from 'vitest';
import { readProject, readText, writeProject } from '../support/markdown-project.ts';

const site = await readProject('astro');

test('finds collections, their routes and the site’s address in settings that are code', () => {
  expect(site).toMatchObject({ system: 'Astro', home: 'https://old.tidemouth.example/post' });
  expect([...site.articles.values()].map(({ place, addresses }) => [place, ...addresses])).toEqual([
    ['src/data/blog/Quay Opens.mdx', '/post/writing/quay-opens/'],
    ['src/data/blog/second.md', '/post/writing/two/'],
    ['src/content/notes/tide/index.md', '/post/notes/tide/'],
  ]);
});

test('reads MDX: imports and exports go, pictures are found, components give way to what they enclose', () => {
  expect(site.articles.get('src/data/blog/Quay Opens.mdx')).toMatchObject({
    fields: {
      publishedAt: '2022-07-08T00:00:00.000Z',
      updatedAt: '2022-07-10T00:00:00.000Z',
      image: { url: 'file:///site/src/assets/quay.png', alt: 'The quay' },
      guid: 'https://old.tidemouth.example/post/writing/quay-opens/',
    },
    notes: ['the component <Note> is left out', '{new Date().getFullYear()} is left out'],
  });
  expect(site.articles.get('src/data/blog/Quay Opens.mdx')?.fields.markdown).toMatchInlineSnapshot(`
    "<img src="file:///site/src/assets/quay.png" alt="The quay at night">

      Bring a **coat**, Harbour opens says .

    <https://www.youtube.com/watch?v=abc-123>

    <div class="wide">Wide</div>

    See [the other](/post/writing/two/), \`<Kept {...props} />\` and

    \`\`\`jsx
    import kept from 'kept';
    <Kept />
    \`\`\`"
  `);
});

test('reads nothing but addresses in plain Markdown', () => {
  expect(site.articles.get('src/data/blog/second.md')?.fields).toMatchObject({
    publishedAt: '2022-07-09T06:00:00.000Z',
    markdown: '![quay](file:///site/src/assets/quay.png) ![public](file:///site/public/flag.png) {kept}',
  });
  expect(site.pictures).toMatchObject([
    { url: 'file:///site/public/flag.png', addresses: ['/post/flag.png'] },
  ]);
});

test('knows the Markdown of its pages folder: what lies in a folder is an article', async () => {
  const folder = writeProject({
    'astro.config.mjs': "export default { trailingSlash: 'never', site: 'https://old.example' }",
    'src/pages/about.md': '---\ntitle: About\n---\n',
    'src/pages/posts/low.md': '---\ntitle: Low\npubDate: 2020-01-01\n---\n',
  });

  const { articles, leftOut } = await readProject(folder);

  expect([...articles.values()]).toMatchObject([
    { addresses: ['/posts/low'], fields: { guid: 'https://old.example/posts/low' } },
  ]);
  expect(leftOut).toMatchObject([{ what: 'page "About"' }]);
});

test.each([
  ['<YouTube id="abc-123" />', '<https://www.youtube.com/watch?v=abc-123>', []],
  ['<Aside>\n\nInside *all*.\n\n</Aside>', 'Inside *all*.', ['the component <Aside> is left out']],
  ['{"literal"} {/* comment */}<br />', 'literal <br />', []],
  ['a < b and {unclosed', 'a < b and {unclosed', []],
  ['<a href={link} className="x">to</a>', '<a class="x">to</a>', []],
  ['\\{kept}', '\\{kept}', []],
  ['`<Kept a={1}>`', '`<Kept a={1}>`', []],
])('%s becomes %s', async (written, text, notes) => {
  const read = await readText({ 'astro.config.mjs': '' }, 'src/content/blog/lamp.mdx', written);

  expect(read).toEqual({ text, notes });
});
