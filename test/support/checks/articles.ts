import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { compareRows, ExpectedRows } from './compare.ts';
import { isIri } from './names.ts';
import type { Found, State } from './state.ts';

const maxChunkBytes = 350_000;

/** META with itself, its body, aliases, guid and place in the listing. */
export function checkArticles(state: State): string[] {
  return [
    ...state.article.flatMap(checkMeta),
    ...checkIds(state),
    ...checkBodies(state),
    ...checkAliases(state),
    ...compareRows('guid', state.guid, expectedGuids(state)),
    ...checkClaims(state),
    ...compareRows('listed', state.listed, expectedListing(state)),
  ];
}

function checkMeta({ key, parts, fields }: Found<'article'>): string[] {
  const { article, status, dueAt, tombstone, erasedAt, formerSlugs = [] } = fields;
  const { slug, draft, publishedAt, updatedAt } = article;
  const aliases = [...article.aliases, ...formerSlugs];
  const wrong: [boolean, string][] = [
    [slug !== parts.slug, 'tells another slug than its key'],
    [aliases.includes(slug), 'names itself among its aliases'],
    [new Set(aliases).size < aliases.length, 'names an alias twice'],
    [status !== 'gone' && draft !== (status === 'draft'), 'tells another status than its article'],
    [updatedAt < publishedAt, 'was updated before it was published'],
    [dueAt !== undefined && (status !== 'published' || dueAt !== publishedAt), 'is due without an embargo'],
    [
      tombstone?.until !== undefined && (status !== 'published' || tombstone.until !== publishedAt),
      'ends its tombstone without an embargo',
    ],
    [
      tombstone !== undefined && tombstone.until === undefined && status === 'published',
      'keeps a tombstone of a published article',
    ],
    [erasedAt === undefined && article.title === '', 'has no title'],
    [erasedAt !== undefined && (status !== 'gone' || fields.origin !== 'api'), 'is erased, and not deleted'],
    [erasedAt !== undefined && !isBare(fields), 'is erased, and tells of its article'],
  ];
  return wrong.filter(([fails]) => fails).map(([, invariant]) => `META ${invariant}: ${key}`);
}

/** Nothing is left but addresses, the id and the dates. */
function isBare({ article, tombstone, derived, startingViews, versionChunks }: Found<'article'>['fields']) {
  const { id: _, slug: __, aliases: ___, publishedAt: ____, updatedAt: _____, bodyHash, ...rest } = article;
  return isDeepStrictEqual(
    [rest, bodyHash, derived, startingViews, versionChunks, tombstone?.streams ?? ['news']],
    [
      { title: '', summary: '', authors: [], tags: [], draft: false },
      sha256(''),
      [],
      undefined,
      undefined,
      ['news'],
    ],
  );
}

function checkIds({ article }: State): string[] {
  const first = new Map<string, string>();
  return article.flatMap(({ key, fields }) => {
    const other = first.get(fields.article.id);
    first.set(fields.article.id, other ?? key);
    return other === undefined ? [] : [`The id ${fields.article.id} belongs to another article too: ${key}`];
  });
}

function checkBodies({ article, articles, body }: State): string[] {
  const orphans = body.filter(({ parts }) => !articles.has(parts.slug ?? ''));
  return [
    ...orphans.map(({ key }) => `The body chunk belongs to no article: ${key}`),
    ...article.flatMap((meta) =>
      checkBody(
        meta,
        body.filter(({ parts }) => parts.slug === meta.parts.slug),
      ),
    ),
  ];
}

