import { expect, test } from 'vitest';
import { describeFault } from '../../infra/content-files.ts';
import { readOwnStyle } from '../../infra/own-style.ts';
import { contentFolder } from './content-folder.ts';

function read(css: string) {
  const folder = contentFolder({ 'style.css': css });
  return readOwnStyle(`${folder}/style.css`);
}

test('takes a style of this site alone', async () => {
  const css =
    '/* Ours */ :root { --accent: light-dark(#123, #456); }\n.h-entry { & a { color: red; background: url("/a.svg") } }';

  expect(await read(css)).toEqual({
    css: ':root{--accent: light-dark(#123, #456)}.h-entry{& a{color:red;background:url(/a.svg)}}',
    faults: [],
  });
  expect(await readOwnStyle('/nowhere/style.css')).toEqual({ css: '', faults: [] });
});

test.each([
  ['an address of another host', 'a { background: url(https://other.example/a.png) }'],
  ['one that its own scheme reaches', 'a { background: url(//other.example/a.png) }'],
  ['one spelled with an escape', 'a { background: u\\72l(https://other.example/a.png) }'],
  ['one that is a string', 'a { background: image-set("https://other.example/a.png" 1x) }'],
  ['another style', '@import "https://other.example/a.css";'],
  ['another file', '@import "/a.css";'],
  ['a path that is relative', 'a { background: url(a.png) }'],
  ['what is no CSS', 'a { color: red'],
  ['too much', `a { color: red } ${' '.repeat(100_000)}`],
])('refuses %s whole, and says where', async (_what, css) => {
  const { css: taken, faults } = await read(css);

  expect(taken).toBe('');
  expect(faults.map(describeFault)).toEqual([expect.stringMatching(/\/style\.css(?::1)? \S/)]);
});
