import { codeBlock } from './code-block.ts';
import type { Verbatim } from './code-parts.ts';
import { readTag, replaceTags } from './tag-arguments.ts';
import { writeKnownTag } from './tags.ts';
import { namedValue, type Writing } from './writing.ts';

const marks: [string, string][] = [
  ['{{<', '>}}'],
  ['{{%', '%}}'],
];

/** Hugo's shortcodes. */
export function writeShortcodes(part: string, writing: Writing): string {
  const written = marks.reduce(
    (text, mark) => replaceTags(text, mark, (inside, whole) => writeShortcode(inside, whole, writing)),
    part,
  );
  // Attributes of a block or a picture, which set no id.
  return written.replace(/^\{(?:[.#]?[\w-]+(?:=(?:"[^"\n]*"|[\w-]+))?[ \t]*){1,20}\}[ \t]*$/gm, '');
}

/** How the code that a shortcode encloses is to be read. */
export function shortcodeVerbatim({ isHtml }: Writing): Verbatim[] {
  return [
    {
      open: /\{\{[<%]\s*highlight\s+"?([\w+#-]*)"?[^}]{0,500}[>%]\}\}/,
      close: /\{\{[<%]\s*\/\s*highlight\s*[>%]\}\}/,
      write: ([, language = ''], code) => codeBlock(code, language, isHtml),
    },
  ];
}

/** In code Hugo shows a shortcode where its marks hold a comment. */
export function unescapeShortcodes(code: string): string {
  return code.replace(/\{\{([<%])\/\*(.{0,2000}?)\*\/([>%])\}\}/gs, '{{$1$2$3}}');
}

function writeShortcode(inside: string, whole: string, writing: Writing): string {
  if (/^\s*\/\*/.test(inside)) return unescapeShortcodes(whole);
  const tag = readTag(inside.replace(/\/\s*$/, ''));
  const [first = ''] = tag.positional;
  const name = tag.name === '/' ? `/${first}` : tag.name;
  if (name === 'ref' || name === 'relref') {
    const target = tag.named.path ?? first;
    const found = writing.links.findArticle(target, writing.page);
    if (found === undefined) writing.note(`the link to ${target} leads to no file`);
    return found ?? (target.startsWith('#') ? target : '');
  }
  if (name === 'param') {
    const found = namedValue(first, writing) ?? namedValue(`site.${first}`, writing);
    if (found !== undefined) return found;
  }
  const known = writeKnownTag({ ...tag, name });
  if (known !== undefined) return known;
  if (!name.startsWith('/')) writing.note(`the shortcode "${name}" is left out`);
  return '';
}
