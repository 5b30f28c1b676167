import { expect, test } from 'vitest';
import { oldPathsFor, readOldPath, spellOldPath, targetOf } from '../../functions/article/old-path.ts';

const spell = (address: string) => spellOldPath(new URL(`https://old.example${address}`));

test.each([
  ['/2019/05/title/', '/2019/05/title'],
  ['/', '/'],
  ['/a//b/', '/a/b'],
  ['/%E4%BD%A0', '/你'],
  ['/%e4%bd%a0/', '/你'],
  ['/u%CC%88ber', '/über'],
  // Latin-1, which is no UTF-8.
  ['/%e4rger', '/%E4rger'],
  ['/a%3fb%23c%2a', '/a%3Fb%23c%2A'],
  ['/a*', '/a%2A'],
  ['/100%', '/100%25'],
  ['/100%25', '/100%25'],
  ['/a%0d%0ab', '/a%0D%0Ab'],
  ['/?p=12&utm_source=x&UTM_Medium=y&fbclid=1&gclid=2', '/?p=12'],
  ['/?b=2&a=1', '/?a=1&b=2'],
  ['/a/?utm_source=x', '/a'],
  ['/?feed', '/?feed='],
])('%s is looked for as %s, which is its own spelling', (address, expected) => {
  expect(spell(address)).toBe(expected);
  expect(spell(expected)).toBe(expected);
});

test.each([
  ['/2019/05/title/', '/2019/05/title'],
  ['/old/*', '/old/*'],
  ['/old//*', '/old/*'],
  ['/*', '/*'],
  ['/%e4%bd%a0/*', '/你/*'],
  ['/what%2A', '/what%2A'],
  ['/index.php?p=1', '/index.php?p=1'],
])('people may write %s', (written, from) => {
  expect(readOldPath(written)).toEqual({ from });
});

test.each([
  ['2019/05', 'must be a path of the old site'],
  ['https://old.example/a', 'must be a path of the old site'],
  ['//old.example/a', 'must be a path of the old site'],
  ['/a#b', 'no browser sends'],
  ['/a\ud800', 'a damaged character'],
  ['/a*', 'at its end alone, behind a slash'],
  ['/a/*/b', 'at its end alone, behind a slash'],
  ['/a?b=*', 'at its end alone, behind a slash'],
  ['/a?b=/*', 'has "*" in its query'],
  ['/1/2/3/4/5/*', 'more than 4 steps'],
  [`/${'你'.repeat(334)}`, 'more than 1000 bytes'],
])('%s is no old path', (written, fault) => {
  expect(readOldPath(written)).toEqual({ fault: expect.stringContaining(fault) });
});

test('looks for the address, without its query, and for at most five prefixes', () => {
  expect(oldPathsFor('/a/b?p=1')).toEqual(['/a/b?p=1', '/a/b', '/a/b/*', '/a/*', '/*']);
  expect(oldPathsFor('/')).toEqual(['/', '/*']);
  expect(oldPathsFor('/1/2/3/4/5/6')).toEqual([
    ...['/1/2/3/4/5/6', '/1/2/3/4/*', '/1/2/3/*', '/1/2/*', '/1/*', '/*'],
  ]);
  expect(oldPathsFor(`/a/${'b'.repeat(2000)}`)).toEqual(['/a/*', '/*']);
});

test.each([
  ['/old/*', '/news/x', '/old/a', '/news/x'],
  ['/old/*', '/new/*', '/old/a/b', '/new/a/b'],
  ['/old/*', '/new/*', '/old', '/new'],
  ['/old/*', '/*', '/old/', '/'],
  ['/old/*', '/*', '/old//evil.example', '/evil.example'],
  ['/old/*', '/*', '/old/%5C%5Cevil.example', '/%5C%5Cevil.example'],
  ['/old/*', '/*', '/old/%2f%2fevil.example', '/evil.example'],
  ['/old/*', 'https://a.example/*', '/old/.evil@b', 'https://a.example/.evil@b'],
  ['/old/*', '/tag/*', '/old/%E4%BD%A0%0d%0ax%3Fy', '/tag/%E4%BD%A0%0D%0Ax%3Fy'],
  ['/old/*', '/tag/*', '/old/100%25?a=b', '/tag/100%25'],
])('%s → %s leads %s to %s', (from, to, address, expected) => {
  expect(targetOf({ from, to }, spell(address))).toBe(expected);
});
