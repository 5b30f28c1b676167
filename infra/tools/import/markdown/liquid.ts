import { codeBlock } from './code-block.ts';
import type { Verbatim } from './code-parts.ts';
import { table, text } from './field-values.ts';
import { pathOfHome } from './system.ts';
import { readTag, replaceTags } from './tag-arguments.ts';
import { writeKnownTag } from './tags.ts';
import { namedValue, type Writing } from './writing.ts';

/** Jekyll's Liquid and Eleventy's templates, which look alike. */
export function writeLiquid(part: string, writing: Writing): string {
  const withTags = replaceTags(part, ['{%', '%}'], (inside) => writeTag(inside, writing));
  const withValues = replaceTags(withTags, ['{{', '}}'], (inside) => writeOutput(inside, writing));
  const withoutComments = replaceTags(withValues, ['{#', '#}'], (inside, whole) =>
    /^[\w.-]+$/.test(inside) ? whole : '',
  );
  // Attribute lists and options of kramdown; a list that becomes a table of contents.
  return withoutComments
    .replace(/^[ \t]*[*-][^\n]{0,80}\n\{:\s*toc[^}\n]*\}[ \t]*$/gim, '')
    .replace(/\{:(?::[a-z]+|\s*(?:\.[\w-]|[\w-]+=|toc\b))[^{}\n]{0,500}\}/g, '');
}

export function liquidVerbatim({ isHtml }: Writing): Verbatim[] {
  const pair = (name: string, end: string, write: Verbatim['write']): Verbatim => ({
    open: new RegExp(`\\{%-?\\s*${name}\\b\\s*([\\w+#-]*)[^%]{0,200}%\\}`),
    close: new RegExp(`\\{%-?\\s*${end}\\s*-?%\\}`),
    write,
  });
  return [
    pair('highlight', 'endhighlight', ([, language = ''], code) =>
      codeBlock(unescapeLiquid(code), language, isHtml),
    ),
    pair('raw', 'endraw', (_, inner) => inner),
    pair('comment', 'endcomment', () => ''),
  ];
}

/** In code too, templates leave out the tags that keep them from reading it. */
export function unescapeLiquid(code: string): string {
  return code.replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, '');
}

function writeTag(inside: string, writing: Writing): string {
  const { page, links, note } = writing;
  const tag = readTag(inside.replace(/^-|-$/g, ''));
  const [first = '', ...more] = tag.positional;
  if (tag.name === 'post_url' || tag.name === 'link') {
    const found = links.findArticle(
      tag.name === 'link' ? `/${first}` : (first.split('/').at(-1) ?? ''),
      page,
    );
    if (found === undefined) note(`the link to ${first} leads to no file`);
    return found ?? '';
  }
  const isInclude = /^(?:include|include_relative|include_cached|render)$/.test(tag.name);
  const named = Object.fromEntries(
    Object.entries(tag.named).map(([name, value]) => [name, given(value, inside, writing)]),
  );
  const name = isInclude ? (first.split('/').at(-1) ?? '') : tag.name;
  if (isInclude && name === 'gallery') return writeGallery(named.id ?? 'gallery', writing);
  const known = writeKnownTag({ name, named, positional: isInclude ? more : tag.positional });
  if (known !== undefined) return known;
  if (!/^(?:end|else|when|elsif)/.test(name))
    note(isInclude ? `the include "${name}" is left out` : `the tag {% ${name} %} is left out`);
  return '';
}

/** Pictures that the front matter lists. */
function writeGallery(field: string, { page, note }: Writing): string {
  const listed = [page.fields[field.toLowerCase().replace(/[-_]/g, '')]].flat().map(table);
  const pictures = listed.flatMap(({ url, image_path: path, alt, title }) => {
    const src = text(url) ?? text(path);
    return src ? [`![${text(alt) ?? ''}](<${src}>${text(title) ? ` "${text(title)}"` : ''})`] : [];
  });
  if (pictures.length === 0) note(`the gallery "${field}" lists no pictures in the front matter`);
  return `\n\n${pictures.join('\n\n')}\n\n`;
}

/** The value of a name that stands without quotation marks, as in id=page.video. */
function given(value: string, inside: string, writing: Writing): string {
  return inside.includes(`=${value}`) && /^(?:page|site|include)\.[\w.]+$/.test(value)
    ? (namedValue(value, writing) ?? '')
    : value;
}

const addressFilters = /^(?:relative_url|absolute_url|url|prepend:\s*site\.(?:baseurl|url))$/;
const harmless =
  /^(?:escape|xml_escape|strip|uri_escape|url_encode|safe|htmlBaseUrl)\b|^(?:relative_url|absolute_url|url)$/;

function writeOutput(inside: string, writing: Writing): string {
  const [expression = '', ...filters] = inside
    .replace(/^-|-$/g, '')
    .split('|')
    .map((part) => part.trim());
  const [, literal] =
    /^(?:"([^"]*)"|'([^']*)')$/.exec(expression)?.filter((part) => part !== undefined) ?? [];
  const base = pathOfHome(writing.system.home);
  const value = literal ?? (/^[\w.-]+$/.test(expression) ? namedValue(expression, writing) : undefined);
  const isEmpty = /^(?:site\.(?:baseurl|url)|page\.baseurl)$/.test(expression);
  if (value === undefined && !isEmpty) {
    writing.note(`{{ ${expression} }} is left out`);
    return '';
  }
  for (const filter of filters)
    if (!harmless.test(filter) && !addressFilters.test(filter))
      writing.note(`{{ ${expression} | ${filter} }} is written without "${filter}"`);
  const isAddress = filters.some((filter) => addressFilters.test(filter));
  const path = value ?? '';
  return isAddress && path.startsWith('/') && !path.startsWith(`${base}/`) ? base + path : path;
}
