import { expect, test } from 'vitest';
import { readProject, readText, writeProject } from '../support/markdown-project.ts';
import { stored } from '../support/old-site.ts';

const site = await readProject('hugo');
const pier = site.articles.get('content/posts/pier-reopens/index.md');

test('knows a project by its settings, and finds it from its folder of content', async () => {
  expect(site).toMatchObject({ system: 'Hugo', home: 'https://old.tidemouth.example/news' });
  expect((await readProject('hugo/content')).articles.keys()).toEqual(site.articles.keys());
});

test('reads the fields of TOML, with the zone of its dates', () => {
  expect(pier).toMatchObject({
    slug: 'pier',
    fields: {
      title: 'Pier reopens & gets lamps',
      summary: 'The pier is open again.',
      // Half an hour past midnight in its own zone, and so in its address.
      publishedAt: '2019-04-30T16:30:00.000Z',
      updatedAt: '2019-05-03T10:00:00.000Z',
      authors: ['Ana Reis', 'Tom Vale'],
      category: 'Harbour',
      tags: ['pier', 'Lamps', 'The waterfront', 'Council'],
      image: {
        url: 'file:///site/content/posts/pier-reopens/lamp%20%281%29.png',
        alt: 'A lamp',
        caption: 'The first lamp',
      },
    },
  });
});

test('makes addresses as its settings say, below the site’s folder, with aliases; its feed’s guid is the first', () => {
  expect(pier?.addresses).toEqual(['/news/2019/05/pier/', '/news/old/pier.html', '/news/posts/pier-old']);
  expect(pier?.fields.guid).toBe('https://old.tidemouth.example/news/2019/05/pier/');
  expect(site.articles.get('content/posts/ferry-late.pt.md')).toMatchObject({
    addresses: ['/news/pt/2020/02/ferry-late/'],
    fields: { language: 'pt' },
  });
  expect(site.articles.get('content/notes/Sea Fog.md')?.addresses).toEqual(['/news/fog.html']);
});

test.each([
  ['', 'Sea Fog.md', '/posts/sea-fog/'],
  ['', '港口 夜.md', '/posts/港口-夜/'],
  ['uglyURLs: true', 'fog.md', '/posts/fog.html'],
  ['permalinks: { page: { posts: "/:sections[1:]/:slug/" } }', '2020/fog.md', '/2020/lamp-no.-2/'],
  ['permalinks: { posts: "/:yearday/:weekdayname/:filename" }', 'fog.md', '/60/saturday/fog'],
  ['frontmatter: { date: [":filename", ":default"] }', '2020-02-29-fog.md', '/posts/fog/'],
  ['defaultContentLanguageInSubdir: true', 'fog.md', '/en/posts/fog/'],
])('with %s the address of %s is %s', async (settings, name, address) => {
  const path = `content/posts/${name}`;
  const folder = writeProject({
    'hugo.yaml': settings,
    [path]: '---\ntitle: Lamp, No. 2!\ndate: 2020-02-29\n---\nLit.',
  });

  const { articles } = await readProject(folder);

  expect(articles.get(path)?.addresses).toEqual([address]);
});

test('reads what was dated without a zone in that of the site', () => {
  expect(site.articles.get('content/posts/ferry-late.md')?.fields).toMatchObject({
    title: 'Ferry late: again',
    publishedAt: '2020-02-29T23:45:00.000Z',
    draft: true,
    tags: ['ferry'],
  });
});

test('makes a draft of what has expired, and says so', () => {
  expect(site.articles.get('content/notes/Sea Fog.md')).toMatchObject({
    fields: { draft: true, publishedAt: '2021-07-07T23:00:00.000Z' },
    notes: ['it has expired, and is a draft now'],
  });
});

test('writes shortcodes as what they show, and names those that are not known', () => {
  expect(pier?.fields.markdown).toMatchInlineSnapshot(`
    "The pier ![A lamp](file:///site/content/posts/pier-reopens/lamp%20%281%29.png "Lit") is open, says [the council](/news/2020/02/ferry-late/#times).

    <figure><img src="file:///site/content/posts/pier-reopens/lamp%20%281%29.png" alt="The lamp at night"><figcaption><strong>Night</strong> Lit at <em>six</em> <a href="https://ana.example/">Ana Reis</a></figcaption></figure>

    See [the ferry](/news/2020/02/ferry-late/) and nothing, or ![the map](file:///site/static/maps/harbour.png).

    [The lamps](https://www.youtube.com/watch?v=abc-123) <https://vimeo.com/1234>

    <https://x.com/tidemouth/status/77>

    <https://gist.github.com/ana/0a1b2c>

    Bring a **coat**. Call 555 0199.

    <details><summary>How long</summary>

    Two years.

    </details>



    \`\`\`go
    // {{< figure src="kept.png" >}} and ![kept](kept.png)
    \`\`\`



        ![indented](kept.png)

    \`\`\`md
    ![fenced](kept.png) {{< youtube kept >}}
    \`\`\`

    Write \`![span](kept.png)\` and \`{{< poll 7 >}}\`.

    ![outside](/secret.png)"
  `);
  expect(pier?.notes).toEqual([
    'the link to gone.md leads to no file',
    'the shortcode "notice" is left out',
    'the shortcode "poll" is left out (2 times)',
    'the picture ../../../../secret.png is not in the folder',
  ]);
});

test('its text is one that the site takes', () => {
  const { html } = stored(pier as NonNullable<typeof pier>);

  expect(html).toContain(
    '<figcaption><strong>Night</strong> Lit at <em>six</em> <a href="https://ana.example/">Ana Reis</a></figcaption>',
  );
  expect(html).toContain('<a href="https://vimeo.com/1234">');
  expect(html).toContain('<details><summary>How long</summary>\n<p>Two years.</p>\n</details>');
});

