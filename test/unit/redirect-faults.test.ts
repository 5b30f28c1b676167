import { expect, test } from 'vitest';
import { redirectFaults } from '../../functions/api/redirect-faults.ts';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { parseSite } from '../../functions/article/site.ts';

const settings = 'title: T\ndescription: D\nauthority: a.example\nlanguage: en\ntimeZone: UTC\nredirects:\n';

/** What is wrong with these lines of site.yaml, by their old paths as they are spelled. */
function faultsOf(...lines: string[]): Record<string, string> {
  const { redirects } = parseSite(settings + lines.map((line) => `  ${line}`).join('\n'));
  const faults = redirectFaults(redirects, { isArticle: (slug) => slug === 'title' });
  return Object.fromEntries(faults.map(({ index, message }) => [redirects[index]?.from, message]));
}

test.each([
  ['/2019/05/title/: /news/title'],
  ['"/?p=12": /news/title'],
  ['/2019/json: /news/title.json'],
  ['/author/*: /about'],
  ['/category/old/*: /category/new/*'],
  ['/wp-content/*: https://old.example/wp-content/*'],
  ['/*: https://old.example/*'],
  ['/blog/*: /*'],
  ['/news/*: /archive'],
  ['/media/lost.png: /media/found.png'],
  ['/thema/你: /tag/你'],
  ['/topics/*: /tag/*', '/themen/*: /topics/*'],
  ['/a: /b?x=1', '/b: /c#d', '/c: /news/title'],
  ['/topic: /tag/port', '/tag/*: https://old.example/*'],
])('%s is sound', (...lines) => {
  expect(faultsOf(...lines)).toEqual({});
});

test.each([
  ['/a/: /%61', { '/a': 'leads to itself' }],
  ['/a/*: /a/b/*', { '/a/*': 'leads to itself' }],
  ['/a/*: /a/b', { '/a/*': 'leads to itself' }],
  ['/a: /news/other', { '/a': 'leads nowhere: there is no article at /news/other' }],
  ['/a: /blog/other', { '/a': 'leads nowhere: /blog/other is no address of this site' }],
  ['/a/*: /blog/*', { '/a/*': 'leads nowhere: /blog/- is no address of this site' }],
  ['/a: /archive/2019-13', { '/a': 'leads nowhere: /archive/2019-13 is no address of this site' }],
])('%s is faulty', (line, faults) => {
  expect(faultsOf(line)).toEqual(faults);
});

test('a circle goes through several, through prefixes and through addresses that may have nothing', () => {
  const lines = ['/a: /b/c', '/b/*: /tag/*', '/tag/c: /a'];

  // What is left is sound: the star leads elsewhere too.
  expect(faultsOf(...lines)).toEqual({ '/a': 'leads in a circle', '/tag/c': 'leads in a circle' });
});

test('one that leads to another that leads nowhere says so', () => {
  expect(faultsOf('/a: /b', '/b: /c')).toEqual({
    '/a': 'leads nowhere in the end: /c is no address of this site',
    '/b': 'leads nowhere: /c is no address of this site',
  });
});

test.each(
  [
    '/',
    '/news',
    '/rss.xml',
    '/news/title',
    '/news/Title.json',
    '/feed/',
    '/?utm_source=x',
    '/redirects',
  ].concat('/feed/atom', '/tag/x/feed/', '/articles/x'),
)('%s is an address of this site, at which no redirect is reached', (from) => {
  expect(Object.values(faultsOf(`${from}: /about`))).toEqual([
    'is an address of this site, which answers there itself',
  ]);
});

test.each([
  ['a: /about', '/redirects/a', 'must be a path of the old site'],
  ['/a: about', '/redirects/~1a', 'must be an http or https address'],
  ['/a: //evil.example', '/redirects/~1a', 'must be an http or https address'],
  ['/a: "javascript:alert(1)"', '/redirects/~1a', 'must be an http or https address'],
  ['/a: /tag/*', '/redirects/~1a', 'which the old path has not'],
  ['/a/*: https://b.example*', '/redirects/~1a~1*', 'at its end alone, behind a slash'],
  ['/a/*: https://b.example/c*', '/redirects/~1a~1*', 'at its end alone, behind a slash'],
  ['/a/*: /tag/x?y=/*', '/redirects/~1a~1*', 'at its end alone, behind a slash'],
  [`/a: /${'x'.repeat(2_048)}`, '/redirects/~1a', 'more than 2,048 characters'],
  ['/a: [/about]', '/redirects/~1a', 'must be an address'],
])('%s is refused with its line', (line, pointer, message) => {
  const parse = () => parseSite(`${settings}  /fine: /about\n  ${line}`);

  expect(parse).toThrow(InvalidFileError);
  expect(parse).toThrow(`line 8: ${pointer} `);
  expect(parse).toThrow(message);
});

test('two spellings of one old path are refused, and a list that is none', () => {
  expect(() => parseSite(`${settings}  /%61: /about\n  /a/: /feeds`)).toThrow(
    'line 8: /redirects/~1a~1 is here twice: /a is another spelling of it',
  );
  expect(() => parseSite(`${settings.trim()} [/a]`)).toThrow('must be a list of old paths');
});
