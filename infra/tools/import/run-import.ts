import { createHash } from 'node:crypto';
import { redirectFaults } from '../../../functions/api/redirect-faults.ts';
import { type Redirect, spellOldPath } from '../../../functions/article/old-path.ts';
import { GivenUpError, type RetryingClient } from '../api/retrying-client.ts';
import { CommandError, type Terminal } from '../command.ts';
import { refused, workThrough } from '../publish/print-outcomes.ts';
import { ProgressBar } from '../publish/progress-bar.ts';
import { bodyFaults, fieldFaults } from '../publish/read-source.ts';
import type { ImportReport } from './import-report.ts';
import type { Journal } from './journal.ts';
import type { OldAddresses } from './old-addresses.ts';
import type { OldPictures } from './old-pictures.ts';
import type { OldArticle, OldPicture, OldSite } from './old-site.ts';
import { type Plan, type Planned, planImport } from './plan-import.ts';
import { rewriteFields } from './rewrite-fields.ts';
import { sendArticle } from './send-article.ts';
import { sendRedirects } from './send-redirects.ts';

export interface Import {
  site: OldSite;
  api: RetryingClient;
  journal: Journal;
  addresses: OldAddresses;
  pictures: OldPictures;
  report: ImportReport;
  isDryRun: boolean;
}

type Work = { entry: OldArticle; planned: Planned } | { entry: OldPicture };

/** A site that gives up so many articles, one after the other, takes none. */
const mostGivenUp = 3;

/** Moves everything that the old site holds, as far as the journal does not know it. Throws CommandError where the site takes nothing. */
export async function runImport(run: Import, progress: Terminal['progress']): Promise<void> {
  const plan = await planImport(run.site, run);
  const there = run.isDryRun ? await slugsThere(run.api) : new Set<string>();
  const bar = new ProgressBar(plan.count, progress);
  const gone = new Set<string>();
  let [done, givenUp] = [0, 0];
  bar.show(done);
  try {
    await workThrough(worksOf(run, plan), async (work) => {
      try {
        if (work.entry.kind === 'picture') await movePicture(run, work.entry);
        else if (!('planned' in work)) return;
        else if (!(await moveArticle(run, work.entry, work.planned, there))) gone.add(work.planned.slug);
        givenUp = 0;
      } catch (error) {
        givenUp += 1;
        if (!(error instanceof GivenUpError) || givenUp === mostGivenUp) throw error;
        run.report.count('refused');
        run.report.refuse(work.entry.place, `${error.message}; run it again`);
      }
      done += 1;
      bar.show(done);
    });
    await moveAddresses(run, gone);
  } finally {
    bar.clear();
    run.report.pictures = run.pictures.count;
  }
}

/** Articles and pictures, in the order of the export; the rest is reported. */
async function* worksOf({ site, report }: Import, { articles }: Plan): AsyncGenerator<Work> {
  let index = 0;
  for await (const entry of site.entries()) {
    if (entry.kind === 'left-out') report.leaveOut(entry);
    if (entry.kind === 'picture') yield { entry };
    if (entry.kind !== 'article') continue;
    const planned = articles[index];
    index += 1;
    if (!planned) throw new CommandError('The export has changed while it was read: run it again');
    yield { entry, planned };
  }
}

/** Returns whether the article is on the site. */
async function moveArticle(
  run: Import,
  entry: OldArticle,
  { key, slug, rival }: Planned,
  there: Set<string>,
): Promise<boolean> {
  const { report, api, journal, isDryRun } = run;
  const { place, notes } = entry;
  const refuse = (reason: string | undefined) => {
    report.count('refused');
    report.refuse(place, reason);
    return false;
  };
  if (rival !== undefined) return refuse(`has the same guid or address as ${rival}`);
  const fields = await rewriteFields(entry, slug, run, (text, address) =>
    report.note(text, `${place}: ${address}`),
  );
  for (const note of notes) report.note(note, place);
  if (isDryRun) {
    const faults = fieldFaults(slug, fields);
    const all = faults.length > 0 ? faults : bodyFaults(fields);
    if (all.length > 0) return refuse(refused(all).detail);
    report.count(there.has(slug) ? 'there' : 'would be new');
    return true;
  }
  const { outcome, reason, removed = [] } = await sendArticle(api, journal, { key, slug, fields });
  if (outcome === 'refused') return refuse(reason);
  report.count(outcome);
  if (outcome === 'edited') report.leaveEdited(place, slug);
  for (const { element, reason } of removed) report.note(`left out: ${element}: ${reason}`, place);
  return true;
}

async function movePicture({ addresses, pictures, report }: Import, { url, place }: OldPicture) {
  const resolved = addresses.resolve(url);
  const taken = resolved ? await pictures.take(resolved) : { why: 'has no address' };
  if ('why' in taken) report.note(`a picture could not be taken: ${taken.why}`, `${place}: ${url}`);
}

/** `gone`: slugs of articles that the site does not have. */
async function moveAddresses(
  { api, journal, addresses, pictures, report, isDryRun }: Import,
  gone: Set<string>,
) {
  const targets = new Map<string, string>();
  for await (const { from, to } of pictures.redirects()) targets.set(from, to);
  for (const { from, to } of addresses.redirects())
    if (!gone.has(to.replace(/^\/news\//, ''))) targets.set(behindOldFeed(from, to), to);
  const redirects = [...targets].map(([from, to]) => ({ from, to })).filter(leadsElsewhere);
  report.redirects = redirects.length;
  const hash = createHash('sha256')
    .update(JSON.stringify(redirects.sort(byFrom)))
    .digest('hex')
    .slice(0, 16);
  if (isDryRun || redirects.length === 0 || journal.redirects === hash) return;
  const faults = await sendRedirects(api, redirects);
  for (const { from, reason } of faults) report.refuse(`the old address ${from}`, reason);
  report.redirects -= faults.length;
  if (faults.length === 0) journal.add({ redirects: hash });
}

/** The site leads feeds of other systems to its own beside them: only where that is another stream's is there more to tell. */
function behindOldFeed(from: string, to: string): string {
  const [ours] = /\/(?:rss\.xml|atom\.xml|feed\.json)$/.exec(to) ?? [];
  const isLed = ours && redirectFaults([{ from, to }], { isArticle: () => false })[0]?.field === 'from';
  return isLed ? from.replace(/\/(?:feed|rss|atom)(?:\/[^/]*)?$/, ours) : from;
}

function leadsElsewhere({ from, to }: Redirect): boolean {
  return from !== to && !(to.startsWith('/') && from === spellOldPath(new URL(to, 'https://site.invalid')));
}

function byFrom(one: Redirect, other: Redirect): number {
  return one.from < other.from ? -1 : 1;
}

/** Of all articles that the site shows or keeps as drafts. */
async function slugsThere(api: RetryingClient): Promise<Set<string>> {
  const slugs = new Set<string>();
  const pages = api.pages<{ items: { slug: string; status: string }[] }>(
    'GET',
    '/articles',
    'The list of articles cannot be read',
  );
  for await (const { items } of pages)
    for (const { slug, status } of items) if (status !== 'gone') slugs.add(slug);
  return slugs;
}
