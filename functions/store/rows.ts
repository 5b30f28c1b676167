import type { Item, Key } from './item.ts';

/** Attribute names of the tables' keys; every other name lives with the file that writes it. */
export const keyNames = { partition: 'pk', sort: 'sk', expiry: 'ttl' } as const;

/** The names in angle brackets of a key's pattern. */
type PartsOf<Pattern extends string> = Pattern extends `${string}<${infer Part}>${infer Rest}`
  ? Part | PartsOf<Rest>
  : never;
type Parts<Pattern extends string> = Record<PartsOf<Pattern>, string>;

interface About<Part extends string> {
  /** What an owner of the site would call such a row. */
  name: (parts: Record<Part, string>, row: Item) => string;
  /** The slug of the article that calls for the row. Rows of a kind without it stand for themselves. */
  owner?: (parts: Record<Part, string>, row: Item) => string | undefined;
}

function kind<const Pk extends string, const Sk extends string>(
  pk: Pk,
  sk: Sk,
  about: About<PartsOf<`${Pk} ${Sk}`>>,
) {
  const parts = (pattern: string) =>
    pattern.replace(/<(\w+)>/g, (_, part) => `(?<${part}>${part === 'time' ? '[^#]*' : '.*'})`);
  return { pk, sk, pattern: new RegExp(`^${parts(pk)} ${parts(sk)}$`), ...about };
}

/** Every kind of row of the Content table: its key, its name and its owner. */
const kinds = {
  /** The record of an article, or of an old address that leads to one. */
  article: kind('ARTICLE#<slug>', 'META', {
    name: ({ slug }) => `the old address ${slug}`,
    owner: (_, { movedTo }) => textOf(movedTo),
  }),
  body: kind('ARTICLE#<slug>', 'BODY#<chunk>', {
    name: ({ slug, chunk }) => `part ${Number(chunk) + 1} of the text of ${slug}`,
    owner: ({ slug }) => slug,
  }),
  /** A guid, which belongs to the article at `slug`; or an id that is claimed for ever. */
  guid: kind('GUID#<hash>', 'GUID', {
    name: (_, { id, slug }) => (id === undefined ? `the guid of ${slug}` : `the claim of the id ${id}`),
    owner: (_, { slug }) => textOf(slug),
  }),
  card: kind('STREAM#<stream>', '<time>#<slug>', {
    name: ({ stream, slug }) => `the card of ${slug} in ${stream}`,
    owner: ({ slug }) => slug,
  }),
  listed: kind('ARTICLES', '<time>#<slug>', {
    name: ({ slug }) => `${slug} in the list of all articles`,
    owner: ({ slug }) => slug,
  }),
  stream: kind('STREAMS', '<stream>', { name: ({ stream }) => `the stream ${stream}` }),
  /** A list that public answers are made from. */
  directory: kind('DIRECTORY', '<list>', { name: ({ list }) => `the list ${list}` }),
  /** What the directories do not show yet. */
  change: kind('CHANGED', '<time>#<what>', { name: ({ what }) => `the note that ${what} has changed` }),
  tombstone: kind('GONE#<stream>', '<time>#<slug>', {
    name: ({ stream, slug }) => `the tombstone of ${slug} in ${stream}`,
    owner: ({ slug }) => slug,
  }),
  /** A stored feed: chunk 0 is its head. */
  document: kind('FEED#<stream>#<format>', 'DOC#<chunk>', { name: feedName }),
  rejection: kind('FEED#<stream>#<format>', 'REFUSED', { name: feedName }),
  embargo: kind('DUE', '<time>#EMBARGO#<slug>', {
    name: ({ slug }) => `the announcement of ${slug}`,
    // An announcement that failed is due again at a time that its article does not know.
    owner: ({ time, slug }, { since }) => (typeof since === 'string' && since < time ? undefined : slug),
  }),
  pings: kind('DUE', '<time>#PING#<stream>', { name: ({ stream }) => `the pings of ${stream}` }),
  note: kind('READ', '<time>#<slug>', { name: ({ slug }) => `the note that ${slug} is read` }),
  /** A text as it was put. What replaces it lets it expire. */
  versionPart: kind('VERSION#<slug>', '<n>#<chunk>', {
    name: ({ slug, n, chunk }) => `part ${Number(chunk) + 1} of version ${n} of ${slug}`,
  }),
  version: kind('VERSION#<slug>', '<n>', { name: ({ slug, n }) => `version ${n} of ${slug}` }),
  /** With which an article that is not public can be read. */
  preview: kind('PREVIEW#<id>', 'KEY', {
    name: (_, { slug }) => `the preview key of ${slug}`,
    owner: (_, { slug }) => textOf(slug),
  }),
  /** A picture in the bucket. */
  picture: kind('MEDIA', '<name>', { name: ({ name }) => `the picture ${name}` }),
  /** How far the pictures of content/media are taken over. */
  pictures: kind('PICTURES', 'STATE', { name: () => 'the state of the pictures of content/media' }),
  /** That articles may show another picture by this name, or only know of it. */
  replaced: kind('REPLACED', '<name>', {
    name: ({ name }) => `the note that the picture ${name} was replaced`,
  }),
  /** A picture of a followed source that is to become one of ours. */
  copy: kind('COPIES', '<name>', { name: ({ name }) => `the note that ${name} is to be stored` }),
  /** How far the import of the content files is. */
  import: kind('IMPORT', 'STATE', { name: () => 'the state of the import' }),
  /** A source whose feed is followed. */
  source: kind('SOURCES', '<name>', { name: ({ name }) => `the state of the source ${name}` }),
  /** That a hub tells of a source's changes. */
  subscription: kind('SUBSCRIPTIONS', '<id>', {
    name: (_, { source }) => `the subscription to the source ${source}`,
  }),
  /** Where an address of the site that was here before leads. */
  redirect: kind('REDIRECTS', '<from>', { name: ({ from }) => `the redirect from ${from}` }),
  ranking: kind('MOSTREAD', '<period>', { name: ({ period }) => `the ranking of ${period}` }),
};

