import { brotliDecompressSync } from 'node:zlib';
import type { Found, State } from './state.ts';

const keptSeconds = 90 * 86_400;

/** Texts as they were put: the present one of each article for ever, former ones for 90 days, each whole. */
export function checkVersions(state: State): string[] {
  const heads = new Set(state.version.map(({ key }) => key));
  const orphans = state.versionPart.filter(({ parts }) => !heads.has(`VERSION#${parts.slug} ${parts.n}`));
  const present = new Set(
    state.article.map(({ fields }) => `VERSION#${fields.article.slug} ${fields.version}`),
  );
  const missing = state.article.filter(
    ({ parts, fields }) =>
      fields.versionChunks !== undefined && !heads.has(`VERSION#${parts.slug} ${fields.version}`),
  );
  const erased = new Set(
    state.article.flatMap(({ fields: { article, erasedAt } }) => (erasedAt ? [article.id] : [])),
  );
  const left = state.version.filter(({ fields }) => erased.has(fields.article.id));
  return [
    ...left.map(({ key }) => `The text of an erased article is still there: ${key}`),
    ...orphans.map(({ key }) => `The part belongs to no version: ${key}`),
    ...missing.map(({ key }) => `The text as it was put is missing: ${key}`),
    ...state.version.flatMap((version) => checkVersion(version, state, present)),
  ];
}

function checkVersion(version: Found<'version'>, state: State, present: Set<string>): string[] {
  const { key, parts, fields } = version;
  const rows = state.versionPart
    .filter(({ parts: { slug, n } }) => slug === parts.slug && n === parts.n)
    .toSorted((a, b) => Number(a.parts.chunk) - Number(b.parts.chunk));
  const { replaced, ttl } = fields;
  const expiry = replaced && Math.floor(Date.parse(replaced.when) / 1000) + keptSeconds;
  const owner = state.articles.get(parts.slug ?? '');
  const isPresent = present.has(key);
  const wrong: [boolean, string][] = [
    [fields.article.slug !== parts.slug, 'tells another slug than its key'],
    [
      isPresent === (ttl !== undefined),
      isPresent ? 'expires, though it is the present one' : 'never expires',
    ],
    [ttl !== expiry, 'expires at another time than 90 days after it was replaced'],
    [rows.some((row) => row.fields.ttl !== ttl), 'has parts that expire at another time'],
    [isPresent && owner?.fields.versionChunks !== fields.chunks, 'has other parts than META counts'],
    [
      rows.length !== fields.chunks - 1 || rows.some((row, index) => Number(row.parts.chunk) !== index + 1),
      'has other parts than it counts',
    ],
    [!unpacks([fields.chunk, ...rows.map((row) => row.fields.chunk)]), 'does not unpack'],
  ];
  return wrong.filter(([fails]) => fails).map(([, what]) => `The version ${what}: ${key}`);
}

function unpacks(chunks: Uint8Array[]): boolean {
  try {
    brotliDecompressSync(Buffer.concat(chunks));
    return true;
  } catch {
    return false;
  }
}
