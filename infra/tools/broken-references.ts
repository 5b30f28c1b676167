import { basename } from 'node:path';
import type { ArticleInput } from '../../functions/article/article-input.ts';
import { inspectText, type TextFault } from './inspect-text.ts';

/** In a file that could be read. */
export type BrokenReference = TextFault & { file: string };

/**
 * What each article may say on its own but not beside the others: claims that two of them make, images that are not there, and
 * translations that do not name each other.
 * `files` are all article files, faulty ones too: they keep their slugs.
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
    const name = mediaName(article.image?.url);
    if (name !== undefined && !media.has(name))
      faults.push({ file, pointer: '/image/url', message: 'names no usable file of the media folder' });
    for (const fault of inspectText(basename(file, '.md'), article.markdown ?? '', media))
      faults.push({ file, ...fault });
    for (const other of unanswered(file, articles))
      faults.push({ file, pointer: '/translations', message: `${other} does not name it back` });
  }
  return faults;
}

/** The files that an article calls its translations, and that do not call it theirs. Those that are not here may be articles all the same. */
function unanswered(file: string, articles: Map<string, ArticleInput>): string[] {
  const namesOf = (path: string) => [basename(path, '.md'), ...(articles.get(path)?.aliases ?? [])];
  const named = articles.get(file)?.translations ?? [];
  return [...articles]
    .filter(([other]) => namesOf(other).some((slug) => named.includes(slug)))
    .filter(([, { translations = [] }]) => !namesOf(file).some((slug) => translations.includes(slug)))
    .map(([other]) => other);
}

function claimsOf({ aliases, guid, source }: ArticleInput) {
  return [
    ...aliases.map((alias) => ({ claim: `slug ${alias}`, pointer: '/aliases', what: alias })),
    ...(guid === undefined
      ? []
      : [{ claim: `guid ${JSON.stringify([source?.name, guid])}`, pointer: '/guid', what: guid }]),
  ];
}

function mediaName(url: string | undefined): string | undefined {
  return url?.startsWith('/media/') ? url.slice('/media/'.length) : undefined;
}
