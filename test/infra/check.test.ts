import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectContent } from '../../infra/tools/inspect-content.ts';
import { newswire } from '../support/newswire.ts';
import { contentFolder, png, siteYaml, temporaryFolder } from './content-folder.ts';

const sound = article('title: Sound', 'publishedAt: 2026-01-31T08:00:00+08:00');

function article(...fields: string[]): string {
  return ['---', ...fields, '---', 'Text', ''].join('\n');
}

function articleWith(lines: string[]): string {
  return ['---', 'title: T', 'publishedAt: 2026-01-31T08:00:00+08:00', '---', ...lines, ''].join('\n');
}

test('the articles that come with the site have times of their own', async () => {
  const { articles } = await inspectContent('content');
  const times = [...articles.values()].map(({ publishedAt, updatedAt = publishedAt }) => updatedAt);

  expect(times.length).toBeGreaterThan(0);
  expect(new Set(times).size).toBe(times.length);
});

test('counts sound files and succeeds', async () => {
  const folder = contentFolder({ 'articles/a.md': sound, 'articles/b.md': sound, 'media/pixel.png': png });

  expect(await newswire('check', folder)).toEqual({ code: 0, out: ['2 articles and 1 image fine'], err: [] });
});

test('names every fault of every broken file with its line, and fails', async () => {
  const folder = contentFolder({
    'site.yaml': 'title: T\ndescription: D\nauthority: a.example\nlanguage: en\ntimeZone: Mars/Base\n',
    'articles/a.md': sound,
    'articles/no-zone.md': article('title: T', 'colour: red', 'publishedAt: 2026-01-31T08:00:00'),
    'articles/Bad_Name.md': sound,
    'articles/plain.md': 'no front matter\n',
    'articles/notes.txt': 'not an article\n',
    'articles/folder.md/notes.md': sound,
    'media/drawing.svg': '<svg/>',
  });

  symlinkSync('nowhere', `${folder}/articles/dangling.md`);
  symlinkSync('loop.png', `${folder}/media/loop.png`);

  const { code, out, err } = await newswire('check', folder);

  expect(code).toBe(1);
  expect(out).toEqual(['1 article and 0 images fine, 9 files broken']);
  expect(err.map((line) => line.replace(`${folder}/`, '')).sort()).toEqual([
    'articles/Bad_Name.md:2 slug: must be lower-case letters and digits, joined by single hyphens',
    'articles/dangling.md is a link to something that is not there',
    'articles/folder.md is not read: articles are .md files',
    'articles/no-zone.md:3 colour: is not a known field',
    'articles/no-zone.md:4 publishedAt: must be a date and time with its zone, such as 2015-12-02T10:36:55+08:00: its time zone is missing',
    'articles/notes.txt is not read: articles are .md files',
    'articles/plain.md:1 must begin with front matter: fields between two lines of ---',
    'media/drawing.svg is an SVG, which could run scripts on the site: export it as PNG or WebP',
    'media/loop.png is a link that leads back to itself',
    'site.yaml:5 timeZone: must be a time zone such as Asia/Shanghai',
  ]);
});

test('reads dates without a zone where site.yaml asks for it', async () => {
  const folder = contentFolder({
    'site.yaml': `${siteYaml}\ndatesWithoutZone: site`,
    'articles/a.md': article('title: A', 'publishedAt: 2026-01-31 08:00:00'),
    'articles/b.md': article('title: B', 'publishedAt: 2026-01-31 8'),
  });

  const { out, err } = await newswire('check', folder);

  expect(out).toEqual(['1 article and 0 images fine, 1 file broken']);
  expect(err).toEqual([
    `${folder}/articles/b.md:3 publishedAt: must be a date, such as 2015-12-02 10:36:55 (in Asia/Shanghai) or 2015-12-02T10:36:55+08:00`,
  ]);
});

test('finds what two files claim and what no file holds', async () => {
  const date = 'publishedAt: 2026-01-31T08:00:00+08:00';
  const folder = contentFolder({
    'articles/a.md': article('title: A', date, 'aliases: [b, old]', 'guid: x', 'source: {name: S}'),
    'articles/b.md': article('title: B', date, 'aliases: [old]', 'guid: x', 'source: {name: S}'),
    'articles/c.md': article('title: C', date, 'guid: x', 'source: {name: T}', 'image: {url: /media/no.png}'),
    'articles/d.md': article('title: D', date, 'image: {url: /media/pixel.png}'),
    'articles/e.md': article('title: E', date, 'image: {url: https://example.com/media/no.png}'),
    'articles/f.md': article('title: F', date, 'language: fr', 'translations: [e, was-g, elsewhere]'),
    'articles/g.md': article('title: G', date, 'aliases: [was-g]', 'translations: [f]'),
    'media/pixel.png': png,
  });

  const { out, err } = await newswire('check', folder);

  expect(out).toEqual(['3 articles and 1 image fine, 4 files broken']);
  expect(err.map((line) => line.replaceAll(`${folder}/`, ''))).toEqual([
    'articles/a.md:4 aliases: b belongs to articles/b.md',
    'articles/b.md:4 aliases: old belongs to articles/a.md',
    'articles/b.md:5 guid: x belongs to articles/a.md',
    'articles/c.md:6 image/url: names no usable file of the media folder',
    'articles/f.md:5 translations: articles/e.md does not name it back',
  ]);
});

