import { basename, dirname } from 'node:path/posix';
import { readData, text, texts } from './field-values.ts';
import type { ProjectFiles } from './project-files.ts';
import { homeIn, type MarkdownSystem, type Page, type Placement } from './system.ts';

const configs = ['mjs', 'js', 'ts', 'cjs', 'mts'].map((ending) => `astro.config.${ending}`);
const pages = 'src/pages';

export function isAstro(files: ProjectFiles): boolean {
  return configs.some((name) => files.has(name));
}

/** Its settings are code, which is not run: they are looked for in its text. */
export function astro(files: ProjectFiles): MarkdownSystem {
  const config = configs.map((name) => (files.has(name) ? files.text(name) : '')).join('\n');
  const setting = (name: string) => new RegExp(`\\b${name}\\s*:\\s*["'\`]([^"'\`]+)["'\`]`).exec(config)?.[1];
  const site = homeIn(setting('site'));
  const base = (setting('base') ?? '').replace(/^\/?(.*?)\/?$/, '/$1').replace(/^\/$/, '');
  const home = site === undefined ? undefined : new URL(site).origin + base;
  const slash = setting('trailingSlash') === 'never' ? '' : '/';
  const collections = collectionsIn(files);
  const routes = routesIn(files);
  return {
    name: 'Astro',
    home,
    zone: 'UTC',
    contentFolders: [...new Set([...collections.keys(), 'src/content', pages])].filter((folder) =>
      files.has(folder),
    ),
    publicFolders: ['public'],
    pictureFolders: ['.', 'src'],
    settings: {},
    authors: readData(files, ['src/data/authors', 'src/content/authors']),
    labelSeparator: /,/,
    isSkipped: (path) => /(?:^|\/)(?:node_modules|dist)$/.test(path),
    placeOf,
    labelPaths: (kind, label) => [`${base}/${kind === 'tag' ? 'tags' : 'categories'}/${slugged(label)}/`],
    listPaths: () =>
      [...routes.values(), '/blog', '/posts'].flatMap((route) => (route === '' ? [] : [`${base}${route}/`])),
    constructs: 'components',
  };

  function placeOf({ path, inside, fields }: Page): Placement | undefined {
    if (inside.split('/').some((part) => part.startsWith('_'))) return undefined;
    const folder = [...collections.keys()].find((each) => path.startsWith(`${each}/`));
    const isRoute = path.startsWith(`${pages}/`);
    if (isRoute && dirname(inside) === '.') return { kind: 'page' };
    const below = folder ?? (isRoute ? pages : `src/content/${inside.split('/')[0]}`);
    const collection = collections.get(folder ?? '') ?? basename(below);
    if (/^pages?$/.test(collection) && !isRoute) return { kind: 'page' };
    const id = path
      .slice(below.length + 1)
      .replace(/\.[^.]*$/, '')
      .replace(/\/index$/, '');
    const name = text(fields.slug) ?? (isRoute ? id : id.split('/').map(slugged).join('/'));
    const own = text(fields.permalink) ?? text(fields.url);
    const route = isRoute ? '' : (routes.get(collection) ?? `/${collection}`);
    const address = own?.startsWith('/') ? own : `${route}/${name}${slash}`;
    return {
      kind: 'article',
      addresses: [
        base + address,
        ...texts([fields.aliases, fields.redirectfrom].flat()).map(
          (alias) => base + alias.replace(/^(?=[^/])/, '/'),
        ),
      ],
      slug: basename(name),
      feedPath: address.replace(/\/?$/, slash),
    };
  }
}

/** Of each folder with files of a collection, the collection's name: `glob` of the settings may name any folder. */
function collectionsIn(files: ProjectFiles): Map<string, string> {
  const config = ['src/content.config', 'src/content/config']
    .flatMap((name) => ['ts', 'js', 'mjs', 'mts'].map((ending) => files.findText(`${name}.${ending}`)))
    .join('\n');
  const defined = config.matchAll(
    /\b(\w+)\s*[=:]\s*defineCollection\s*\(([\s\S]*?)(?=\bdefineCollection\b|$)/g,
  );
  return new Map(
    [...defined].map(([, name = '', told = '']) => {
      const [, base] = /\bbase\s*:\s*["'`](?:\.?\/)?([^"'`]+?)\/?["'`]/.exec(told) ?? [];
      return [base ?? `src/content/${name}`, name];
    }),
  );
}

/** Where a page with a changing address shows the entries of a collection. */
function routesIn(files: ProjectFiles): Map<string, string> {
  const routes = new Map<string, string>();
  for (const path of files.below(pages, () => false)) {
    if (!/\/\[[^/]*\](?:\/index)?\.astro$/.test(path)) continue;
    const [, collection] = /getCollection\(\s*["'`](\w[\w-]*)/.exec(files.text(path)) ?? [];
    const route = path.slice(pages.length).replace(/\/\[.*/, '');
    if (collection !== undefined && !/page/.test(basename(path)) && !routes.has(collection))
      routes.set(collection, route);
  }
  return routes;
}

/** As github-slugger does, of which the framework makes its ids. */
function slugged(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');
}
