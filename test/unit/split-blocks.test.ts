import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitBlocks } from '../../functions/desk/body/split-blocks.ts';

test('cuts before each block, with the white space behind the one before', () => {
  expect(
    splitBlocks('\n<p>a <b>b</b></p>\n\n<ul>\n<li><p>c</p></li>\n</ul><hr />\n<p title="a > b">d</p>'),
  ).toEqual([
    '\n<p>a <b>b</b></p>\n\n',
    '<ul>\n<li><p>c</p></li>\n</ul>',
    '<hr />\n',
    '<p title="a > b">d</p>',
  ]);
});

test('keeps text and inline elements outside of blocks together', () => {
  expect(splitBlocks('one <b>two</b><br />three<p>four</p> five <i>six</i>')).toEqual([
    'one <b>two</b><br />three',
    '<p>four</p> ',
    'five <i>six</i>',
  ]);
});

const pieces = fc.constantFrom(
  ...['<p>', '</p>', '<div title="a>b">', '</div>', '<b>', '</b>', '<br />', '<hr>', '<img src="a">'],
  ...[
    '<!-- - -->',
    '<',
    '>',
    '"',
    ' ',
    '\n',
    'text',
    '&lt;',
    '<table><tr><td>',
    '</td></tr></table>',
    '<a "',
  ],
);

test('loses nothing, whatever it is given', () => {
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const html = parts.join('');

      expect(splitBlocks(html).join('')).toBe(html);
    }),
  );
});
