import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { rendererBuild } from '../../infra/renderer-build.ts';
import { temporaryFolder } from './content-folder.ts';

const sources = {
  'functions/article/article.ts': 'export type Article = {};\n',
  'functions/feed/atom.ts': 'export const atom = 1;\n',
  'functions/feed/rules/atom.ts': 'export const rule = 1;\n',
  'functions/store/cards.ts': 'export const cards = 1;\n',
  'package.json': JSON.stringify({
    dependencies: { feed: '1', 'fast-xml-parser': '2', hono: '3', zod: '4' },
  }),
};

function projectOf(files: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test('is the same in every checkout, whatever its place, line ends and order of writing', async () => {
  const elsewhere = Object.fromEntries(
    Object.entries(sources)
      .reverse()
      .map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
  );

  const build = await rendererBuild(projectOf(sources));

  expect(build).toMatch(/^[0-9a-f]{16}$/);
  expect(await rendererBuild(projectOf(elsewhere))).toBe(build);
});

test.each([
  ['a rule of articles', { 'functions/article/article.ts': 'export type Article = { id: string };\n' }],
  ['a renderer', { 'functions/feed/atom.ts': 'export const atom = 2;\n' }],
  ['a file below a renderer', { 'functions/feed/rules/atom.ts': 'export const rule = 2;\n' }],
  ['a new file', { 'functions/feed/rss.ts': '' }],
  ['a library', { 'package.json': sources['package.json'].replace('"feed":"1"', '"feed":"1.1"') }],
])('moves with %s', async (_what, change) => {
  const build = await rendererBuild(projectOf(sources));

  expect(await rendererBuild(projectOf({ ...sources, ...change }))).not.toBe(build);
});

test('moves with the name of a file', async () => {
  const root = projectOf(sources);
  const build = await rendererBuild(root);

  renameSync(join(root, 'functions/feed/atom.ts'), join(root, 'functions/feed/atom-1.ts'));

  expect(await rendererBuild(root)).not.toBe(build);
});

test.each([
  ['the store', { 'functions/store/cards.ts': 'export const cards = 2;\n' }],
  [
    'a library that renders nothing',
    { 'package.json': sources['package.json'].replace('"zod":"4"', '"zod":"5"') },
  ],
])('stays when %s changes', async (_what, change) => {
  const build = await rendererBuild(projectOf(sources));

  expect(await rendererBuild(projectOf({ ...sources, ...change }))).toBe(build);
});
