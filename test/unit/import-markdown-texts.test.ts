import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMarkdownFolder } from '../../infra/tools/import/markdown/read-markdown-folder.ts';
import { readWrittenDate } from '../../infra/tools/import/markdown/written-date.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { readProject, readText, writeProject } from '../support/markdown-project.ts';

const hugo = { 'hugo.toml': 'baseURL = "https://old.example/"' };
const post = 'content/posts/lamp.md';

test('takes files that no system is known of, with links between double brackets', async () => {
  const { system, articles } = await readProject('plain');

  expect(system).toBe('Markdown files');
  expect(articles.get('Harbour.md')).toMatchObject({
    slug: 'Harbour',
    fields: {
      title: 'The harbour',
      draft: true,
      markdown: '# The harbour\n\nSee [the ferry](</old/ferry>), Nowhere and ![](<file:///site/quay.png>).',
    },
    notes: [
      'the link to [[Nowhere]] leads to no file',
      'it has no date, and is a draft now',
      'it has no title: "The harbour" is one',
    ],
  });
  expect(articles.get('deep/Ferry.md')).toMatchObject({
    addresses: ['/old/ferry'],
    fields: { title: 'Ferry' },
  });
});

test('a folder without texts is none', () => {
  expect(isMarkdownFolder(temporaryFolder())).toBe(false);
  expect(isMarkdownFolder(writeProject({ 'README.md': '# How to build', 'a.txt': '' }))).toBe(false);
  expect(isMarkdownFolder(writeProject({ 'saved.html': '<p>x' }))).toBe(false);
  expect(isMarkdownFolder('/nowhere/at/all')).toBe(false);
});

test('a folder of content needs no import', async () => {
  const folder = writeProject({ 'site.yaml': 'title: Here', 'articles/lamp.md': '---\ntitle: Lamp\n---\n' });

  await expect(readProject(folder)).rejects.toThrow('is a folder of content already: give it as CONTENT_DIR');
});

test.each([
  ['---\ntitle: "One\n---\nText.', 3],
  ['---\ntitle: One\nText without an end.', 1],
  ['+++\ntitle = "One"\ntags = [\n+++\n', 4],
  ['{\n"title": "One",,\n"a": 1\n}\n', 2],
  [';;;\n"title": "One"\n;;;\n', 2],
  ['\u0000unreadable: moved', 1],
])('says the line of a fault in %j', async (text, line) => {
  const { articles, leftOut } = await readProject(
    writeProject({
      ...hugo,
      [post]: text,
      'content/posts/whole.md': '---\ntitle: Whole\ndate: 2020-01-01\n---\n',
    }),
  );

  expect(leftOut.map(({ place }) => place)).toEqual([`${post}:${line}`]);
  expect([...articles.keys()]).toEqual(['content/posts/whole.md']);
});

test.each([
  ['---\ntitle: Ä\n---\r\n\r\nText.\r\n', 'Text.'],
  ['\uFEFF---\ntitle: Lamp\n---\nText.', 'Text.'],
  ['{\n  "title": "a } in it",\n  "x": {"y": 1}\n}\nText.', 'Text.'],
  ['---json\n{ "title": "Lamp" }\n---\nText.', 'Text.'],
  ['---\n# nothing yet\n---\nText.', 'Text.'],
  ['Text.', 'Text.'],
])('reads %j', async (text, markdown) => {
  const { articles } = await readProject(writeProject({ ...hugo, [post]: text }));

  expect(articles.get(post)?.fields.markdown).toBe(markdown);
});

test.each([
  ['2020-02-29T23:45:00+08:00', '2020-02-29T15:45:00.000Z', '2020-02-29T23:45:00'],
  ['2020-02-29 23:45:00 +0800', '2020-02-29T15:45:00.000Z', '2020-02-29T23:45:00'],
  ['2020-02-29 23:45', '2020-02-29T22:45:00.000Z', '2020-02-29T23:45:00'],
  ['2020-2-9', '2020-02-08T23:00:00.000Z', '2020-02-09T00:00:00'],
  ['2020/02/29', '2020-02-28T23:00:00.000Z', '2020-02-29T00:00:00'],
  ['Sat, 29 Feb 2020 23:45:00 GMT', '2020-02-29T23:45:00.000Z', '2020-02-29T23:45:00'],
  ['February 9th, 2020', '2020-02-08T23:00:00.000Z', '2020-02-09T00:00:00'],
  ['9 Feb 2020 10:00', '2020-02-09T09:00:00.000Z', '2020-02-09T10:00:00'],
  ['2020-02-29 10:00:00 UTC', '2020-02-29T10:00:00.000Z', '2020-02-29T10:00:00'],
])('reads the date %s', (written, iso, local) => {
  expect(readWrittenDate(written, 'Europe/Berlin')).toEqual({ date: { iso, local } });
});

