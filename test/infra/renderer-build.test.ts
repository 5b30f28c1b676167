import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rendererBuild } from '../../infra/renderer-build.ts';
import { temporaryFolder } from './content-folder.ts';

const ours = join(import.meta.dirname, '../..');

/** A copy of the functions, changed; libraries are those of this checkout but for a replaced one. */
function checkout(change: (root: string) => void = () => undefined): string {
  const root = temporaryFolder();
  cpSync(join(ours, 'functions'), join(root, 'functions'), { recursive: true });
  cpSync(join(ours, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(ours, 'node_modules'), join(root, 'node_modules'));
  change(root);
  return root;
}

const edit = (file: string, from: string | RegExp, to: string) => (root: string) => {
  const text = readFileSync(join(root, file), 'utf8');
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(root, file), edited);
};
const append = (file: string, text: string) => edit(file, /$/, text);

let build: string;

beforeAll(async () => {
  build = await rendererBuild(checkout());
});

test('is the same in every checkout', async () => {
  expect(build).toMatch(/^[0-9a-f]{16}$/);
  expect(await rendererBuild(ours)).toBe(build);
});

test.each([
  ['RSS', edit('functions/feed/rss.ts', "'dc:creator'", "'dc:contributor'")],
  ['Atom', edit('functions/feed/atom.ts', "'via'", "'related'")],
  ['JSON Feed', edit('functions/feed/json-feed.ts', 'home_page_url', 'home_url')],
  ['the XML writer', edit('functions/feed/xml.ts', '&#x26;', '&#38;')],
  ['what all formats share', edit('functions/feed/feed-content.ts', '1_000_000', '900_000')],
  ['the times of articles', edit('functions/article/calendar.ts', 'slice(11, 19)', 'slice(11, 16)')],
])('moves with %s', async (_what, change) => {
  expect(await rendererBuild(checkout(change))).not.toBe(build);
});

test('moves with a library that writes feeds', async () => {
  const root = checkout();
  cpSync(join(ours, 'node_modules/feed'), join(root, 'functions/node_modules/feed'), { recursive: true });
  expect(await rendererBuild(root)).toBe(build);

  edit('functions/node_modules/feed/lib/feed.js', '"2.0"', '"2.1"')(root);

  expect(await rendererBuild(root)).not.toBe(build);
});

test.each([
  ['the stylesheet of pages', append('functions/pages/style.css', 'p { color: red }\n')],
  ['the stylesheet of feeds', append('functions/pages/feed.css', 'p { color: red }\n')],
  ['a page', edit('functions/pages/about-page.tsx', '<', '<p>New</p><')],
  ['a rule of the lint', edit('functions/lint/rss-rules.ts', "'rss-guid-unique'", "'rss-guid-alone'")],
  ['the store', append('functions/store/cards.ts', 'export const more = 1;\n')],
  ['a comment', append('functions/feed/atom.ts', '// Nothing.\n')],
  ['a type', append('functions/article/article.ts', 'export type Nothing = {};\n')],
  ['line ends', edit('functions/feed/atom.ts', /\n/g, '\r\n')],
  [
    'an unused function',
    append('functions/article/addresses.ts', 'export const unused = () => process.pid;\n'),
  ],
])('stays when %s changes', async (_what, change) => {
  expect(await rendererBuild(checkout(change))).toBe(build);
});
