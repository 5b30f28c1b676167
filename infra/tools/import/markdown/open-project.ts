import { basename, dirname, join } from 'node:path';
import { astro, isAstro } from './astro.ts';
import { eleventy, isEleventy } from './eleventy.ts';
import { hugo, isHugo } from './hugo.ts';
import { isJekyll, jekyll } from './jekyll.ts';
import { plainFiles } from './plain.ts';
import { ProjectFiles } from './project-files.ts';
import type { MarkdownSystem } from './system.ts';

const textFile = /\.(?:md|markdown|mdx|html)$/i;
const notContent =
  /(?:^|\/)(?:readme|license|licence|contributing|changelog|code_of_conduct|security|404)\.[a-z]+$/i;

/** The project may begin above the folder, where that is its content. */
export function openProject(path: string): { files: ProjectFiles; system: MarkdownSystem } {
  const systems = [
    { is: isAstro, make: astro },
    { is: isEleventy, make: eleventy },
    { is: isJekyll, make: jekyll },
    { is: isHugo, make: hugo },
  ];
  const folder = new ProjectFiles(path);
  for (const root of [folder.root, dirname(folder.root), dirname(dirname(folder.root))]) {
    const files = new ProjectFiles(root);
    const system = systems.find(({ is }) => is(files))?.make(files);
    const isContent =
      root === folder.root ||
      basename(folder.root) === '_posts' ||
      system?.contentFolders.some((each) => join(root, each) === folder.root);
    if (system && isContent && system.contentFolders.length > 0) return { files, system };
  }
  return { files: folder, system: plainFiles() };
}

/** Each file once, by the innermost folder of content that holds it. */
export function* contentFiles(
  files: ProjectFiles,
  system: MarkdownSystem,
): Generator<{ path: string; inside: string }> {
  const seen = new Set<string>();
  for (const folder of system.contentFolders)
    for (const path of files.below(folder, (each) => system.isSkipped(each))) {
      if (!textFile.test(path) || notContent.test(path) || seen.has(path)) continue;
      seen.add(path);
      yield { path, inside: folder === '.' ? path : path.slice(folder.length + 1) };
    }
}
