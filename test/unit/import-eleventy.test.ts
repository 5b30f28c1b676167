import { expect, test } from 'vitest';
import { readProject, readText, writeProject } from '../support/markdown-project.ts';

const site = await readProject('eleventy');

test('finds folders and the site’s address in settings that are code', () => {
  expect(site).toMatchObject({ system: 'Eleventy', home: 'https://old.tidemouth.example' });
});

test('adds what the data of a folder says, without the tags that only make collections', () => {
  expect(site.articles.get('src/blog/2019-05-01-harbour.md')).toMatchObject({
    slug: 'harbour',
    addresses: ['/blog/2019-05-01-harbour/'],
    fields: {
      publishedAt: '2019-05-01T00:00:00.000Z',
      updatedAt: '2019-05-02T00:00:00.000Z',
      authors: ['Ana Reis'],
      language: 'en',
      tags: ['port'],
      guid: 'https://old.tidemouth.example/blog/2019-05-01-harbour/',
      markdown:
        '<img src="file:///site/src/blog/quay.png" alt="The quay"> and [rowing](/rowing/). Back to [](/).\n\nHarbour',
    },
    notes: ['the tag {% set %} is left out', '{{ metadata.title }} is left out'],
  });
});

test('fills addresses that name the file, and says where it cannot', () => {
  expect(site.articles.get('src/blog/rowing.md')).toMatchObject({
    addresses: ['/rowing/'],
    fields: { image: { url: 'file:///site/public/rowing.png' } },
  });
  expect(site.articles.get('src/blog/lamp.md')).toMatchObject({
    addresses: [],
    fields: { markdown: '![](file:///site/public/rowing.png)' },
    notes: ['how its address is made of "{% if x %}/a/{% endif %}" is not known'],
  });
});

test('runs no code in front matter', () => {
  expect(site.leftOut.map(({ place, reason }) => [place, reason])).toEqual([
    ['src/about.md', 'Newswire has no pages of its own yet'],
    ['src/blog/coded.md:1', 'has fields in js, which is not read: write them in YAML'],
  ]);
});

test.each([
  ['/{{ title | slugify }}.html', '/low-water.html'],
  ['/x{{ page.filePathStem }}/', '/x/posts/low/'],
  ['notes/low/index.html', '/notes/low/'],
])('with permalink: %s the address is %s', async (permalink, address) => {
  const path = 'posts/2020-02-29-low.md';
  const folder = writeProject({
    '.eleventy.js': '',
    [path]: `---\ntitle: Low water\npermalink: "${permalink}"\n---\n`,
  });

  expect((await readProject(folder)).articles.get(path)?.addresses).toEqual([address]);
});

test.each([
  ['posts/index.md', 'page "Lamp"'],
  ['posts/posts.md', undefined],
])('of %s in a folder', async (path, what) => {
  const folder = writeProject({ '.eleventy.js': '', [path]: '---\ntitle: Lamp\n---\n' });
  const { leftOut, articles } = await readProject(folder, { home: 'https://old.example' });

  expect(leftOut[0]?.what).toBe(what);
  expect(articles.get(path)?.addresses).toEqual(what === undefined ? ['/posts/'] : undefined);
});

test.each([
  ['{% youtube "abc-123", "Lamps" %}', '<https://www.youtube.com/watch?v=abc-123>'],
  [
    '{% image "https://pics.example/a.jpg", "A quay" %}',
    '<img src="https://pics.example/a.jpg" alt="A quay">',
  ],
  ['{# hidden #}shown', 'shown'],
  ['## Head {#own}', '## Head {#own}'],
])('%s becomes %s', async (written, text) => {
  expect((await readText({ '.eleventy.js': '' }, 'posts/lamp.md', written)).text).toBe(text);
});
