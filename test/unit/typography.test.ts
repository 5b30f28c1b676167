import { expect, test } from 'vitest';
import { renderBody } from '../../functions/article/render-body.ts';

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };

test.each([
  ['en', `"It's 'so'" -- so... a---b (c) --x`, '“It’s ‘so’” – so… a—b (c) --x'],
  ['en', `'Tis of the '90s`, '’Tis of the ’90s'],
  ['en', `*'Tis* \\'a 'b'`, "<em>’Tis</em> 'a ‘b’"],
  ['en', `rock 'n' roll, Guns 'N' Roses`, 'rock ’n’ roll, Guns ’N’ Roses'],
  ['en', `the '90s, the dogs' bones`, 'the ’90s, the dogs’ bones'],
  ['en', `5'10" tall, a 6" pipe, 5' wide, 40° 26' 46" N`, '5′10″ tall, a 6″ pipe, 5′ wide, 40° 26′ 46″ N'],
  ['en', `"in 1990" 'in 1990' the 1990's`, '“in 1990” ‘in 1990’ the 1990’s'],
  ['en', `"It goes on`, '“It goes on'],
  ['en', `at https://a.example/b--c'd`, "at https://a.example/b--c'd"],
  ['de', `"It's 'so'"`, '„It’s ‚so‘“'],
  ['fr', `"a 'b'"`, '«\u00A0a ‹\u00A0b\u00A0›\u00A0»'],
  ['de-CH', '"a"', '«a»'],
  ['zh', `"a" 'b' --`, `"a" 'b' --`],
  ['ja', '"a"', '"a"'],
  [undefined, `"a" --`, `"a" --`],
])('quotation marks and dashes are those of %s', (typography, written, kept) => {
  const render = (markdown: string) => renderBody({ markdown }, { ...place, typography }).html;

  expect(render(written)).toBe(`<p>${kept}</p>`);
  expect(render('`"a" --`')).toBe('<p><code>"a" --</code></p>');
});

test('an address alone in its paragraph leads where it was written to, in every typography', () => {
  const { html } = renderBody({ markdown: 'https://youtu.be/a--b' }, { ...place, typography: 'en' });

  expect(html).toBe('<p><a href="https://youtu.be/a--b">https://youtu.be/a--b</a></p>');
});
