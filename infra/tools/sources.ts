import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SourceJson } from '../../functions/api/answers.ts';
import { InvalidArticleError, InvalidFileError } from '../../functions/article/fault.ts';
import { parseSite } from '../../functions/article/site.ts';
import { articleOfItem, type FollowedSource, isFollowed } from '../../functions/pull/article-of-item.ts';
import { isWanted, newestFirst } from '../../functions/pull/choose-items.ts';
import { InvalidFeedError } from '../../functions/pull/feed-item.ts';
import { readFeed } from '../../functions/pull/read-feed.ts';
import { type FetchOptions, safeFetch } from '../../functions/pull/safe-fetch.ts';
import { FetchError } from '../../functions/pull/send-request.ts';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, CommandError, printable, UsageError } from './command.ts';

export const sources: Command = {
  help: `  --to URL        the site's write API, as for publish
  --preview NAME  asks the feed of this source of site.yaml, in CONTENT_DIR or content, and prints what a first pull
                  would take. Nothing is stored, and the site is not asked

Prints how the followed sources are: the last try and the last success, the next try, and what is wrong. Times are in UTC.
Exit code 1 if something is wrong with one.`,
  async run(args, terminal) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, preview: { type: 'string' } } });
    if (values.preview !== undefined) {
      const source = await readSource(values.preview, terminal.env.CONTENT_DIR || 'content');
      const from = terminal.env.BASE_URL || 'http://localhost:3000';
      for (const line of await previewSource(source, { from })) terminal.print(printable(line));
      return 0;
    }
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const { status, text } = await api.send('GET', '/sources');
    if (status !== 200) throw new CommandError(`The sources cannot be read: the site answers ${status}`);
    const { items } = JSON.parse(text) as { items: SourceJson[] };
    if (items.length === 0) terminal.printError('The site follows no source, or has not asked one yet');
    for (const line of items.flatMap(linesOf)) terminal.print(printable(line));
    return items.some(({ wrong }) => wrong !== null) ? 1 : 0;
  },
};

function linesOf(source: SourceJson): string[] {
  const { name, feed, address, movedTo, lastTry, lastSuccess, nextTry, failures, wrong } = source;
  const { takenToday, waiting, leftOut, push } = source;
  return [
    name,
    `  asked ${minuteOf(lastTry)}, last read ${minuteOf(lastSuccess)}, next ${minuteOf(nextTry)}`,
    `  new that day ${takenToday}${waiting > 0 ? `; ${waiting} more wait for the next` : ''}`,
    ...(wrong === null ? [] : [`  wrong: ${wrong}${failures > 1 ? ` (${failures} times in a row)` : ''}`]),
    ...(movedTo === null ? [] : [`  says that it has moved to ${movedTo}`]),
    ...(address === feed ? [] : [`  has moved: write feed: ${address} in site.yaml`]),
    ...(push ? [lineOf(push)] : []),
    ...leftOut.map((what) => `  left out: ${what}`),
  ];
}

function lineOf({ hub, until, toldAt, wrong }: NonNullable<SourceJson['push']>): string {
  if (wrong !== null) return `  is only polled, for ${hub} does not tell of changes: ${wrong}`;
  if (until === null) return `  is only polled until ${hub} has said that it tells of changes`;
  return `  ${hub} tells of changes until ${minuteOf(until)}, last ${minuteOf(toldAt)}`;
}

function minuteOf(time: string | null): string {
  return time === null ? 'never' : time.slice(0, 16).replace('T', ' ');
}

async function readSource(name: string, folder: string): Promise<FollowedSource> {
  try {
    const followed = parseSite(await readFile(join(folder, 'site.yaml'), 'utf8')).sources.filter(isFollowed);
    const found = followed.find((source) => source.name === name);
    if (found) return found;
    const names = followed.map((source) => source.name).join(', ') || 'none';
    throw new UsageError(`site.yaml follows no source ${name}; it follows ${names}`);
  } catch (error) {
    if (error instanceof InvalidFileError) throw new CommandError(`site.yaml: ${error.message}`);
    throw error;
  }
}

/** What a first pull would take, and what not. Throws CommandError if the feed cannot be read. */
export async function previewSource(source: FollowedSource, options: FetchOptions): Promise<string[]> {
  const { feed, follow } = source;
  try {
    const { status, body, headers, url, movedTo } = await safeFetch(feed, options);
    if (status !== 200) throw new CommandError(`${feed} answers ${status}`);
    const { items, leftOut } = readFeed(body, { contentType: headers.get('content-type') ?? undefined, url });
    const wanted = newestFirst(items.filter((item) => isWanted(item, follow)));
    const now = new Date().toISOString();
    const lines = wanted.slice(0, follow.most).map((item) => {
      try {
        const { input, dropped } = articleOfItem(item, { source, current: undefined, now });
        const without = dropped.length > 0 ? ` (without ${dropped.join(', ')})` : '';
        return `${minuteOf(input.publishedAt ?? now)}  ${input.title}${without}`;
      } catch (error) {
        if (!(error instanceof InvalidArticleError)) throw error;
        return `left out: ${item.title.slice(0, 100)}: ${error.message}`;
      }
    });
    return [
      ...lines,
      ...leftOut.map((what) => `left out: ${what}`),
      `${lines.length} of ${items.length} items would come, ${follow.publish === 'drafts' ? 'as drafts' : 'at once'}`,
      ...(movedTo === undefined ? [] : [`The feed has moved to ${movedTo}`]),
    ];
  } catch (error) {
    if (error instanceof FetchError || error instanceof InvalidFeedError)
      throw new CommandError(`${feed}: ${error.message}`);
    throw error;
  }
}
