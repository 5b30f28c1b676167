import { expect, test } from 'vitest';
import { readProject, readText, writeProject } from '../support/markdown-project.ts';

const site = await readProject('jekyll');
const harbour = site.articles.get('_posts/2019-05-01-Harbour-opens.md');
const race = site.articles.get('sports/_posts/2020-02-29-ferry.html');

test('reads a post with its author’s name, labels divided by spaces, and the defaults of the settings', () => {
  expect(site).toMatchObject({ system: 'Jekyll', home: 'https://old.tidemouth.example/daily' });
  expect(harbour?.fields).toMatchObject({
    title: 'Harbour opens',
    authors: ['Ana Reis'],
    category: 'Trade',
    tags: ['port', 'night-shift'],
    // The day after in the site's zone, and so in its address.
    publishedAt: '2019-04-30T20:30:00.000Z',
    image: { url: 'file:///site/assets/img/harbour.png', alt: 'The harbour' },
  });
  // An edit before the day of publication is none.
  expect(harbour?.fields).not.toHaveProperty('updatedAt');
  expect(race?.fields).toMatchObject({
    category: 'Sports',
    tags: ['ferry', 'Race Day'],
    authors: ['The desk'],
    draft: true,
  });
});

test('makes the address by the site’s template, and the guid as its feed does', () => {
  expect(harbour?.addresses).toEqual([
    '/daily/trade/2019/05/01/Harbour-opens.html',
    '/daily/harbour/',
    '/daily/old-harbour.html',
  ]);
  expect(harbour?.fields.guid).toBe('https://old.tidemouth.example/daily/trade/2019/05/01/Harbour-opens');
  expect(race?.addresses).toEqual(['/daily/sports/2020/02/29/ferry.html']);
  expect(site.articles.get('_posts/2021-03-28-slow.md')).toMatchObject({
    addresses: ['/daily/slow/'],
    fields: { title: 'Slow: traffic # one', guid: 'https://old.tidemouth.example/daily/slow' },
  });
  expect(site.articles.get('_notices/low-water.md')?.addresses).toEqual(['/daily/notices/low-water/']);
});

test.each([
  ['date', '/trade/2020/02/29/Low-Water.html'],
  ['pretty', '/trade/2020/02/29/Low-Water/'],
  ['ordinal', '/trade/2020/060/Low-Water.html'],
  ['weekdate', '/trade/2020/W09/SAT/Low-Water.html'],
  ['none', '/trade/Low-Water.html'],
  ['/:short_year/:i_month/:i_day/:long_month/:slug', '/20/2/29/February/low-water'],
  ['/:year-:month-:day-:title.html', '/2020-02-29-Low-Water.html'],
  ['/:hour:minute:second/:title', '/000000/Low-Water'],
])('with permalink: %s the address is %s', async (permalink, address) => {
  const path = '_posts/2020-02-29-Low-Water.md';
  const folder = writeProject({
    '_config.yml': `permalink: ${permalink}\ntimezone: UTC`,
    [path]: '---\ntitle: Low\ncategories: Trade\n---\n',
  });

  expect((await readProject(folder)).articles.get(path)?.addresses).toEqual([address]);
});

test('writes Liquid as what it shows, and names what is not known', () => {
  expect(harbour?.fields.markdown).toMatchInlineSnapshot(`
    "The harbour opens. See [ferry](/daily/sports/2020/02/29/ferry.html#times), map and
    [the council](/daily/trade/2019/05/01/council.html).

    ![The harbour](file:///site/assets/img/harbour.png)

    <figure><img src="file:///site/assets/img/harbour.png" alt="Quay"><figcaption>The quay</figcaption></figure>

    <https://www.youtube.com/watch?v=abc-123>



    \`\`\`ruby
    puts "{{ kept }}" # ![kept](kept.png)
    \`\`\`



    {{ shown }} and \`{{ kept }}\` 

    \`\`\`liquid
    {% if kept %}
    \`\`\`

    Titled Harbour opens. Harbour opens"
  `);
  expect(harbour?.notes).toEqual([
    'the link to assets/map.md leads to no file',
    'the tag {% if %} is left out',
    'the tag {% gallery %} is left out',
    '{{ page.title | upcase }} is written without "upcase"',
    '{{ content }} is left out',
    'the field "footnote" is left out: This was first told to our reporter by two men on the quay.',
  ]);
});

test('keeps a post in HTML as HTML', () => {
  expect(race?.fields.html).toBe(
    '<p>The race <img src="file:///site/assets/img/harbour.png" alt="Start">.</p>\n\n' +
      '    <p><a href="/daily/trade/2019/05/01/Harbour-opens.html">Opened</a></p>',
  );
});

