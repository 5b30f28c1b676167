import { InvalidArticleError, TooLargeError } from '../../../../functions/article/fault.ts';
import { objectOf } from '../../../../functions/pull/feed-json.ts';
import { CommandError } from '../../command.ts';
import type { OldEntry, OldSite, ReadOptions } from '../old-site.ts';
import { parsed } from './lexical.ts';
import { ListAddresses } from './list-addresses.ts';
import { readPost } from './post.ts';
import { readRows } from './rows.ts';
import { readTables, type Tables } from './tables.ts';

/** Whether a file that begins so is an export of Ghost. */
export function isGhost(start: string): boolean {
  return /^\uFEFF?\s*\{\s*(?:"db"\s*:\s*\[\s*\{\s*)?"(?:meta|data)"\s*:\s*\{/.test(start);
}

/**
 * An export of Ghost 1 to 6. From version 2 on articles are expected under `/slug/`: that routes.yaml puts them below a date or a section
 * does not stand in the export. Throws CommandError.
 */
export async function readGhost(file: string, { home: given }: ReadOptions): Promise<OldSite> {
  const tables = await readTables(file);
  if (tables.posts === 0) throw new CommandError(`${file} is an export of Ghost without posts.`);
  const known = given ?? tables.home;
  if (known !== undefined && !URL.canParse(known))
    throw new CommandError(`${known} is no address of a home page, such as https://example.com/`);
  const home = known && new URL(known).href.replace(/\/+$/, '');
  if (home === undefined && tables.needsHome)
    throw new CommandError(
      'The export does not say where the site is: give its home page, as in --home https://example.com/',
    );
  return { system: 'Ghost', home, entries: () => entriesOf(file, { tables, home: home ?? '' }) };
}

async function* entriesOf(file: string, site: { tables: Tables; home: string }): AsyncGenerator<OldEntry> {
  const lists = new ListAddresses(site.home);
  for await (const { table, number, json } of readRows(file)) {
    if (table !== 'posts') continue;
    const place = `post ${number}`;
    const leftOut = (reason: string) => ({ kind: 'left-out', place, what: 'a post', reason }) as const;
    const post = objectOf(json && parsed(withAddresses(json, site.home)));
    if (Object.keys(post).length === 0) {
      yield leftOut(json ? 'it is no valid JSON' : 'it is larger than 64 MB');
      continue;
    }
    try {
      const entry = readPost(post, { ...site, place });
      if (entry.kind === 'article' && entry.fields.draft !== true)
        lists.add(site.tables.tagsOf(post), site.tables.authorsOf(post));
      yield entry;
    } catch (error) {
      if (!(error instanceof InvalidArticleError || error instanceof TooLargeError)) throw error;
      yield leftOut(error.message);
    }
  }
  yield* lists.entries();
}

/** With whole addresses, and pictures in their full size. */
function withAddresses(json: string, home: string): string {
  return json
    .replaceAll('__GHOST_URL__', home)
    .replace(/\/content\/images\/size\/w\d+(?:h\d+)?(?:\/format\/\w+)?\//g, '/content/images/');
}