function checkBody({ key, fields }: Found<'article'>, chunks: Found<'body'>[]): string[] {
  const { bodyChunks, status, article } = fields;
  if (status === 'gone') {
    const left = chunks.map((chunk) => `The body of a gone article is still there: ${chunk.key}`);
    return bodyChunks === 0 ? left : [...left, `META of a gone article counts body chunks: ${key}`];
  }
  const sorted = chunks.toSorted((a, b) => Number(a.parts.index) - Number(b.parts.index));
  if (sorted.length !== bodyChunks || sorted.some(({ parts }, index) => Number(parts.index) !== index))
    return [`The body chunks are not the ${bodyChunks} that META counts: ${key}`];
  const foreign = sorted.filter((chunk) => chunk.fields.bodyHash !== article.bodyHash);
  const large = sorted.filter((chunk) => chunk.fields.chunk.length > maxChunkBytes);
  const html = unpack(sorted.map((chunk) => chunk.fields.chunk));
  return [
    ...foreign.map((chunk) => `The body chunk carries another hash than its META: ${chunk.key}`),
    ...large.map((chunk) => `The body chunk is larger than ${maxChunkBytes} bytes: ${chunk.key}`),
    ...(html !== undefined && sha256(html) === article.bodyHash
      ? []
      : [`The body does not have the hash that META tells: ${key}`]),
  ];
}

function checkAliases({ alias, article, articles }: State): string[] {
  const expected = new ExpectedRows();
  for (const { fields } of article)
    for (const slug of [...fields.article.aliases, ...(fields.formerSlugs ?? [])])
      expected.expect(`ARTICLE#${slug}`, 'META', { movedTo: fields.article.slug });
  const astray = alias.filter(({ fields }) => !articles.has(fields.movedTo));
  return [
    ...astray.map(({ key, fields }) => `The alias leads to ${fields.movedTo}, which is no article: ${key}`),
    ...compareRows('alias', alias, expected),
  ];
}

function expectedGuids({ article }: State): ExpectedRows {
  const expected = new ExpectedRows();
  for (const { fields } of article) {
    const { id, guid, source, slug } = fields.article;
    if (guid && guid !== id) expected.expect(`GUID#${identityHash(guid, source?.name)}`, 'GUID', { slug });
    for (const id of fields.upstream?.ids ?? []) expected.expect(`GUID#${id}`, 'GUID', { slug });
  }
  return expected;
}

/** Ids are claimed for ever, and guids that subscribers know: also those of articles that are there no more. */
function checkClaims({ article, claim }: State): string[] {
  const claimed = new Set(claim.map(({ fields }) => fields.id));
  const unclaimed = article.filter(({ fields }) => !claimed.has(fields.article.id));
  const odd = claim.filter(({ parts, fields }) => parts.hash !== identityHash(fields.id));
  return [
    ...unclaimed.map(({ key }) => `Nothing claims the id of the article: ${key}`),
    ...odd.map(({ key }) => `The claim is not of the id that it names: ${key}`),
  ];
}

function identityHash(guid: string, source?: string): string {
  return sha256(JSON.stringify([isIri(guid) ? null : (source ?? null), guid]));
}

function expectedListing({ article }: State): ExpectedRows {
  const expected = new ExpectedRows();
  for (const { fields } of article) {
    const { status, version, origin, fileHash, erasedAt, firstStoredAt, changed } = fields;
    const { slug, title, publishedAt } = fields.article;
    const key = `${firstStoredAt}#${slug}`;
    const shows = status === 'gone' ? undefined : pictureNames(fields.article.pictures);
    expected.expect('ARTICLES', key, {
      ...{ slug, title, publishedAt, status, version, origin, fileHash, erasedAt, changed, shows },
    });
  }
  return expected;
}

/** Those that stand before the hashes in the paths. */
function pictureNames(pictures: Record<string, { path: string }> | undefined): string[] | undefined {
  if (!pictures) return undefined;
  const names = Object.values(pictures).map(({ path }) => {
    const [, stem, extension] = /^\/media\/(.*)-.{16}(\..*)$/.exec(path) ?? [];
    return `${stem}${extension}`;
  });
  return [...new Set(names)].sort();
}

function unpack(chunks: Uint8Array[]): Buffer | undefined {
  try {
    return brotliDecompressSync(Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Keys open articles that are there. One whose embargo has ended keeps its key, which opens nothing, until it expires. */
export function checkPreviews({ preview, article, now }: State): string[] {
  const kept = new Set(
    article.filter(({ fields }) => fields.status !== 'gone').map(({ fields }) => fields.article.id),
  );
  return preview
    .filter(({ parts, fields }) => !kept.has(parts.id ?? '') && fields.ttl * 1000 > Date.parse(now))
    .map(({ key }) => `The preview key opens no article: ${key}`);
}
