import { lineOf } from '../../../../functions/pull/feed-item.ts';
import { childrenOf, textIn, textOf, type XmlElement } from '../../../../functions/pull/feed-xml.ts';
import { CommandError } from '../../command.ts';
import { readWxr } from './read-wxr.ts';

export interface Attachment {
  id: string;
  /** Of its full size. */
  url: string;
  alt: string | undefined;
  caption: string | undefined;
  title: string | undefined;
}

export interface Term {
  slug: string;
  name: string;
  id: string | undefined;
  /** The slug of the category that it belongs to. */
  parent: string | undefined;
}

/** What posts refer to, from all over the export. */
export interface SiteFacts {
  /** Without a slash at the end. */
  home: string;
  /** By logins, and by what the plugin for several authors calls them. */
  authors: Map<string, string>;
  /** By their slugs. */
  categories: Map<string, Term>;
  tags: Map<string, Term>;
  /** By their numbers. */
  attachments: Map<string, Attachment>;
  /** The same by where they are: see addFile and fileAt. */
  files: Map<string, Attachment>;
  /** The pictures that were uploaded for a post, by its number. */
  uploads: Map<string, Attachment[]>;
  /** The texts of blocks that several posts share, by their numbers. */
  blocks: Map<string, string>;
}

export function isPicture(url: string): boolean {
  return /\.(?:avif|gif|jpe?g|jfif|png|webp)(?:\?.*)?$/i.test(url);
}

/** Remembers where a file is. */
export function addFile(files: SiteFacts['files'], attachment: Attachment): void {
  const place = placeOf(attachment.url);
  files.set(place, attachment);
  const origin = withoutSize(place);
  if (!files.has(origin)) files.set(origin, attachment);
}

/** The file at this address, or the one that it is a size of. */
export function fileAt(files: SiteFacts['files'], url: string): Attachment | undefined {
  const place = placeOf(url);
  return files.get(place) ?? files.get(withoutSize(place));
}

function placeOf(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?|[?#].*$/gs, '');
}

/** Without what WordPress adds to the names of the sizes that it makes. */
function withoutSize(place: string): string {
  return place.replace(/(?:-\d+x\d+|-scaled|-rotated)(?=\.\w+$)/, '');
}

/** A value of the post's own fields that plugins and WordPress itself keep. */
export function metaOf(item: XmlElement, ...keys: string[]): string | undefined {
  return metasOf(item, ...keys)[0];
}

export function metasOf(item: XmlElement, ...keys: string[]): string[] {
  return childrenOf(item, 'wp:postmeta').flatMap((meta) => {
    const value = textIn(meta, 'wp:meta_value');
    return value !== undefined && keys.includes(textIn(meta, 'wp:meta_key') ?? '') ? [value] : [];
  });
}

/** Reads the whole export once. Throws CommandError when it is none of WordPress. */
export async function readFacts(paths: string[], home: string | undefined): Promise<SiteFacts> {
  const facts: SiteFacts = {
    home: home ?? '',
    ...{ authors: new Map(), categories: new Map(), tags: new Map(), attachments: new Map() },
    ...{ files: new Map(), uploads: new Map(), blocks: new Map() },
  };
  let isWordPress = false;
  for (const path of paths)
    for await (const { element } of readWxr(path)) {
      if (!element) continue;
      isWordPress ||= element.kind.startsWith('wp:');
      learn(facts, element);
    }
  if (!isWordPress)
    throw new CommandError(
      `${paths.join(', ')} is no export of WordPress: in its admin pages, Tools > Export > All content makes one.`,
    );
  facts.home = facts.home.trim().replace(/\/+$/, '');
  // WXR 1.0 names the parent by its name.
  const byName = new Map([...facts.categories.values()].map((term) => [term.name, term.slug]));
  for (const term of facts.categories.values())
    if (term.parent && !facts.categories.has(term.parent)) term.parent = byName.get(term.parent);
  return facts;
}

function learn(facts: SiteFacts, element: XmlElement): void {
  const text = (kinds: string) => textIn(element, kinds);
  if (element.kind === 'link' && facts.home === '') facts.home = textOf(element);
  if (element.kind === 'wp:author') {
    const login = text('wp:author_login') ?? '';
    facts.authors.set(login, text('wp:author_display_name') ?? login);
  }
  for (const [kind, terms] of [
    ['wp:category', facts.categories],
    ['wp:tag', facts.tags],
  ] as const) {
    const slug = text('wp:category_nicename wp:tag_slug');
    if (element.kind !== kind || !slug) continue;
    const name = lineOf(text('wp:cat_name wp:tag_name')) ?? slug;
    terms.set(slug, { slug, name, id: text('wp:term_id'), parent: text('wp:category_parent') });
  }
  if (element.kind !== 'item') return;
  const id = text('wp:post_id') ?? '';
  const type = text('wp:post_type');
  if (type === 'wp_block') facts.blocks.set(id, text('content:encoded') ?? '');
  // Of the plugin Co-Authors Plus: people without an account.
  if (type === 'guest-author') {
    const login = metaOf(element, 'cap-user_login');
    const name = metaOf(element, 'cap-display_name') ?? text('title');
    if (login && name) facts.authors.set(login, name);
  }
  const url = type === 'attachment' ? text('wp:attachment_url') : undefined;
  if (!url) return;
  const [alt, caption, title] = [
    metaOf(element, '_wp_attachment_image_alt'),
    text('excerpt:encoded'),
    text('title'),
  ];
  const attachment = { id, url, alt, caption, title };
  facts.attachments.set(id, attachment);
  addFile(facts.files, attachment);
  const parent = text('wp:post_parent') ?? '0';
  if (parent === '0' || !isPicture(url)) return;
  const uploads = facts.uploads.get(parent) ?? [];
  uploads.push(attachment);
  facts.uploads.set(parent, uploads);
}
