import { createHash } from 'node:crypto';
import type { Removed } from '../../../functions/article/left-out.ts';
import type { RetryingClient } from '../api/retrying-client.ts';
import { problemFaults } from '../api/write-api.ts';
import { refused } from '../publish/print-outcomes.ts';
import type { Journal } from './journal.ts';

export interface Sent {
  outcome: 'new' | 'replaced' | 'unchanged' | 'there' | 'edited' | 'refused';
  /** Why it is refused. */
  reason?: string | undefined;
  /** What the stored text lacks. */
  removed?: Removed[] | undefined;
}

type Fields = Record<string, unknown>;

/** Stores the article unless the journal knows that it is stored so. What was written here since is left as it is. */
export async function sendArticle(
  api: RetryingClient,
  journal: Journal,
  { key, slug, fields }: { key: string; slug: string; fields: Fields },
): Promise<Sent> {
  const path = `/articles/${slug}`;
  const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 16);
  const known = journal.articles.get(key);
  if (known?.hash === hash) return { outcome: 'unchanged' };
  const condition = known ? { 'if-match': known.etag } : { 'if-none-match': '*' };
  const answer = await api.send('PUT', path, fields, condition);
  if (answer.status === 200 || answer.status === 201) {
    journal.add({ article: key, slug, hash, etag: answer.header('etag') ?? '' });
    const { outcome, removed } = JSON.parse(answer.text);
    return { outcome: outcome === 'created' ? 'new' : outcome, removed };
  }
  if (known && answer.status === 412) return { outcome: 'edited' };
  const faults = problemFaults(answer);
  const isTaken = answer.status === 412 || faults.some(({ pointer }) => /^\/(guid|id|slug)$/.test(pointer));
  const found = isTaken ? await findAt(api, path) : undefined;
  if (!found) return { outcome: 'refused', reason: refused(faults).detail };
  if (!isSame(found, fields))
    return { outcome: 'refused', reason: `its address /news/${slug} is taken by another article` };
  // A later export may change it only while nobody has since it was first stored.
  journal.add({ article: key, slug, hash, etag: '"1"' });
  return { outcome: 'there' };
}

interface Found {
  id: string;
  article: Fields;
}

/** The article that has the address, perhaps under another one by now. */
async function findAt(api: RetryingClient, path: string): Promise<Found | undefined> {
  let answer = await api.send('GET', path);
  if (answer.status === 308) answer = await api.send('GET', answer.header('location') ?? path);
  return answer.status === 200 ? JSON.parse(answer.text) : undefined;
}

function isSame({ id, article }: Found, fields: Fields): boolean {
  if (fields.guid !== undefined) return article.guid === fields.guid;
  if (fields.id !== undefined) return id === fields.id;
  const isOfTime = fields.publishedAt === undefined || timeOf(article) === timeOf(fields);
  return article.title === fields.title && isOfTime;
}

function timeOf({ publishedAt }: Fields): number {
  return Date.parse(String(publishedAt));
}