test('takes drafts without a date as drafts, and leaves out pages and what cannot be read', () => {
  expect(site.articles.get('_drafts/lamp-posts.md')).toMatchObject({
    addresses: [],
    fields: { draft: true },
  });
  expect(site.articles.get('_posts/no-date.md')?.notes).toEqual(['it has no date, and is a draft now']);
  expect(site.leftOut.map(({ place, what }) => [place, what])).toEqual([
    ['_posts/2021-03-29-broken.md:2', 'article'],
    ['about.md', 'page "About"'],
  ]);
});

test('asks for the zone of dates without one where the settings name none', async () => {
  const folder = writeProject({ '_config.yml': '', '_posts/2020-02-29-low.md': '---\ntitle: Low\n---\n' });

  expect((await readProject(folder)).leftOut).toMatchObject([
    { what: 'article "Low"', reason: expect.stringContaining('say --zone') },
  ]);
  expect([...(await readProject(folder, { zone: 'Asia/Tokyo' })).articles.values()]).toMatchObject([
    { fields: { publishedAt: '2020-02-28T15:00:00.000Z' } },
  ]);
});

test.each([
  ['{% gist ana/0a1b2c %}', '<https://gist.github.com/ana/0a1b2c>'],
  [
    '{% include figure image_path="https://pics.example/a.jpg" alt="A" caption="B *c*" %}',
    '<figure><img src="https://pics.example/a.jpg" alt="A"><figcaption>B <em>c</em></figcaption></figure>',
  ],
  [
    '{% include_cached video.html src="https://films.example/a.mp4" %}',
    '<video controls src="https://films.example/a.mp4"></video>',
  ],
  ['[a]({{ "/b/" | absolute_url }}) [c]({{ site.url }}{{ site.baseurl }}/d/)', '[a](/x/b/) [c](/x/d/)'],
  ['{% include video id="abc-123" provider="youtube" %}', '<https://www.youtube.com/watch?v=abc-123>'],
  ['{%- assign a = 1 -%}{{ page.title | escape }}', 'Lamp'],
  ['Half {% open', 'Half {% open'],
  ['# Head\n{: #own .red}\n\nText.{: .x}', '# Head\n{: #own .red}\n\nText.'],
  ['```\n{% raw %}{{ a }}{% endraw %}\n```', '```\n{{ a }}\n```'],
])('%s becomes %s', async (written, text) => {
  const settings = { '_config.yml': 'url: https://old.example\nbaseurl: /x' };

  expect((await readText(settings, '_posts/2020-01-01-lamp.md', written)).text).toBe(text);
});

test('shows the pictures of a gallery that the front matter lists', async () => {
  const settings = { '_config.yml': 'timezone: UTC' };
  const fields =
    'gallery:\n  - { url: "https://pics.example/a.jpg", alt: A, title: B }\n  - { image_path: "https://pics.example/b.jpg" }';
  const path = '_posts/2020-01-01-lamp.md';

  const { text, notes } = await readText(
    settings,
    path,
    '{% include gallery %}{% include gallery id="more" %}',
    fields,
  );

  expect(text).toBe('![A](<https://pics.example/a.jpg> "B")\n\n![](<https://pics.example/b.jpg>)');
  expect(notes).toEqual(['the gallery "more" lists no pictures in the front matter']);
});

test('finds pictures in the folder that the front matter names', async () => {
  const folder = writeProject({
    '_config.yml': 'timezone: UTC',
    'assets/lamp/a.png': 'x',
    '_posts/2020-01-01-lamp.md':
      '---\ntitle: Lamp\nmedia_subpath: /assets/lamp\nimage: { path: a.png }\n---\n![](a.png)',
  });

  const { articles, pictures } = await readProject(folder);

  expect([...articles.values()]).toMatchObject([
    {
      fields: {
        image: { url: 'file:///site/assets/lamp/a.png' },
        markdown: '![](file:///site/assets/lamp/a.png)',
      },
    },
  ]);
  expect(pictures).toMatchObject([{ addresses: ['/assets/lamp/a.png'] }]);
});

test("takes Hexo's folder of sources for no category, and says that nothing tells the guids", async () => {
  const folder = writeProject({
    '_config.yml': 'title: Lamps\ntimezone: Asia/Shanghai\n',
    'source/_posts/lamp.md': '---\ntitle: Lamp\ndate: 2020-01-01 10:00:00\n---\n\nLit.\n',
  });

  const [silent, told] = [
    await readProject(folder),
    await readProject(folder, { home: 'https://old.example' }),
  ];

  const lamp = silent.articles.get('source/_posts/lamp.md');
  expect(lamp?.fields).toMatchObject({ title: 'Lamp', publishedAt: '2020-01-01T02:00:00.000Z' });
  expect(lamp?.fields.category).toBeUndefined();
  expect(silent.leftOut.map(({ reason }) => reason)).toEqual(['nothing tells where it was: say --home']);
  expect(told.leftOut).toEqual([]);
});
