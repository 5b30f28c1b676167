import { parseArgs } from 'node:util';
import { InvalidFileError } from '../../functions/article/fault.ts';
import type { Removed } from '../../functions/article/left-out.ts';
import { readFile } from '../content-files.ts';
import { requireAccess } from './api/access.ts';
import type { Answer } from './api/http.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { problemFaults } from './api/write-api.ts';
import { type Command, UsageError } from './command.ts';
import { type ArticleSource, findSources } from './publish/find-sources.ts';
import { type Outcome, printOutcomes, refused, refusedFor } from './publish/print-outcomes.ts';
import { inLines, readSource, type SourceText } from './publish/read-source.ts';
import { sendPicture } from './publish/send-picture.ts';
import { remove } from './unpublish.ts';

export const publish: Command = {
  help: `FILES are files or folders; in a folder, its .md, .html and .json files. A file's name becomes the article's address:
harbour-opens.md becomes /news/harbour-opens.

  .md    fields between two lines of ---, then Markdown, as in content/articles; without publishedAt
         the article is published now; with nothing but removed: and a reason it is removed
  .html  the same with HTML below the fields, or a whole page: its <title>, <html lang> and body
  .json  the body of a write request

Pictures on this machine that a text or its lead picture names, by a path from the file on or as /media/name of a folder
media beside it or above, are sent first.

  --to URL    the site's write API (the stack's output PublishUrl); by default PUBLISH_URL, else BASE_URL,
              else http://localhost:3000
  --dry-run   publishes nothing: says what is faulty, and which articles are new or already there
              (some faults, such as an address that is taken, only the site finds when publishing)

Requests to a site on this machine are signed with the credentials local/local, all others with your AWS credentials
(environment, AWS_PROFILE, aws sso login) for the region in the address, else AWS_REGION.

Prints one line per file: created, replaced, unchanged, removed, or refused with every fault and its line. A faulty file stops
no other. After an interruption run it again: what is already there is unchanged.
Exit code 1 if any file was refused.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    });
    if (positionals.length === 0) throw new UsageError('Name the files, or a folder of them');
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const sources = findSources(positionals);
    const slugs = new Set(sources.map(({ slug }) => slug));
    return printOutcomes(
      terminal,
      sources,
      ({ file }) => file,
      (source) => send(api, source, slugs, values['dry-run']),
    );
  },
};

/** `slugs` are those of all files that are sent together. */
async function send(
  api: RetryingClient,
  source: ArticleSource,
  slugs: Set<string>,
  isDryRun: boolean,
): Promise<Outcome> {
  if (source.fault !== undefined) return refusedFor(source.fault);
  const path = `/articles/${source.slug}`;
  try {
    const text = readSource(source, slugs);
    if (isDryRun) {
      const answer = await api.send('GET', path);
      return whatIsThere(answer, text) ?? refused(inLines(problemFaults(answer), text));
    }
    if (text.removed !== undefined) return remove(api, source.slug, text.removed);
    const sent: (string | undefined)[] = [];
    for (const picture of text.pictures ?? [])
      sent.push(await sendPicture(api, { ...picture, bytes: requireBytes(picture.file) }));
    const answer = await api.send('PUT', path, text.fields);
    const outcome = whatWasDone(answer, text) ?? refused(inLines(problemFaults(answer), text));
    return { ...outcome, more: [...sent.filter((line) => line !== undefined), ...(outcome.more ?? [])] };
  } catch (error) {
    if (error instanceof InvalidFileError) return refused(error.faults);
    throw error;
  }
}

/** Throws InvalidFileError for a picture that went since its text was read. */
function requireBytes(file: string): Buffer {
  const bytes = readFile(file) ?? 'is not there';
  if (typeof bytes !== 'string') return bytes;
  throw new InvalidFileError([{ line: 1, pointer: '', message: `the picture ${file} ${bytes}` }]);
}

function whatWasDone({ status, text }: Answer, { bodyLine }: SourceText): Outcome | undefined {
  if (status !== 200 && status !== 201) return undefined;
  const article = JSON.parse(text);
  const removed: Removed[] = article.removed ?? [];
  return {
    word: article.outcome,
    detail: article.status === 'draft' ? 'a draft' : article.url,
    more: removed.map(({ element, line, reason }) => {
      const place = line === undefined || bodyLine === undefined ? '' : `line ${line + bodyLine - 1} `;
      return `${place}left out: ${element}: ${reason}`;
    }),
  };
}

/** What publishing would do, as far as it shows beforehand: whether the text differs only the site knows. */
function whatIsThere({ status, header, text }: Answer, { removed }: SourceText): Outcome | undefined {
  if (status === 404 && removed !== undefined) return refusedFor('there is no such article');
  if (status === 404) return { word: 'new' };
  if (status === 308) return refusedFor(`the address belongs to ${header('location')}, as an alias`);
  if (status !== 200) return undefined;
  const article = JSON.parse(text);
  if (removed !== undefined)
    return { word: 'there', detail: article.status === 'gone' ? 'removed' : 'would be removed' };
  return article.status === 'gone'
    ? { word: 'new', detail: 'an article of this address was removed' }
    : { word: 'there', detail: `${article.status}, version ${article.version}` };
}