test('finds every image of a text that the site would not have', async () => {
  const folder = contentFolder({
    'articles/a.md': articleWith([
      '![](/media/pixel.png?v=2) ![](../media/pixel.png) ![](https://example.com/media/no.png) ![](/icon.svg)',
      '',
      '`![](/media/no.png)`, [a link](/media/pixel.png)',
    ]),
    'articles/b.md': articleWith([
      'First.',
      '',
      '![p](/media/none.png) and again ![p](/media/none.png)',
      'below ![p][q] <img src="pixel.png">',
      '',
      '[q]: ../media/Pixel.png',
    ]),
    'articles/c.md': articleWith(['One.', '', `a${'&#x301;'.repeat(40)}`]),
    'media/pixel.png': png,
  });

  const { out, err } = await newswire('check', folder);

  expect(out).toEqual(['1 article and 1 image fine, 2 files broken']);
  expect(err.map((line) => line.replaceAll(`${folder}/`, ''))).toEqual([
    'articles/b.md:7 the image /media/none.png is no usable file of the media folder',
    'articles/b.md:10 the image /media/Pixel.png is no usable file of the media folder',
    'articles/b.md:8 the image /news/pixel.png is not in the media folder: write /media/ and its name',
    expect.stringMatching(/^articles\/c\.md:5 markdown: /),
  ]);
});

test('names the line of a logo that is not there', async () => {
  const folder = contentFolder({ 'site.yaml': `${siteYaml}\nlogo: no.png` });

  expect((await newswire('check', folder)).err).toEqual([
    `${folder}/site.yaml:6 logo: names no usable file of the media folder`,
  ]);
});

test('says which folder holds no site', async () => {
  const folder = temporaryFolder();

  const { code, err } = await newswire('check', folder);

  expect({ code, err }).toEqual({
    code: 1,
    err: [`${folder}/site.yaml is missing: name the folder that holds it`],
  });
});

test.each([
  ['a.md', 'is no folder'],
  ['b', 'is not there'],
  ['a.md/b', 'is not there'],
])('says in one line that %s %s', async (name, what) => {
  const path = join(temporaryFolder(), name);
  if (name === 'a.md') writeFileSync(path, sound);

  expect(await newswire('check', path)).toEqual({
    code: 1,
    out: [],
    err: [`${path} ${what}: name the folder that holds site.yaml`],
  });
});

test('names what a text lacks of its file, and links that lead nowhere', async () => {
  const folder = contentFolder({
    'articles/a.md': articleWith([
      '[a](www.port.example) [b](other-story.md) [c](/news/nothing) [d](/media/none.pdf) [e](#gone)',
      '[j](../notes/other-tide.html#x) [k](desk@port.example) [l](htps://port.example)',
      '[f](/news/b) [g](/news/was-b?x#y) [h](/news/a#part) [i](#part)',
      '',
      '# Part',
      '',
      '<iframe src="https://v.example/1" title="F"></iframe>',
    ]),
    'articles/b.md': article('title: B', 'publishedAt: 2026-01-31T08:00:00+08:00', 'aliases: [was-b]'),
  });

  const { code, out, err } = await newswire('check', folder);

  expect(code).toBe(1);
  expect(out).toEqual(['1 article and 0 images fine, 1 file broken, 3 notes']);
  expect(err.map((line) => line.replaceAll(`${folder}/articles/`, '')).sort()).toEqual([
    'a.md:11 left out: iframe: a link to https://v.example/1 stands in its place',
    'a.md:5 the link #gone leads to no heading or id of the text',
    'a.md:5 the link /news/nothing leads to no article of this folder',
    'a.md:5 the link other-story.md leads to no page: write /news/other-story',
    'a.md:5 the link to /media/none.pdf leads to no file of the media folder',
    'a.md:5 the link www.port.example leads to no page of the site: write https://www.port.example',
    'a.md:6 left out: a: leads to htps://port.example, which is no address of a page',
    'a.md:6 the link desk@port.example leads to no page: write mailto:desk@port.example',
    'a.md:6 the link notes/other-tide.html leads to no page: write /news/other-tide',
  ]);
});
