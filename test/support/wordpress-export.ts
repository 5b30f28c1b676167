import { randomNumbers } from './random-numbers.ts';

const words =
  'quay lamp ferry tide rope gull keel net bell pier swell mast harbour fog chart buoy crane dock salt wharf'.split(
    ' ',
  );
const logins = ['ada', 'ben', 'xiaoyu'];
const names = ['Ada Quill', 'Ben Okoro', '林小雨'];
const categories = [
  { id: 3, slug: 'coast', name: 'Coast', parent: '' },
  { id: 4, slug: 'harbour-news', name: 'Harbour &amp; Docks', parent: 'coast' },
  { id: 5, slug: '%e6%96%b0%e9%97%bb', name: '新闻', parent: '' },
];

export type PostKind = 'publish' | 'future' | 'draft' | 'pending' | 'private' | 'password' | 'trash' | 'page';

/** What stands at a place of the export, counted from 0. */
export function kindOf(index: number): PostKind {
  if (index % 41 === 40) return 'page';
  if (index % 37 === 36) return 'trash';
  if (index % 31 === 30) return 'password';
  if (index % 29 === 28) return 'private';
  if (index % 23 === 22) return 'pending';
  if (index % 17 === 16) return 'draft';
  return index % 19 === 18 ? 'future' : 'publish';
}

/** Of 2,000 posts 300. */
export function hasPicture(index: number): boolean {
  return index % 20 < 3;
}

export function picturePath(index: number): string {
  return `/wp-content/uploads/2019/05/quay-${index}.png`;
}

/** The part of its address by which WordPress knows a post. */
export function slugOf(index: number): string {
  return index % 10 === 9
    ? `${encodeURIComponent('港口').toLowerCase()}-${index}`
    : `${wordAt(index)}-at-${index}`;
}

export function linkOf(index: number, home: string): string {
  const [year, month] = dayOf(index).split('-');
  return `${home}/${year}/${month}/${slugOf(index)}/`;
}

/**
 * A WXR file as WordPress 6 writes it, in pieces, the same for the same number: classic and block text in turn, links to the post before,
 * pictures with captions and sizes, comments, and each kind of post.
 */
export function* wordPressExport(posts: number, home = 'https://quay.example'): Generator<string> {
  const random = randomNumbers(18);
  const sentence = () => {
    const chosen = Array.from({ length: 9 }, () => words[Math.floor(random() * words.length)]);
    return `The ${chosen.join(' ')}.`;
  };
  yield head(home);
  for (let index = 0; index < posts; index += 1) {
    yield post(index, home, [sentence(), sentence(), sentence()]);
    if (hasPicture(index)) yield attachment(index, home);
  }
  yield '</channel>\n</rss>\n';
}

function head(home: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.8.1" created="2026-11-20 08:00" -->\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n',
    `<title>The Quay</title>\n<link>${home}</link>\n<language>en-US</language>\n<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_blog_url>${home}</wp:base_blog_url>\n`,
    ...logins.map(
      (login, index) =>
        `<wp:author>${field('author_login', login)}${field('author_display_name', names[index] ?? '')}</wp:author>\n`,
    ),
    ...categories.map(
      ({ id, slug, name, parent }) =>
        `<wp:category>${field('term_id', id)}${field('category_nicename', slug)}${field('category_parent', parent)}${field('cat_name', name)}</wp:category>\n`,
    ),
    ...words.map(
      (word, index) =>
        `<wp:tag>${field('term_id', 10 + index)}${field('tag_slug', `the-${word}`)}${field('tag_name', word)}</wp:tag>\n`,
    ),
  ].join('');
}