type RowKind = keyof typeof kinds;
type Pattern<Kind extends RowKind> = `${(typeof kinds)[Kind]['pk']} ${(typeof kinds)[Kind]['sk']}`;
type KeyParts<Kind extends RowKind> = Parts<Pattern<Kind>>;

export function keyOf<Kind extends RowKind>(
  kind: Kind,
  parts: Record<PartsOf<Pattern<Kind>>, string | number>,
): { pk: string; sk: string } {
  const { pk, sk } = kinds[kind];
  return { pk: fill(pk, parts), sk: fill(sk, parts) };
}

/** The partition key alone. */
export function partitionOf<Kind extends RowKind>(
  kind: Kind,
  parts: Parts<(typeof kinds)[Kind]['pk']>,
): string {
  return fill(kinds[kind].pk, parts);
}

/** The parts of a key of this kind; undefined for a key of another. */
export function partsOf<Kind extends RowKind>(kind: Kind, { pk, sk }: Key): KeyParts<Kind> | undefined {
  return kinds[kind].pattern.exec(`${pk} ${sk}`)?.groups as KeyParts<Kind> | undefined;
}

/** Undefined for a row of a kind that is not known here. */
export function kindOf(row: Key): RowKind | undefined {
  return (Object.keys(kinds) as RowKind[]).find((kind) => partsOf(kind, row) !== undefined);
}

/** Whether the row is an article's record, not an old address. */
export function isRecord(row: Item | undefined): boolean {
  return row !== undefined && kindOf(row) === 'article' && !('movedTo' in row);
}

/** The slug of the article that calls for the row; undefined when no article does, or the row is of no known kind. */
export function ownerOf(row: Item): string | undefined {
  const kind = kindOf(row);
  return kind && (kinds[kind] as About<string>).owner?.(partsOf(kind, row) ?? {}, row);
}

/** The row as an owner of the site would call it. */
export function nameOf(row: Item): string {
  const kind = kindOf(row);
  return kind ? (kinds[kind] as About<string>).name(partsOf(kind, row) ?? {}, row) : `${row.pk} ${row.sk}`;
}

/** Partition key of one row of an article's counter. `|` stands in no IRI, so no id reads like another's row. */
export function viewsKey(id: string, row = 0) {
  return { pk: row === 0 ? `VIEWS#${id}` : `VIEWS#${id}|${row}` };
}

function feedName({ stream, format }: { stream: string; format: string }): string {
  return `the kept feed of ${stream} as ${format}`;
}

function fill(pattern: string, parts: Record<string, string | number>): string {
  return pattern.replace(/<(\w+)>/g, (_, part) => String(parts[part]));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
