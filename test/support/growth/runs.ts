/** What a text is made long of: single characters and the short beginnings of markup that parsers look ahead from. */
// biome-ignore format: one piece a line would take a hundred lines
export const pieces = [
  ' ', '\t', '\n', '\r', ',', ';', ':', '.', '=', '/', '\\', '|', '#', '-', '~', '^', '+', '?', '%', '@', '$', '{', '}',
  '(', ')', '[', ']', '<', '>', '"', "'", '`', '&', '*', '_', '!', '0', 'a', 'A', '\0', '\u0301', '\u00A0', '\u200B',
  '\u200D', '\u2028', '\uD800', '港', '한', '\u1100', '😀', '👩‍👩‍👧', '🇨🇳', 'ß', 'İ',
  '<a ', '<a b="', "<a b='", '<a b=c ', '<b>', '</b>', '<p>', '<br>', '<li>', '<td>', '<h1>', '<!--', '-->', '<!---->', '<!', '<?', '<![CDATA[',
  ']]>', '<script>', '<sup class="footnote-ref">', '<section class="footnotes">', '<img src="/a">', '<img>', '<iframe src="https://a/b">', '<math>', '<mi>', '<mfenced>', '<figure>', '<figcaption>', '<noscript>', '<p id="a">',
  '<a href="#a">', '<picture>', '<span lang="a">', '<label>', '<x-y>', '<video>', '" ', "' ", 'a"', "a'", ' --', 'a--', '...', '{#a', '{#a} ', '<a href="/">',
  '](', '![', '[a](', '[a]', '[^', '[^1]', '^[', '[^1]: a\n', '[a]: b\n', '][', '> ', '>\n', '- ', '-\n', '- a\n', '1. ', '* ', '+\n', '|-|', '|-|\n', '| a ', '# ', '#\n',
  '    ', '```', '```\n', '~~~\n', '`` `', '** ', '*a ', '*a**', '_a', '~~a', '\\`', '---\n', '===\n', 'a\n', 'a\n\n',
  '&#', '&#0', '&#x0', '&a', '&amp;', '&lt', '%E0', '%', 'http://', '//', '../', './', 'https://a/ 1x, ', 'a 1x,', 'a:', 'a: a\n', '? a\n', '- - ', '{a: ', '[a, ',
  '"a",', '"a":', '{"a":', '[[', 'W/"a", ', 'a/b;q=0.1,', 'a;', '*/*,',
  '<a/>', '<item/>', '<item>', '<title>a</title>', '<a xmlns:b="c">', '<b:c/>', '&#768;', '-a', '. ', 'a. ',
];

/** `piece` again and again, `length` characters in all. */
export function runOf(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}
