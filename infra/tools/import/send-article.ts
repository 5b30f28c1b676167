import { createHash } from 'node:crypto';
import type { Removed } from '../../../functions/article/left-out.ts';
import type { Answer } from '../api/http.ts';
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
  if (answer.status !== 412 && answer.status !== 409) return refusal(answer);
  if (!(await isThere(api, path, fields)))
    return answer.status === 412
      ? { outcome: 'refused', reason: `its address /news/${slug} is taken by another article` }
      : refusal(answer);
  // A later export may change it only while nobody has since it was first stored.
  journal.add({ article: key, slug, hash, etag: '"1"' });
  return { outcome: 'there' };
}

function refusal(answer: Answer): Sent {
  return { outcome: 'refused', reason: refused(problemFaults(answer)).detail };
}

/** Whether the article that has the address is this one, perhaps under another address by now. */
async function isThere(api: RetryingClient, path: string, fields: Fields): Promise<boolean> {
  let answer = await api.send('GET', path);
  if (answer.status === 308) answer = await api.send('GET', answer.header('location') ?? path);
  if (answer.status !== 200) return false;
  const { id, article } = JSON.parse(answer.text);
  if (fields.guid !== undefined) return article.guid === fields.guid;
  if (fields.id !== undefined) return id === fields.id;
  const sameDay = fields.publishedAt === undefined || timeOf(article) === timeOf(fields);
  return article.title === fields.title && sameDay;
}

function timeOf({ publishedAt }: Fields): number {
  return Date.parse(String(publishedAt));
}
