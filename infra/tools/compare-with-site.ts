import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { articlePath } from '../../functions/article/addresses.ts';
import { bodyHashOf } from '../../functions/article/article.ts';
import { type ArticleInput, parseArticleInput } from '../../functions/article/article-input.ts';
import {
  describeDeletion,
  describeEdit,
  describeErased,
  describeNewAuthority,
  differences,
} from '../../functions/article/conflicts.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { parseYaml } from '../../functions/article/yaml.ts';
import { type ContentFault, readFile } from '../content-files.ts';
import type { RetryingClient } from './api/retrying-client.ts';
import type { Terminal } from './command.ts';
import type { Inspection } from './inspect-content.ts';

interface Row {
  slug: string;
  status: string;
  origin: string;
  fileHash: string | null;
  erasedAt?: string;
}

/**
 * The faults that the site's import would find, beyond those of the files themselves: files that would overwrite an edit through the API,
 * and another authority.
 */
export async function compareWithSite(
  api: RetryingClient,
  { folder, articles, authority }: Pick<Inspection, 'articles' | 'authority'> & { folder: string },
  env: Terminal['env'],
): Promise<{ faults: ContentFault[]; notes: string[] }> {
  const faults: ContentFault[] = [];
  const answer = await api.send('GET', '/import');
  // A site without content has imported nothing yet.
  const known = answer.status === 200 ? JSON.parse(answer.text) : undefined;
  if (known && authority && known.authority !== authority && env.ALLOW_NEW_AUTHORITY !== 'yes') {
    const file = join(folder, 'site.yaml');
    const line = parseYaml(String(readFile(file))).lineOf('/authority');
    faults.push({
      file,
      line,
      pointer: '/authority',
      message: describeNewAuthority(known.authority, authority),
    });
  }
  const left = known?.summary?.left ?? 0;
  const notes = known?.isPending
    ? [
        `The site's last import is not done${left > 0 ? `: ${left} files or removals are left` : ''}. It goes on by itself.`,
      ]
    : [];
  if (env.TAKE_FILES === 'yes') return { faults, notes };
  const rows = new Map<string, Row>();
  for await (const { items } of api.pages<{ items: Row[] }>('GET', '/articles', 'The list cannot be read'))
    for (const row of items) rows.set(row.slug, row);
  for (const [file, input] of articles) {
    const message = await findConflict(api, file, input, rows);
    if (message) faults.push({ file, line: 1, pointer: '', message });
  }
  return { faults, notes };
}

/** By the same rules as the import. */
async function findConflict(
  api: RetryingClient,
  file: string,
  input: ArticleInput,
  rows: Map<string, Row>,
): Promise<string | undefined> {
  const address = basename(file, '.md');
  const row = [address, ...input.aliases].map((slug) => rows.get(slug)).find((found) => found !== undefined);
  if (row?.erasedAt) return describeErased(row.slug);
  if (row === undefined || row.origin === 'content') return undefined;
  const bytes = readFile(file);
  if (typeof bytes !== 'object' || row.fileHash === createHash('sha256').update(bytes).digest('hex'))
    return undefined;
  if (row.status === 'gone') return row.fileHash === null ? undefined : describeDeletion(row.slug);
  const { url, article } = JSON.parse((await api.send('GET', `/articles/${row.slug}`)).text);
  const stored = parseArticleInput(row.slug, article);
  const baseUrl = url.slice(0, -articlePath(row.slug).length);
  const hashOf = (body: ArticleInput, slug: string) =>
    bodyHashOf(renderBody(body, { baseUrl, slug, title: body.title }).html);
  const fields = differences(
    { ...input, bodyHash: hashOf(input, address) },
    { ...stored, bodyHash: hashOf(stored, row.slug) },
  );
  return fields.length > 0 ? describeEdit(row.slug, row.fileHash !== null, fields) : undefined;
}
