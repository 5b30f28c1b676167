import { nextPaths, redirectFaults, slugsOf } from '../api/redirect-faults.ts';
import { faultsOf, InvalidArticleError } from '../article/fault.ts';
import type { Redirect } from '../article/old-path.ts';
import { oldPathList, redirectList } from '../article/redirect.ts';
import { readMetas } from '../store/read-article.ts';
import { dropRedirects, keepRedirects, readRedirects } from '../store/redirects.ts';
import type { WriteBackend } from './backend.ts';

/** A redirect that leads on through more others is looked at no further. */
const mostHops = 10;

/** Stores what the body of PUT /redirects lists, all or nothing. Throws InvalidArticleError with every fault. */
export async function putRedirects(backend: WriteBackend, body: unknown): Promise<Redirect[]> {
  const { store, baseUrl, site } = backend;
  const listed = site?.redirects ?? [];
  const parsed = redirectList.safeParse(body);
  if (!parsed.success) throw new InvalidArticleError(faultsOf(parsed.error));
  // An address of this site is kept as its path, by which circles are found.
  const redirects = parsed.data.redirects.map(({ from, to }) => ({
    from,
    to: to.startsWith(`${baseUrl}/`) ? to.slice(baseUrl.length) : to,
  }));
  const others = [...(await readConnected(backend, redirects)), ...listed];
  const articles = await readMetas(store, [...redirects, ...others].flatMap(slugsOf));
  const isArticle = (slug: string) => articles.has(slug);
  const faults = redirectFaults(redirects, { isArticle, others });
  const inFile = new Map(listed.map(({ from, to }) => [from, to]));
  for (const [index, { from, to }] of redirects.entries())
    if ((inFile.get(from) ?? to) !== to)
      faults.push({ index, field: 'from', message: `site.yaml leads it to ${inFile.get(from)}` });
  if (faults.length > 0)
    throw new InvalidArticleError(
      faults.map(({ index, field, message }) => ({ pointer: `/redirects/${index}/${field}`, message })),
    );
  await keepRedirects(store, redirects);
  return redirects;
}

/** Takes away what the body of DELETE /redirects lists, as far as it is stored. Throws InvalidArticleError. */
export async function deleteRedirects({ store }: WriteBackend, body: unknown): Promise<void> {
  const parsed = oldPathList.safeParse(body);
  if (!parsed.success) throw new InvalidArticleError(faultsOf(parsed.error));
  await dropRedirects(store, parsed.data.from);
}

/** The stored redirects that these lead on to, and those after them. */
async function readConnected({ store }: WriteBackend, redirects: Redirect[]): Promise<Redirect[]> {
  const asked = new Set<string>();
  const found: Redirect[] = [];
  let last = redirects;
  for (let hop = 0; hop < mostHops && last.length > 0; hop++) {
    const paths = last.flatMap(nextPaths).filter((path) => !asked.has(path));
    for (const path of paths) asked.add(path);
    last = [...(await readRedirects(store, paths)).values()];
    found.push(...last);
  }
  return found;
}
