import { articlePath } from '../../../functions/article/addresses.ts';
import type { ArticleInput } from '../../../functions/article/article-input.ts';
import { rewriteUrls } from '../../../functions/article/body-html.ts';
import { httpDate, readableTime } from '../../../functions/article/calendar.ts';
import { renderBody } from '../../../functions/article/render-body.ts';
import { labelName } from '../../../functions/article/stream-name.ts';
import { escapeHtml, repaired } from '../../../functions/pull/feed-html.ts';

export interface WordPressSite {
  /** The origin, without a slash at the end. */
  baseUrl: string;
  title: string;
  timeZone: string;
  language: string;
  /** The language whose quotation marks Markdown gets. */
  typography?: string | undefined;
}

export interface WordPressPost {
  slug: string;
  article: ArticleInput;
}

type Writing = { site: WordPressSite; attachments: Map<string, number>; nextId: number };

const never = '0000-00-00 00:00:00';

/**
 * The articles as a file that WordPress imports (WXR 1.2), in pieces: texts as blocks, pictures as attachments that it fetches from this
 * site. What WordPress has no place for is missing: sources, corrections, translations.
 */
export function* wordPressFile(site: WordPressSite, posts: Iterable<WordPressPost>): Generator<string> {
  const writing: Writing = { site, attachments: new Map(), nextId: 1 };
  yield '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="Newswire" -->\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n';
  yield `<title>${html(site.title)}</title>\n<link>${html(site.baseUrl)}</link>\n<language>${html(site.language)}</language>\n`;
  yield `<wp:wxr_version>1.2</wp:wxr_version>\n${field('wp:base_site_url', site.baseUrl)}${field('wp:base_blog_url', site.baseUrl)}`;
  for (const post of posts) yield repaired(writePost(writing, post));
  yield '</channel>\n</rss>\n';
}

function writePost(writing: Writing, { slug, article }: WordPressPost): string {
  const { site } = writing;
  const { publishedAt, updatedAt = publishedAt, image, authors, category, language } = article;
  const place = { baseUrl: site.baseUrl, slug, title: article.title };
  const typography = site.typography && (language ?? site.typography);
  const whole = (url: string) => (url.startsWith('/') ? site.baseUrl + url : url);
  const body = rewriteUrls(renderBody(article, { ...place, typography }).html, whole);
  const id = writing.nextId++;
  const items: string[] = [];
  const attach = (url: string, alt = '', caption = '', credit = '') => {
    const key = JSON.stringify([url, alt, caption, credit]);
    const known = writing.attachments.get(key);
    if (known !== undefined) return known;
    const added = writing.nextId++;
    writing.attachments.set(key, added);
    items.push(attachment(added, { url, alt, caption, credit }));
    return added;
  };
  const lead = image && attach(whole(image.url), image.alt, image.caption, image.credit);
  for (const [, url = ''] of body.matchAll(/<img [^>]*?src="([^"]*)"/g))
    if (url.startsWith(`${site.baseUrl}/`)) attach(url.replaceAll('&amp;', '&'));
  const [author = '', ...others] = authors;
  const lines = [
    '<item>\n',
    field('title', html(article.title)),
    field('link', site.baseUrl + articlePath(slug)),
    publishedAt ? `<pubDate>${httpDate(publishedAt)}</pubDate>\n` : '',
    field('dc:creator', html(author)),
    field('guid', article.guid ?? article.id ?? site.baseUrl + articlePath(slug), ' isPermaLink="false"'),
    field('content:encoded', blocksOf(body)),
    field('excerpt:encoded', html(article.summary ?? '')),
    field('wp:post_id', String(id)),
    ...times('post_date', publishedAt, site),
    ...times('post_modified', updatedAt, site),
    field('wp:post_name', slug),
    field('wp:status', article.draft ? 'draft' : 'publish'),
    field('wp:post_parent', '0'),
    field('wp:post_type', 'post'),
    field('wp:post_password', ''),
    ...(category === undefined ? [] : [term('category', labelName(category), category)]),
    ...article.tags.map((tag) => term('post_tag', labelName(tag), tag)),
    ...(others.length > 0 ? authors.map((name) => term('author', `cap-${labelName(name)}`, name)) : []),
    ...(language === undefined ? [] : [term('language', language.toLowerCase(), language)]),
    ...(lead === undefined ? [] : [meta('_thumbnail_id', String(lead))]),
    ...(article.views === undefined ? [] : [meta('post_views_count', String(article.views))]),
    ...article.aliases.map((alias) => meta('_wp_old_slug', alias)),
    '</item>\n',
  ];
  return [...lines, ...items].join('');
}

