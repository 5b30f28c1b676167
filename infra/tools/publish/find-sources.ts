import { extname, join, parse, resolve } from 'node:path';
import { findFile, namesIn } from '../../content-files.ts';

const endings = ['.md', '.html', '.json'];

/** A file to publish under its own name. */
export interface ArticleSource {
  file: string;
  slug: string;
  /** Why it cannot be published, if that is clear without reading it. */
  fault?: string;
}

/** The named files and those of the named folders, each once. Throws InvalidSiteError. */
export function findSources(names: string[]): ArticleSource[] {
  const sources = new Map<string, ArticleSource>();
  for (const name of names) for (const source of sourcesOf(name)) sources.set(resolve(source.file), source);
  return refuseRivals([...sources.values()]);
}

function sourcesOf(name: string): ArticleSource[] {
  const found = findFile(name) ?? 'is not there';
  if (typeof found === 'string') return [faulty(name, found)];
  if (found.isFile())
    return [
      endings.includes(extname(name)) ? sourceOf(name) : faulty(name, 'is no .md, .html or .json file'),
    ];
  if (!found.isDirectory()) return [faulty(name, 'is neither a file nor a folder')];
  const files = namesIn(name).filter((file) => endings.includes(extname(file)));
  return files.length > 0
    ? files.map((file) => sourceOf(join(name, file)))
    : [faulty(name, 'holds no .md, .html or .json file')];
}

function sourceOf(file: string): ArticleSource {
  return { file, slug: parse(file).name };
}

function faulty(file: string, fault: string): ArticleSource {
  return { ...sourceOf(file), fault };
}

/** Two files of one address: which one is sent last, and so wins, would be chance. */
function refuseRivals(sources: ArticleSource[]): ArticleSource[] {
  const files = new Map<string, string[]>();
  for (const { file, slug, fault } of sources)
    if (fault === undefined) files.set(slug, [...(files.get(slug) ?? []), file]);
  return sources.map((source) => {
    const rival = files.get(source.slug)?.find((file) => file !== source.file);
    return source.fault !== undefined || rival === undefined
      ? source
      : { ...source, fault: `has the same address as ${rival}` };
  });
}