function post(index: number, home: string, sentences: string[]): string {
  const kind = kindOf(index);
  const isDated = kind !== 'draft' && kind !== 'pending';
  const day = kind === 'future' ? `29${dayOf(index).slice(2)}` : dayOf(index);
  const category = categories[index % categories.length];
  const id = idOf(index);
  const body = index % 2 === 0 ? classic(index, home, sentences) : blocks(index, home, sentences);
  return [
    `<item>\n<title>${cdata(titleOf(index))}</title>\n`,
    `<link>${isDated && kind !== 'future' ? linkOf(index, home) : `${home}/?p=${id}`}</link>\n`,
    `<dc:creator>${cdata(logins[index % 3] ?? '')}</dc:creator>\n<guid isPermaLink="false">${home}/?p=${id}</guid>\n`,
    `<content:encoded>${cdata(body)}</content:encoded>\n<excerpt:encoded>${cdata(index % 4 === 0 ? `In short ${index}.` : '')}</excerpt:encoded>\n`,
    field('post_id', id),
    field('post_date', `${day} 10:00:00`),
    field('post_date_gmt', isDated ? `${day} 08:00:00` : '0000-00-00 00:00:00'),
    field('post_modified_gmt', `${day} 09:00:00`),
    field('post_name', isDated ? slugOf(index) : ''),
    field('status', kind === 'password' || kind === 'page' ? 'publish' : kind),
    field('post_type', kind === 'page' ? 'page' : 'post'),
    field('post_password', kind === 'password' ? 'anchor' : ''),
    `<category domain="category" nicename="${category?.slug}">${cdata(category?.name ?? '')}</category>\n`,
    `<category domain="post_tag" nicename="the-${wordAt(index)}">${cdata(wordAt(index))}</category>\n`,
    ...(hasPicture(index) ? [meta('_thumbnail_id', String(id + 1))] : []),
    ...(index % 5 === 0 ? [meta('views', String(index * 3))] : []),
    ...(index % 11 === 0 ? [meta('_wp_old_slug', `once-${index}`)] : []),
    ...(index % 3 === 0
      ? [1, 2].map(
          (number) =>
            `<wp:comment>${field('comment_id', id + number)}${field('comment_content', 'Well said.')}</wp:comment>\n`,
        )
      : []),
    '</item>\n',
  ].join('');
}

function classic(index: number, home: string, [first, second, third]: string[]): string {
  const picture = hasPicture(index)
    ? `[caption id="attachment_${idOf(index) + 1}" align="alignleft" width="300"]<img class="wp-image-${idOf(index) + 1}" src="${sized(index, home)}" alt="Seen ${index}" width="300" height="200" /> Seen at ${index}[/caption]\n\n`
    : '';
  return `${first}\n${second}\n\n<!--more-->\n\n${picture}See <a href="${linkOf(Math.max(0, index - 1), home)}">the day before</a>. [poll id="${index}"]\n\n${third}`;
}

function blocks(index: number, home: string, [first, second, third]: string[]): string {
  const picture = hasPicture(index)
    ? `<!-- wp:image {"id":${idOf(index) + 1},"sizeSlug":"medium"} -->\n<figure class="wp-block-image size-medium"><img src="${sized(index, home)}" alt="Seen ${index}" class="wp-image-${idOf(index) + 1}"/><figcaption class="wp-element-caption">Seen at ${index}</figcaption></figure>\n<!-- /wp:image -->\n\n`
    : '';
  const paragraph = (text: string) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->\n\n`;
  return `${paragraph(first ?? '')}${picture}<!-- wp:group -->\n<div class="wp-block-group">${paragraph(second ?? '')}</div>\n<!-- /wp:group -->\n\n${paragraph(`See <a href="${home}/?p=${idOf(Math.max(0, index - 1))}">the day before</a>.`)}<!-- wp:latest-posts /-->\n\n${paragraph(third ?? '')}`;
}

function attachment(index: number, home: string): string {
  const sizes = `a:1:{s:5:"sizes";a:1:{s:6:"medium";a:1:{s:4:"file";s:${`quay-${index}-300x200.png`.length}:"quay-${index}-300x200.png";}}}`;
  return [
    `<item>\n<title>${cdata(`Picture ${index}`)}</title>\n<link>${linkOf(index, home)}quay-${index}/</link>\n`,
    `<guid isPermaLink="false">${home}${picturePath(index)}</guid>\n<excerpt:encoded>${cdata(`Lead ${index}`)}</excerpt:encoded>\n`,
    field('post_id', idOf(index) + 1),
    field('status', 'inherit'),
    field('post_parent', idOf(index)),
    field('post_type', 'attachment'),
    field('attachment_url', home + picturePath(index)),
    meta('_wp_attachment_image_alt', `The quay ${index}`),
    meta('_wp_attachment_metadata', sizes),
    '</item>\n',
  ].join('');
}

function sized(index: number, home: string): string {
  return home + picturePath(index).replace('.png', '-300x200.png');
}

function idOf(index: number): number {
  return 100 + index * 10;
}

export function titleOf(index: number): string {
  return `${wordAt(index)} &amp; ${wordAt(index + 7)} ${index}`;
}

function wordAt(index: number): string {
  return words[index % words.length] ?? '';
}

function dayOf(index: number): string {
  return new Date(Date.UTC(2012, 0, 1 + index)).toISOString().slice(0, '2012-01-01'.length);
}

function field(name: string, value: string | number): string {
  return `<wp:${name}>${typeof value === 'number' ? value : cdata(value)}</wp:${name}>\n`;
}

function meta(key: string, value: string): string {
  return `<wp:postmeta>${field('meta_key', key)}${field('meta_value', value)}</wp:postmeta>\n`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
