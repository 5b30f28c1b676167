import { basename } from 'node:path';
import type { ArticleInput } from '../../functions/article/article-input.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { faultsIn } from './publish/read-source.ts';

interface TextFault {
  pointer: string;
  message: string;
  /** The part of the text that is meant, to find its line. */
  written?: string;
}

const elsewhere = 'https://site.invalid';

/** In a file that could be read. */
export type BrokenReference = TextFault & { file: string };

/**
 * Faults between articles that are each sound alone: claims that two of them make, missing images, translations that do not
 * name each other. `files` are all article files, including faulty ones: their slugs are taken too.
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
    if (isMissing(article.image?.url ?? '', media))
      faults.push({ file, pointer: '/image/url', message: 'names no usable file of the media folder' });
    for (const fault of inspectText(basename(file, '.md'), article.markdown ?? '', media))
      faults.push({ file, ...fault });
    for (const other of unanswered(file, articles))
      faults.push({ file, pointer: '/translations', message: `${other} does not name it back` });
  }
  return faults;
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

/** Of a picture that the site would serve itself. */
function isMissing(url: string, media: Set<string>): boolean {
  return url.startsWith('/media/') && !media.has(url.slice('/media/'.length));
}

/** Why the text of an article cannot be published, or which of its images are missing. */
function inspectText(slug: string, markdown: string, media: Set<string>): TextFault[] {
  let html = '';
  const refused: TextFault[] = faultsIn(() => {
    html = renderBody({ markdown }, { baseUrl: elsewhere, slug });
  }, '/markdown');
  return [...refused, ...[...imagesOf(html)].flatMap((url) => imageFault(url, media))];
}

/** Each once, as the store keeps them: the site's own begin with a slash. */
function imagesOf(html: string): Set<string> {
  // Of clean HTML: `<` stands only before a tag, and values between double quotes.
  const tags = html.match(/<(img|source|video) [^>]*>/g) ?? [];
  const urls = tags.flatMap((tag) => [...tag.matchAll(/ (?:src|poster)="([^"]*)"/g)]);
  return new Set(urls.map(([, url = '']) => url));
}

function imageFault(url: string, media: Set<string>): TextFault[] {
  const path = url.replace(/[?#].*$/, '');
  const fault = (message: string) => [
    { pointer: '', message: `the image ${path} ${message}`, written: basename(path) },
  ];
  // A path relative to the article, which works only in an editor's preview.
  if (path.startsWith('/news/')) return fault('is not in the media folder: write /media/ and its name');
  return isMissing(path, media) ? fault('is no usable file of the media folder') : [];
}