test.each(['2020-02-30', 'yesterday', '2020', '2020-03-29 02:30'])('reads no date of %s', (written) => {
  expect(readWrittenDate(written, 'Europe/Berlin').fault).toContain(`the date "${written}"`);
});

test('reads nothing outside of the project, by no path and no link', async () => {
  const outside = writeProject({
    'secret.png': 'x',
    'secret.md': '---\ntitle: Secret\ndate: 2020-01-01\n---\n',
  });
  const folder = writeProject({
    ...hugo,
    [post]:
      '---\ntitle: Lamp\ndate: 2020-01-01\n---\n![a](linked.png) ![b](../../../../../../../../../etc/secret.png)',
  });
  symlinkSync(join(outside, 'secret.png'), join(folder, 'content/posts/linked.png'));
  symlinkSync(join(outside, 'secret.md'), join(folder, 'content/posts/secret.md'));
  symlinkSync(outside, join(folder, 'content/posts/folder'));
  symlinkSync('.', join(folder, 'content/posts/circle'));

  const { articles, leftOut } = await readProject(folder);

  expect([...articles.keys()]).toEqual([post]);
  expect(articles.get(post)?.fields.markdown).toBe('![a](/posts/lamp/linked.png) ![b](/etc/secret.png)');
  expect(leftOut).toMatchObject([
    { place: 'content/posts/secret.md:1', reason: 'is not there, or is a link that leads out of the folder' },
  ]);
});

test.each([
  ['image: https://pics.example/a.jpg', { url: 'https://pics.example/a.jpg' }],
  [
    'cover: { image: "https://pics.example/a.jpg", alt: A, caption: B }',
    { url: 'https://pics.example/a.jpg', alt: 'A', caption: 'B' },
  ],
  ['images: ["https://pics.example/a.jpg", b.jpg]', { url: 'https://pics.example/a.jpg' }],
  [
    'featured_image: "https://pics.example/a.jpg"\nimage_alt: A',
    { url: 'https://pics.example/a.jpg', alt: 'A' },
  ],
  ['params: { thumbnail: "https://pics.example/a.jpg" }', { url: 'https://pics.example/a.jpg' }],
  ['image: missing.jpg', undefined],
  ['featured: true', undefined],
])('of the fields %s the lead picture is %j', async (fields, image) => {
  const folder = writeProject({ ...hugo, [post]: `---\ntitle: Lamp\n${fields}\n---\n` });

  expect((await readProject(folder)).articles.get(post)?.fields.image).toEqual(image);
});

test.each([
  ['author: { name: Ana }', { authors: ['Ana'] }],
  ['authors: [Ana, { name: Tom }]', { authors: ['Ana', 'Tom'] }],
  ['taxonomies: { tags: [a], categories: [B] }', { tags: ['a'], category: 'B' }],
  ['tags: a, b c', { tags: ['a', 'b c'] }],
  ['lang: pt_br', { language: 'pt-BR' }],
  ['canonical_url: https://first.example/a', { original: 'https://first.example/a' }],
  ['views: 12', { views: 12 }],
  ['date: 2020-01-01\npublishDate: 2020-02-01', { publishedAt: '2020-02-01T00:00:00.000Z' }],
  ['pubDatetime: 2020-01-01\nmodDatetime: 2020-02-01', { updatedAt: '2020-02-01T00:00:00.000Z' }],
  ['description: <b>One</b> &amp; two', { summary: 'One & two' }],
])('reads the field %s', async (fields, told) => {
  const folder = writeProject({ ...hugo, [post]: `---\ntitle: Lamp\n${fields}\n---\n` });

  expect((await readProject(folder)).articles.get(post)?.fields).toMatchObject(told);
});

test.each([
  ['![a](<https://pics.example/a b.png>)', '![a](<https://pics.example/a b.png>)'],
  ['[a](https://old.example/b/#c)', '[a](/b/#c)'],
  ['[a]: b/c "d"', '[a]: /posts/lamp/b/c "d"'],
  ['[a](#b) [c](mailto:d@e.example) [f](//g.example/)', '[a](#b) [c](mailto:d@e.example) [f](//g.example/)'],
  ['[a](b(c).html)', '[a](/posts/lamp/b(c).html)'],
  ['<a href="b">c</a><img srcset="x.png 2x" src=\'/y\'>', '<a href="/posts/lamp/b">c</a><img src=\'/y\'>'],
  ['> ```\n> [a](b)\n> ```\n[a](/b)', '> ```\n> [a](b)\n> ```\n[a](/b)'],
  ['`` ` `` [a](/b) `[a](b)', '`` ` `` [a](/b) `[a](/posts/lamp/b)'],
])('makes addresses of %s whole', async (written, text) => {
  expect((await readText(hugo, post, written)).text).toBe(text);
});
