import { InvalidFileError } from '../../../functions/article/fault.ts';
import { GivenUpError, type RetryingClient } from '../api/retrying-client.ts';
import { problemFaults } from '../api/write-api.ts';
import type { ArticleSource } from './find-sources.ts';
import { type Outcome, refused, refusedFor } from './print-outcomes.ts';
import { inLines, readSource, type SourceText } from './read-source.ts';

/** What to do with a file without faults. */
type Sending = (api: RetryingClient, source: ArticleSource, text: SourceText) => Promise<Outcome>;

/** `slugs` are those of all files that are sent together. */
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

export const publishSource: Sending = async (api, { slug }, text) => {
  const answer = await api.send('PUT', `/articles/${slug}`, text.fields);
  if (answer.status !== 200 && answer.status !== 201) return refused(inLines(problemFaults(answer), text));
  const { outcome, url, status } = JSON.parse(answer.text);
  return { word: outcome, detail: status === 'draft' ? 'a draft' : url };
};

/** What publishing would do, as far as it shows beforehand: whether the text differs only the site knows. */
export const inspectSource: Sending = async (api, { slug }, text) => {
  const answer = await api.send('GET', `/articles/${slug}`);
  if (answer.status === 404) return { word: 'new' };
  if (answer.status === 308)
    return refusedFor(`the address belongs to ${answer.header('location')}, as an alias`);
  if (answer.status !== 200) return refused(inLines(problemFaults(answer), text));
  const { status, version } = JSON.parse(answer.text);
  return status === 'gone'
    ? { word: 'new', detail: 'an article of this address was removed' }
    : { word: 'there', detail: `${status}, version ${version}` };
};
