import { basename, dirname, join } from 'node:path/posix';
import { readData, text } from './field-values.ts';
import type { Fields } from './front-matter.ts';
import type { ProjectFiles } from './project-files.ts';
import { homeIn, type MarkdownSystem, type Page, type Placement, pathOfHome } from './system.ts';

const configs = ['.eleventy.js', ...['js', 'mjs', 'cjs', 'ts'].map((ending) => `eleventy.config.${ending}`)];

export function isEleventy(files: ProjectFiles): boolean {
  return configs.some((name) => files.has(name));
}

/** Its settings are code, which is not run: folders and the site's address are looked for in its text. */
export function eleventy(files: ProjectFiles): MarkdownSystem {
  const config = configs.map((name) => (files.has(name) ? files.text(name) : '')).join('\n');
  const folder = (name: string) =>
    new RegExp(`\\b${name}\\b["']?\\s*[:(,]\\s*["'](?:\\./)?([\\w./-]*)["']`)
      .exec(config)?.[1]
      ?.replace(/\/$/, '');
  const input = folder('input') || folder('setInputDirectory') || '.';
  const output = folder('output') || folder('setOutputDirectory') || '_site';
  const data = readData(
    files,
    ['metadata', 'site', 'meta'].map((name) => join(input, '_data', name)),
  );
  const prefix = (folder('pathPrefix') ?? '').replace(/^\/?(.*?)\/?$/, '/$1').replace(/^\/$/, '');
  const written = homeIn(data.url) ?? addressInCode(files, input);
  const home =
    written === undefined
      ? undefined
      : written.replace(/\/$/, '') + (pathOfHome(written) === prefix ? '' : prefix);
  const base = home === undefined ? prefix : pathOfHome(home);
  return {
    name: 'Eleventy',
    home,
    zone: 'UTC',
    contentFolders: [input],
    publicFolders: [...new Set([input, 'public', join(input, 'public'), join(input, 'static')])],
    settings: { metadata: data, site: data, meta: data },
    labelSeparator: /,/,
    // Collections that the usual templates make by a tag.
    ignoredTags: ['all', 'nav', 'post', 'posts'],
    isSkipped: (path) =>
      path === output || /(?:^|\/)(?:node_modules|_site|_includes|_layouts|_data)$/.test(path),
    defaultsOf: (inside) => folderData(files, join(input, dirname(inside))),
    placeOf,
    labelPaths: (kind, label) =>
      kind === 'tag'
        ? [
            `${base}/tags/${label
              .toLowerCase()
              .trim()
              .replace(/[^\p{L}\p{N}]+/gu, '-')
              .replace(/^-|-$/g, '')}/`,
          ]
        : [],
    listPaths: () =>
      ['/blog/', '/posts/', '/feed/feed.xml', '/feed/feed.json', '/feed/pretty-atom-feed.xml'].map(
        (path) => base + path,
      ),
    constructs: 'liquid',
  };

  function placeOf({ inside, fields, date }: Page): Placement {
    const folder = dirname(inside) === '.' ? '' : dirname(inside);
    const name = basename(inside).replace(/\.[^.]*$/, '');
    const tags = [fields.tags].flat().map(String);
    const isPost = tags.some((tag) => /^posts?$/.test(tag));
    if (!isPost && (folder === '' || (name === 'index' && date === undefined))) return { kind: 'page' };
    const { permalink } = fields;
    const isTemplate = typeof permalink === 'string' && /\{[{%]/.test(permalink);
    const own = typeof permalink === 'string' ? filledTemplate(permalink, inside, fields) : undefined;
    const usual = `/${[folder, ...(name === 'index' || name === basename(folder) ? [] : [name])].join('/')}/`;
    const path = (own ?? usual)
      .replace(/^(?=[^/])/, '/')
      .replace(/\/index\.html$/, '/')
      .replace(/\/{2,}/g, '/');
    const isKnown = permalink !== false && !(isTemplate && own === undefined);
    return {
      kind: 'article',
      addresses: isKnown ? [base + path] : [],
      slug: text(fields.slug) ?? slugOf(inside),
      feedPath: isKnown ? path : undefined,
      notes:
        isTemplate && own === undefined ? [`how its address is made of "${permalink}" is not known`] : [],
    };
  }
}

function slugOf(inside: string): string {
  const name = basename(inside).replace(/\.[^.]*$/, '');
  return (name === 'index' ? basename(dirname(inside)) : name).replace(/^\d{4}-\d\d-\d\d-/, '');
}

/** Templates that name nothing but the file or a field. */
function filledTemplate(template: string, inside: string, fields: Fields): string | undefined {
  const path = template.replace(
    /\{\{-?\s*([\w.]+)\s*(?:\|\s*(?:slugify|slug|url)\s*)?-?\}\}/g,
    (whole, name: string) => {
      if (name === 'page.fileSlug') return slugOf(inside);
      if (name === 'page.filePathStem')
        return `/${inside.replace(/\.[^.]*$/, '').replace(/(^|\/)\d{4}-\d\d-\d\d-(?=[^/]*$)/, '$1')}`;
      const value = text(fields[name.toLowerCase()]);
      return value?.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-') ?? whole;
    },
  );
  return /\{[{%]/.test(path) ? undefined : path;
}

/** The data files of the folders that a file lies in; what is nearest counts more. */
function folderData(files: ProjectFiles, folder: string): Fields {
  const above = dirname(folder) === folder || folder === '.' ? {} : folderData(files, dirname(folder));
  const name = join(folder, basename(folder));
  return { ...above, ...readData(files, [name, `${name}.11tydata`]) };
}

function addressInCode(files: ProjectFiles, input: string): string | undefined {
  for (const name of files.names(join(input, '_data'))) {
    const [, found] = /^(?:metadata|site|meta)\.[mc]?[jt]s$/.test(name)
      ? (/\burl["']?\s*:\s*["'](https?:\/\/[^"']+)["']/.exec(files.text(join(input, '_data', name))) ?? [])
      : [];
    if (found !== undefined) return homeIn(found);
  }
  return undefined;
}
