import { oldPathsFor, type Redirect, spellOldPath, targetOf } from '../article/old-path.ts';
import { deskPath, parameterPatterns, routes, writeRoutes } from './routes.ts';

export interface RedirectFault {
  /** Of the redirect. */
  index: number;
  field: 'from' | 'to';
  message: string;
}

interface Known {
  /** Whether there is, or was, an article at the address, be it a draft or an old address. */
  isArticle: (slug: string) => boolean;
  /** Whether the owner has a file at the path. */
  isFile?: (path: string) => boolean;
  /** Redirects that are there already. */
  others?: Iterable<Redirect>;
}

/** Stands for what a star carries over; no article has this slug. */
const rest = '-';

/** What is wrong with redirects that are each well-formed: those that lead nowhere, to themselves or in a circle, or are never reached. */
export function redirectFaults(
  redirects: Redirect[],
  { isArticle, isFile, others = [] }: Known,
): RedirectFault[] {
  const known = new Map([...others, ...redirects].map((redirect) => [redirect.from, redirect]));
  return redirects.flatMap((redirect, index): RedirectFault[] => {
    if (isAnswered(redirect.from, isArticle))
      return [{ index, field: 'from', message: 'is an address of this site, which answers there itself' }];
    const message = findEnd(redirect, known, isArticle, isFile);
    return message ? [{ index, field: 'to', message }] : [];
  });
}

/** The addresses that a redirect may lead on from: old paths that stand for its target. */
export function nextPaths({ to }: Redirect): string[] {
  return to.startsWith('/') ? oldPathsFor(spell(to)) : [];
}

/** The slugs of the articles at both ends. */
export function slugsOf({ from, to }: Redirect): string[] {
  return [from, to].flatMap((address) => slugOf(spell(address)) ?? []);
}

function findEnd(
  start: Redirect,
  known: Map<string, Redirect>,
  isArticle: Known['isArticle'],
  isFile: Known['isFile'],
): string | undefined {
  const seen = new Set([start]);
  for (let { to } = start; to.startsWith('/'); ) {
    const path = spell(to);
    if (isAnswered(path, isArticle) || isFile?.(path)) return undefined;
    const next = oldPathsFor(path).flatMap((from) => known.get(from) ?? [])[0];
    if (!next) return isPossible(to, path) ? undefined : nowhere(path, to === start.to);
    if (seen.has(next)) return next === start && seen.size === 1 ? 'leads to itself' : 'leads in a circle';
    seen.add(next);
    to = targetOf(next, path);
  }
  return undefined;
}

function nowhere(path: string, isFirst: boolean): string {
  const what =
    slugOf(path) === undefined ? `${path} is no address of this site` : `there is no article at ${path}`;
  return isFirst ? `leads nowhere: ${what}` : `leads nowhere in the end: ${what}`;
}

/** A target in the spelling of old paths, with something for what its star carries over. */
function spell(to: string): string {
  return spellOldPath(new URL(`https://site.invalid${to.replace(/\/\*$/, `/${rest}`)}`));
}

function slugOf(path: string): string | undefined {
  return /^\/news\/([A-Za-z0-9-]+?)(?:\.json)?(?:\?|$)/.exec(path)?.[1]?.toLowerCase();
}

/** The steps of each public address, as patterns. */
const templates = Object.values(routes).map((route) => route.split('/').map(stepPattern));
/** Those at which there is always an answer. */
const fixed = [
  ...Object.values(routes).filter((route) => !route.includes('{')),
  deskPath,
  ...Object.values(writeRoutes).filter((route) => !route.startsWith('/media/')),
  ...[routes.oldFeed, routes.oldFeedForm, routes.streamOldFeed, routes.streamOldFeedForm],
].map((route) => route.split('/').map(stepPattern));

/** Whether a path begins as an address of the site does, or is one. */
export function isTaken(path: string): boolean {
  const [, step = ''] = path.split('/');
  return [...templates, ...fixed].some(([, first]) => first?.test(step));
}

function stepPattern(step: string): RegExp {
  const source = step
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?:${parameterPatterns[name] ?? '.+'})`);
  return new RegExp(`^${source}$`);
}

/** Whether the site has an answer of its own. The front page is asked for with the queries of other systems. */
function isAnswered(spelled: string, isArticle: Known['isArticle']): boolean {
  const [path = '', query] = spelled.split('?');
  if (path === '/') return query === undefined;
  const slug = slugOf(path);
  return slug === undefined ? matches(path, fixed) : isArticle(slug);
}

/** Whether it may have one; where a star carries something over, whether it may have any below. */
function isPossible(to: string, spelled: string): boolean {
  const [path = ''] = spelled.split('?');
  if (!to.endsWith('/*')) return slugOf(path) === undefined && matches(path, templates);
  const above = path.split('/').length - 1;
  return matches(
    path.slice(0, path.lastIndexOf('/')),
    templates.filter((steps) => steps.length > above).map((steps) => steps.slice(0, above)),
  );
}

function matches(path: string, among: RegExp[][]): boolean {
  const steps = path.split('/');
  return among.some(
    (patterns) =>
      patterns.length === steps.length &&
      patterns.every((pattern, index) => pattern.test(steps[index] ?? '')),
  );
}