function attachment(
  id: number,
  { url, alt, caption, credit }: { url: string; alt: string; caption: string; credit: string },
): string {
  const name = url.replace(/.*\//s, '').replace(/[?#].*/s, '');
  return [
    '<item>\n',
    field('title', html(name)),
    field('link', url),
    field('guid', url, ' isPermaLink="false"'),
    field('content:encoded', html(credit)),
    field('excerpt:encoded', html(caption)),
    field('wp:post_id', String(id)),
    field('wp:status', 'inherit'),
    field('wp:post_parent', '0'),
    field('wp:post_type', 'attachment'),
    field('wp:attachment_url', url),
    ...(alt ? [meta('_wp_attachment_image_alt', html(alt))] : []),
    '</item>\n',
  ].join('');
}

/** Paragraphs and headings as blocks of their own, so that they can be edited; all else as blocks of HTML, which stay to the letter. */
function blocksOf(clean: string): string {
  // WordPress would take some for shortcodes. `[` never stands in what is no text or value.
  const text = clean.replace(/\[(?=[a-z/[])/gi, '&#91;');
  const blocks: string[] = [];
  let [depth, start] = [0, 0];
  const end = (at: number) => {
    const piece = text.slice(start, at).trim();
    start = at;
    const [, level] = /^<h([2-6])>/.exec(piece) ?? [];
    if (piece.startsWith('<p>')) blocks.push(block('paragraph', piece));
    else if (level)
      blocks.push(block(`heading {"level":${level}}`, piece.replace('>', ' class="wp-block-heading">')));
    else if (piece) blocks.push(block('html', piece));
  };
  for (const { 0: tag, 1: slash, index } of text.matchAll(/<(\/?)[a-z][^>]*>/g)) {
    if (depth === 0 && /^<(?:p|h[2-6])>$/.test(tag)) end(index);
    if (slash) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth === 0 && /^<\/(?:p|h[2-6])>$/.test(tag)) end(index + tag.length);
  }
  end(text.length);
  return blocks.join('\n\n');
}

function block(name: string, content: string): string {
  return `<!-- wp:${name} -->\n${content}\n<!-- /wp:${name.split(' ', 1)} -->`;
}

function times(name: string, iso: string | undefined, { timeZone }: WordPressSite): string[] {
  return [
    field(`wp:${name}`, iso ? readableTime(iso, timeZone) : never),
    field(`wp:${name}_gmt`, iso ? readableTime(iso, 'UTC') : never),
  ];
}

function term(domain: string, slug: string, name: string): string {
  return field(
    'category',
    html(name),
    ` domain="${domain}" nicename="${encodeURIComponent(slug).toLowerCase()}"`,
  );
}

function meta(key: string, value: string): string {
  return `<wp:postmeta>${field('wp:meta_key', key)}${field('wp:meta_value', value)}</wp:postmeta>\n`;
}

/** WordPress keeps titles and names as HTML. */
function html(text: string): string {
  return escapeHtml(text).replaceAll('&quot;', '"');
}

function field(name: string, value: string, attributes = ''): string {
  return `<${name}${attributes}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>\n`;
}
