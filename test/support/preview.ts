import { publishArticle } from '../../functions/publish-article.ts';
import type { TestBackend } from './backend.ts';

/** Asks the write API for the address at which an article that is not public is read. */
export async function askPreview(
  backend: TestBackend,
  slug: string,
  body?: object,
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
): Promise<{ status: number; json: any }> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await publishArticle(backend).request(`/articles/${slug}/preview`, {
    method: 'POST',
    ...(body && { headers, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
}
