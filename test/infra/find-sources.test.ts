import { mkdirSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findSources } from '../../infra/tools/publish/find-sources.ts';
import { contentFolder } from './content-folder.ts';

const folder = contentFolder({
  'articles/b.md': '',
  'articles/a.html': '',
  'articles/c.json': '',
  'articles/.hidden.md': '',
  'articles/notes.txt': '',
  'more/a.md': '',
});
mkdirSync(`${folder}/links`);
for (const [name, target] of [
  ['ahead', '../articles/b'],
  ['nowhere', 'none'],
  ['loop', 'loop'],
])
  symlinkSync(`${target}.md`, `${folder}/links/${name}.md`);
const inFolder = (name: string) => `${folder}/${name}`;

async function sourcesOf(...names: string[]): Promise<string[]> {
  const sources = findSources(names.map(inFolder));
  return sources.map(({ file, slug, fault }) =>
    [file.slice(folder.length + 1), slug, ...(fault ? [fault.replace(`${folder}/`, '')] : [])].join(' '),
  );
}

test.each([
  ['the articles of a folder', ['articles'], ['articles/a.html a', 'articles/b.md b', 'articles/c.json c']],
  ['a file once', ['articles/b.md', 'more/../articles/b.md'], ['more/../articles/b.md b']],
  [
    'no other file, and says so',
    ['articles/notes.txt', 'articles/d.md', 'media'],
    [
      'articles/notes.txt notes is no .md, .html or .json file',
      'articles/d.md d is not there',
      'media media is not there',
    ],
  ],
  [
    'a link for where it leads',
    ['links/ahead.md', 'links/nowhere.md', 'links/loop.md'],
    [
      'links/ahead.md ahead',
      'links/nowhere.md nowhere is a link to something that is not there',
      'links/loop.md loop is a link that leads back to itself',
    ],
  ],
  ['that a folder holds none', ['.'], [expect.stringMatching(/ holds no \.md, \.html or \.json file$/)]],
  [
    'neither of two with one address',
    ['more', 'articles/a.html', 'articles/b.md'],
    [
      'more/a.md a has the same address as articles/a.html',
      'articles/a.html a has the same address as more/a.md',
      'articles/b.md b',
    ],
  ],
])('finds %s', async (_what, names, expected) => {
  expect(await sourcesOf(...names)).toEqual(expected);
});
