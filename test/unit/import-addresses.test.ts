import { expect, test } from 'vitest';
import { OldAddresses } from '../../infra/tools/import/old-addresses.ts';

function known(home: string | undefined) {
  const addresses = new OldAddresses(home);
  addresses.addArticle(['https://old.example/2019/05/b%C3%BCcher/', '/?p=12'], 'books');
  addresses.add('/category/trade', '/category/trade');
  addresses.add('/author/*', '/authors');
  const find = (written: string, from?: string) => {
    const url = addresses.resolve(written, from);
    return url && addresses.find(url);
  };
  return { addresses, find };
}

test.each([
  ['https://old.example/2019/05/b%C3%BCcher/', '/news/books'],
  ['http://www.old.example/2019/05/bücher', '/news/books'],
  ['//old.example/2019/05/bücher?utm_source=x&fbclid=1#part', '/news/books'],
  ['/2019/05/bücher/?replytocom=3', '/news/books'],
  ['https://old.example/?p=12', '/news/books'],
  ['/?p=12&utm_medium=feed', '/news/books'],
  ['/category/trade/', '/category/trade'],
  ['/author/jo/', '/authors'],
  ['https://old.example', '/'],
  ['/?p=13', undefined],
  ['/2019/05/', undefined],
  ['https://other.example/2019/05/b%C3%BCcher/', undefined],
  ['mailto:jo@old.example', undefined],
])('leads %s to %s', (written, expected) => {
  expect(known('https://www.old.example/').find(written)).toBe(expected);
  // The first whole address tells the home page as well.
  expect(known(undefined).find(written)).toBe(expected);
});

test('reads an address from the article on, and takes only what is below the home page for the site', () => {
  const { addresses, find } = known('https://old.example/');
  const blog = new OldAddresses('https://old.example/blog');

  expect(find('../bücher', 'https://old.example/2019/05/other/')).toBe('/news/books');
  expect(
    ['/blog/a', '/blog', '/about', '/blogs'].map((path) => blog.isOwn(new URL(path, 'https://old.example'))),
  ).toEqual([true, true, false, false]);
  expect(addresses.isOwnPicture(new URL('https://cdn.old.example/a.png'))).toBe(true);
});

test('knows paths where nothing tells the home page', () => {
  const addresses = new OldAddresses(undefined);
  addresses.addArticle(['/posts/a/'], 'a');

  expect(addresses.find(addresses.resolve('/posts/a') as URL)).toBe('/news/a');
  expect(addresses.resolve('https://elsewhere.example/posts/a')?.host).toBe('elsewhere.example');
  expect([...addresses.redirects()]).toEqual([{ from: '/posts/a', to: '/news/a' }]);
});
