import { basename } from 'node:path';
import type { ArticleInput } from '../../functions/article/article-input.ts';
import type { CleanHtml } from '../../functions/article/clean-html.ts';
import { findMissingFiles, type TextFault } from '../../functions/article/missing-files.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { faultsIn } from './publish/read-source.ts';

const elsewhere = 'https://site.invalid';

/** In a file that could be read. A note stops no deployment. */
export type BrokenReference = TextFault & { file: string; line?: number; isNote?: boolean };

/**
 * Faults between articles that are each sound alone: claims that two of them make, missing images, links that lead nowhere,
 * translations that do not name each other; and what texts lack of their files, as notes. `files` are all article files, including faulty
 * ones: their slugs are taken too.
 */
export function findBrokenReferences(
  files: string[],
  articles: Map<string, ArticleInput>,
  media: Set<string>,
): BrokenReference[] {
  const owners = new Map(files.map((file) => [`slug ${basename(file, '.md')}`, file]));
  const faults: BrokenReference[] = [];
  for (const [file, article] of articles) {
    for (const { claim, pointer, what } of claimsOf(article)) {
      const owner = owners.get(claim);
      if (owner) faults.push({ file, pointer, message: `${what} belongs to ${owner}` });
      else owners.set(claim, file);
    }
    for (const other of unanswered(file, articles))
      faults.push({ file, pointer: '/translations', message: `${other} does not name it back` });
  }
  // When all addresses are known.
  for (const [file, article] of articles)
    for (const fault of inspectText(basename(file, '.md'), article, media, (slug) =>
      owners.has(`slug ${slug}`),
    ))
      faults.push({ file, ...fault });
  const order = new Map(files.map((file, index) => [file, index]));
  return faults.sort((one, other) => (order.get(one.file) ?? 0) - (order.get(other.file) ?? 0));
}

/** The files that an article names as translations and that do not name it back. Slugs without a file may still be articles. */
function unanswered(file: string, articles: Map<string, ArticleInput>): string[] {
  const namesOf = (path: string) => [basename(path, '.md'), ...(articles.get(path)?.aliases ?? [])];
  const named = articles.get(file)?.translations ?? [];
  return [...articles]
    .filter(([other]) => namesOf(other).some((slug) => named.includes(slug)))
    .filter(([, { translations = [] }]) => !namesOf(file).some((slug) => translations.includes(slug)))
    .map(([other]) => other);
}

function claimsOf({ aliases, guid, source }: ArticleInput) {
  const claims = aliases.map((alias) => ({ claim: `slug ${alias}`, pointer: '/aliases', what: alias }));
  if (guid !== undefined)
    claims.push({ claim: `guid ${JSON.stringify([source?.name, guid])}`, pointer: '/guid', what: guid });
  return claims;
}

/** Why the text of an article cannot be published, what it lacks, and where its pictures and links are broken. */
function inspectText(
  slug: string,
  article: ArticleInput,
  media: Set<string>,
  isArticle: (slug: string) => boolean,
): Omit<BrokenReference, 'file'>[] {
  let body: CleanHtml = { html: '', removed: [], lost: [] };
  const { title, image } = article;
  const form = ['markdown', 'html', 'text'].find((name) => name in article);
  const refused = faultsIn(() => {
    body = renderBody(article, { baseUrl: elsewhere, slug, title });
  }, `/${form}`);
  const { html, removed, lost } = body;
  const missing = findMissingFiles({ html, image, pointer: '' }, (name) => media.has(name));
  const inside = lost.map((id) => ({
    ...{ pointer: '', written: `#${id}` },
    message: `the link #${id} leads to no heading or id of the text`,
  }));
  const notes = removed.map(({ element, line, reason }) => ({
    ...{ pointer: '', isNote: true },
    ...(line !== undefined && { line }),
    message: `left out: ${element}: ${reason}`,
  }));
  return [...refused, ...missing, ...inside, ...linkFaults(html, isArticle), ...notes];
}

/** Links to articles that no file has the address of, and to files of a folder of articles. Of clean HTML. */
function linkFaults(html: string, isArticle: (slug: string) => boolean): Omit<BrokenReference, 'file'>[] {
  const links = [...html.matchAll(/<a [^>]*?href="\/([^"?#]*)/g)].map(([, path = '']) => path);
  return [...new Set(links)].flatMap((path) => {
    const name = path.replace(/^news\//, '');
    const fault = (message: string, isNote = false) => [{ pointer: '', message, written: name, isNote }];
    const [, story] = /([a-z0-9-]+)\.(?:md|html?)$/.exec(name) ?? [];
    if (story) return fault(`the link ${name} leads to no page: write /news/${story}`);
    if (!path.startsWith('news/')) return [];
    if (name.includes('@')) return fault(`the link ${name} leads to no page: write mailto:${name}`);
    if (/^www\.|\.[a-z]{2,}(?:\/|$)/i.test(name) && !name.endsWith('.json'))
      return fault(`the link ${name} leads to no page of the site: write https://${name}`);
    const slug = name.replace(/\.json$/, '');
    return slug === '' || isArticle(slug)
      ? []
      : fault(`the link /news/${slug} leads to no article of this folder`, true);
  });
}
