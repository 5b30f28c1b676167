import type { Fields } from './front-matter.ts';

export interface WrittenDate {
  /** ISO 8601 in UTC with milliseconds. */
  iso: string;
  /** What the old site's clock showed, such as 2015-12-02T10:36:55. */
  local: string;
}

/** A file of the old site's content, read. */
export interface Page {
  /** From the project's root. */
  path: string;
  /** The same from the folder of content that holds it. */
  inside: string;
  /** By names in lower case without hyphens and underscores; what stands in `params`, `extra` and `taxonomies` is among them. */
  fields: Fields;
  body: string;
  date?: WrittenDate | undefined;
  categories: string[];
}

export interface ArticlePlacement {
  kind: 'article';
  /** Paths from the root of the site's host; the one people know comes first. */
  addresses: string[];
  slug?: string | undefined;
  /** What its feed calls it, from the site's address on. */
  feedPath?: string | undefined;
  /** Where the site has several. */
  language?: string | undefined;
  isDraft?: boolean;
  /** A picture beside the file that is the lead picture by its name. */
  picture?: string | undefined;
  notes?: string[];
}

export type Placement = ArticlePlacement | { kind: 'page' | 'list' };

/** How one system lays out its files, and what it makes of them. */
export interface MarkdownSystem {
  name: string;
  /** The site's address, without a slash at its end. */
  home?: string | undefined;
  /** Of dates without one. Undefined where the system takes that of whatever machine builds the site. */
  zone?: string | undefined;
  /** Addresses show dates in the site's zone, also those that were written in another. */
  showsOwnZone?: boolean;
  /** The folders of content, and those whose files are found below the site's root. */
  contentFolders: string[];
  publicFolders: string[];
  /** Others that texts name pictures of, which were at addresses that nobody knows. */
  pictureFolders?: string[];
  settings: Fields;
  /** Names by keys, or what is told of them. */
  authors?: Fields;
  defaultAuthor?: unknown;
  /** Lists of labels written as one text. */
  labelSeparator: RegExp;
  ignoredTags?: string[];
  isSkipped(path: string): boolean;
  /** Fields of a file that it need not write itself, by its path in the folder of content. */
  defaultsOf?(inside: string): Fields;
  foldersAsCategories?(inside: string): string[];
  placeOf(page: Page): Placement | undefined;
  /** Where the pages of a label, and their feeds, are by default. */
  labelPaths(kind: 'category' | 'tag' | 'series', label: string): string[];
  /** Lists of articles, and their feeds; known when all files are placed. */
  listPaths(): string[];
  /** Which signs mark the system's own constructs. */
  constructs: 'shortcodes' | 'liquid' | 'components' | 'wiki';
}

/** The path of an address, without a slash at its end. */
export function pathOfHome(home: string | undefined): string {
  return home === undefined ? '' : new URL(home).pathname.replace(/\/$/, '');
}

export function homeIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)
    ? value.replace(/\/+$/, '')
    : undefined;
}