test('names the pictures that are shown with their old addresses', () => {
  expect(site.pictures.map(({ url, addresses }) => [url, ...addresses])).toEqual([
    ['file:///site/content/posts/pier-reopens/lamp%20%281%29.png', '/news/2019/05/pier/lamp%20(1).png'],
    ['file:///site/static/maps/harbour.png', '/news/maps/harbour.png'],
  ]);
});

test('leaves out pages, texts of lists, and files with a fault, each with its reason', () => {
  expect(site.leftOut).toEqual([
    {
      kind: 'left-out',
      place: 'content/about.md',
      what: 'page "About us"',
      reason: 'Newswire has no pages of its own yet',
    },
    {
      kind: 'left-out',
      place: 'content/notes/bad-date.md',
      what: 'article "No such day"',
      reason: expect.stringContaining('there is no 2021-02-30'),
    },
    {
      kind: 'left-out',
      place: 'content/notes/broken.md:4',
      what: 'article',
      reason: 'is no TOML: invalid value',
    },
    {
      kind: 'left-out',
      place: 'content/posts/_index.md',
      what: 'text of the list "Posts"',
      reason: 'lists have no texts of their own',
    },
  ]);
});

test('leads old lists, labels and their feeds to ours', () => {
  expect(site.addresses).toMatchObject({
    '/news/posts/': '/',
    '/news/posts/index.xml': '/rss.xml',
    '/news/categories/harbour/': '/category/harbour',
    // Of several categories all but the first are tags now.
    '/news/categories/council/index.xml': '/tag/council/rss.xml',
    '/news/tags/pier/': '/tag/pier',
  });
  expect(site.addresses).not.toHaveProperty('/news/categories/pier/');
});

test('takes no file of a bundle for an article of its own', async () => {
  const text = '---\ntitle: Lamp\ndate: 2020-01-01\n---\n';
  const files = ['fog/index.md', 'fog/index.pt.md', 'fog/notes.md', 'fog/deep/more.md', 'low.md'];
  const folder = writeProject({
    'hugo.yaml': 'languages: { pt: {} }',
    ...Object.fromEntries(files.map((path) => [`content/posts/${path}`, text])),
    'content/posts/hidden.md': text.replace('date', 'headless: true\ndate'),
  });

  expect([...(await readProject(folder)).articles.values()].map(({ addresses }) => addresses)).toEqual([
    ['/posts/fog/'],
    ['/pt/posts/fog/'],
    ['/posts/low/'],
  ]);
});

test('takes the picture of a bundle that is called its cover', async () => {
  const text = '---\ntitle: Lamp\ndate: 2020-01-01\n---\n';
  const folder = writeProject({
    'hugo.toml': '',
    'content/posts/lamp/index.md': text,
    'content/posts/lamp/featured-wide.jpg': 'x',
    'content/posts/covers.md': text,
    'content/posts/cover.jpg': 'x',
  });

  const { articles } = await readProject(folder);

  expect(articles.get('content/posts/lamp/index.md')?.fields.image).toEqual({
    url: 'file:///site/content/posts/lamp/featured-wide.jpg',
  });
  expect(articles.get('content/posts/covers.md')?.fields.image).toBeUndefined();
});

test('reads settings of a folder with a file for each part', async () => {
  const { home, articles } = await readProject(
    writeProject({
      'config/_default/hugo.toml': 'baseURL = "https://old.example/"',
      'config/_default/permalinks.toml': 'notes = "/n/:slug/"',
      'content/notes/fog.md': '+++\ntitle = "Sea Fog"\ndate = 2020-01-01\n+++\n',
    }),
  );

  expect(home).toBe('https://old.example');
  expect(articles.get('content/notes/fog.md')?.addresses).toEqual(['/n/sea-fog/']);
});

test('says the line at which settings cannot be read', async () => {
  await expect(
    readProject(writeProject({ 'hugo.toml': 'title = "x"\nbaseURL = old', 'content/a/b.md': '' })),
  ).rejects.toThrow('hugo.toml:2 is no TOML: invalid value');
});

test('a site’s own dates without a zone are read in the one that is given', async () => {
  const folder = writeProject({
    'hugo.toml': '',
    'content/a/b.md': '---\ntitle: B\ndate: 2020-01-01\n---\n',
  });

  const { articles } = await readProject(folder, { zone: 'Asia/Shanghai', home: 'https://old.example/' });

  expect(articles.get('content/a/b.md')?.fields).toMatchObject({
    publishedAt: '2019-12-31T16:00:00.000Z',
    guid: 'https://old.example/a/b/',
  });
});

test.each([
  ['a code span `` {{< x 1 2 >}} ` ``', 'a code span `` {{< x 1 2 >}} ` ``'],
  ['{{< instagram BW_x-1 >}}', '<https://www.instagram.com/p/BW_x-1>'],
  [
    '{{< img src="https://pics.example/a.jpg" alt="A & B" />}}',
    '<img src="https://pics.example/a.jpg" alt="A &amp; B">',
  ],
  [
    '{{< figure src="https://pics.example/a.jpg" link="/x/" >}}',
    '<a href="/x/"><img src="https://pics.example/a.jpg" alt=""></a>',
  ],
  ['{{% param "title" %}}: {{< param missing >}}', 'Lamp:'],
  ['{{< never closed', '{{< never closed'],
  ['- one\n\n    [two](/two.md)', '- one\n\n    [two](/two.md)'],
  ['# Head {#own}\n{.red #x}', '# Head {#own}'],
])('%s becomes %s', async (written, text) => {
  expect((await readText({ 'hugo.toml': '' }, 'content/posts/lamp.md', written)).text).toBe(text);
});
