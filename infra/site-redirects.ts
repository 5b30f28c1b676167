import { basename, join } from 'node:path';
import { redirectFaults } from '../functions/api/redirect-faults.ts';
import { decodeFile, readFrontMatter } from '../functions/article/article-file.ts';
import { InvalidFileError, pointerTo } from '../functions/article/fault.ts';
import { readSettings, type Site } from '../functions/article/site.ts';
import { type ContentFault, namesIn, readFile } from './content-files.ts';

/** The redirects of a content folder that lead somewhere, and what is wrong with the others, which a deployment leaves out. */
export function checkRedirects(
  contentDir: string,
  { redirects }: Site,
  files: ReadonlyMap<string, unknown>,
): Pick<Site, 'redirects'> & { faults: ContentFault[] } {
  if (redirects.length === 0) return { redirects, faults: [] };
  const file = join(contentDir, 'site.yaml');
  const { value, lineOf } = readSettings(String(readFile(file)));
  const written = Object.keys(Object(value).redirects);
  const found = redirectFaults(redirects, {
    isArticle: articlesIn(join(contentDir, 'articles')),
    isFile: (path) => files.has(path),
  });
  const faulty = new Set(found.map(({ index }) => index));
  const faults = found.map(({ index, message }) => {
    const pointer = pointerTo(['redirects', written[index] ?? '']);
    return { file, line: lineOf(pointer), pointer, message };
  });
  return { redirects: redirects.filter((_, index) => !faulty.has(index)), faults };
}

/** Whether a slug is that of a file, or stands among the aliases of one. Their front matter is read when a slug is no file's. */
function articlesIn(folder: string): (slug: string) => boolean {
  const names = namesIn(folder);
  const slugs = new Set(names.map((name) => basename(name, '.md')));
  let aliases: Set<string> | undefined;
  return (slug) => {
    if (slugs.has(slug)) return true;
    aliases ??= new Set(names.flatMap((name) => aliasesOf(join(folder, name))));
    return aliases.has(slug);
  };
}

function aliasesOf(file: string): string[] {
  const bytes = readFile(file);
  if (typeof bytes !== 'object') return [];
  try {
    const { aliases } = readFrontMatter(decodeFile(bytes)).fields;
    return Array.isArray(aliases) ? aliases.map(String) : [];
  } catch (error) {
    // The import tells what is wrong with the file.
    if (error instanceof InvalidFileError) return [];
    throw error;
  }
}
