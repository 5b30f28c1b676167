import { InvalidFileError } from '../../../functions/article/fault.ts';
import { problemFaults } from '../api/problem-faults.ts';
import type { RetryingClient } from '../api/retrying-client.ts';
import { GivenUpError } from '../api/retrying-client.ts';
import type { ArticleText } from './article-text.ts';
import type { ArticleSource } from './find-sources.ts';
import { type Outcome, refused, refusedFor } from './outcome.ts';
import { inLines, readSource } from './read-source.ts';

/** What to do with a file that is in order. */
type Sending = (api: RetryingClient, source: ArticleSource, draft: ArticleText) => Promise<Outcome>;

/** The outcome of a file; `slugs` are those of all that are sent together. */
export async function sendSource(
  api: RetryingClient,
  source: ArticleSource,
  slugs: Set<string>,
  sending: Sending,
): Promise<Outcome> {
  if (source.fault !== undefined) return refusedFor(source.fault);
  try {
    return await sending(api, source, await readSource(source, slugs));
  } catch (error) {
    if (error instanceof InvalidFileError) return refused(error.faults);
    if (error instanceof GivenUpError) return refusedFor(`${error.message}; run it again`);
    // Of the file system: no rights, or gone since it was found.
    if ((error as NodeJS.ErrnoException).path === source.file) return refusedFor((error as Error).message);
    throw error;
  }
}

export const publishSource: Sending = async (api, { slug }, draft) => {
  const answer = await api.send('PUT', `/articles/${slug}`, draft.fields);
  if (answer.status !== 200 && answer.status !== 201) return refused(inLines(problemFaults(answer), draft));
  const { outcome, url, status } = JSON.parse(answer.text);
  return { word: outcome, detail: status === 'draft' ? 'a draft' : url };
};

/** Says what publishing would do, as far as can be told without it: whether the text differs only the site can tell. */
export const inspectSource: Sending = async (api, { slug }, draft) => {
  const answer = await api.send('GET', `/articles/${slug}`);
  if (answer.status === 404) return { word: 'new' };
  if (answer.status === 308)
    return refusedFor(`the address belongs to ${answer.header('location')}, as an alias`);
  if (answer.status !== 200) return refused(inLines(problemFaults(answer), draft));
  const { status, version } = JSON.parse(answer.text);
  return status === 'gone'
    ? { word: 'new', detail: 'an article of this address was removed' }
    : { word: 'there', detail: `${status}, version ${version}` };
};
