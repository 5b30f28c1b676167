import { basename, dirname, extname, join } from 'node:path/posix';
import { readData, table, text, texts } from './field-values.ts';
import type { Fields } from './front-matter.ts';
import { fillPermalink } from './permalink.ts';
import type { ProjectFiles } from './project-files.ts';
import { homeIn, type MarkdownSystem, type Page, type Placement } from './system.ts';

const styles = new Map(
  Object.entries({
    date: '/:categories/:year/:month/:day/:title:output_ext',
    pretty: '/:categories/:year/:month/:day/:title/',
    ordinal: '/:categories/:year/:y_day/:title:output_ext',
    weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
    none: '/:categories/:title:output_ext',
  }),
);
const inPosts = /(?:^|\/)_(posts|drafts)\//;

export function isJekyll(files: ProjectFiles): boolean {
  return ['_config.yml', '_config.yaml', '_config.toml', '_posts'].some((name) => files.has(name));
}

/** Hexo, whose projects are alike, has its posts one folder deeper. */
function usualSource(files: ProjectFiles): string {
  return files.has('source/_posts') ? 'source' : '.';
}

export function jekyll(files: ProjectFiles): MarkdownSystem {
  const settings = readData(files, ['_config']);
  const source = text(settings.source)?.replace(/^\.\/|\/$/g, '') || usualSource(files);
  const url = homeIn(settings.url);
  const base = (text(settings.baseurl) ?? '').replace(/\/+$/, '').replace(/^(?=[^/])/, '/');
  const collections = collectionsOf(settings);
  const excluded = [
    'node_modules',
    'vendor',
    '_site',
    ...texts(settings.destination),
    ...texts(settings.exclude),
  ].map((path) => join(source, path));
  return {
    name: 'Jekyll',
    home: url === undefined ? undefined : url + base,
    zone: text(settings.timezone),
    showsOwnZone: true,
    contentFolders: [source],
    publicFolders: [source],
    settings: { ...settings, baseurl: base, url: url ?? '' },
    authors: readData(files, [join(source, '_data/authors')]),
    defaultAuthor: settings.author,
    labelSeparator: /[\s,]+/,
    isSkipped: (path) =>
      excluded.includes(path) || /(?:^|\/)_(?:includes|layouts|sass|data|plugins)$/.test(path),
    defaultsOf: (path) => defaultsFor(path, settings, collections),
    // Folders above _posts.
    foldersAsCategories: (inside) =>
      inside
        .split('/_posts/')
        .slice(0, -1)
        .flatMap((above) => above.split('/')),
    placeOf,
    // jekyll-archives, and the theme of most sites.
    labelPaths: (kind, label) => {
      const name = slugify(label).toLowerCase();
      return kind === 'tag'
        ? [`${base}/tags/${name}/`, `${base}/tag/${name}/`]
        : [`${base}/categories/${name}/`, `${base}/category/${name}/`];
    },
    listPaths: () => [`${base}/blog/`],
    constructs: 'liquid',
  };

  function placeOf(page: Page): Placement | undefined {
    const { fields, inside } = page;
    const [, folder] = inPosts.exec(inside) ?? [];
    const collection = /^_([^/]+)\//.exec(inside)?.[1] ?? '';
    const isCollected = folder === undefined && collections.get(collection)?.output === true;
    if (folder === undefined && !isCollected) return /(?:^|\/)_/.test(inside) ? undefined : { kind: 'page' };
    const named = basename(inside, extname(inside)).replace(/^\d{4}-\d\d?-\d\d?-/, '');
    const slug = text(fields.slug) ?? named;
    const style =
      text(fields.permalink) ??
      text(table(collections.get(collection)).permalink) ??
      (isCollected ? '/:collection/:path:output_ext' : (text(settings.permalink) ?? 'date'));
    const path = fillPermalink(
      styles.get(style) ?? style,
      {
        ...{
          title: slugify(slug, "._~!$&'()+,;=@"),
          slug: slugify(slug).toLowerCase(),
          name: slugify(named).toLowerCase(),
        },
        ...{
          collection,
          path: inside.slice(collection.length + 2).replace(/\.[^.]*$/, ''),
          output_ext: '.html',
        },
        categories: page.categories.map((name) => name.toLowerCase()).join('/'),
        slugified_categories: page.categories.map((name) => slugify(name).toLowerCase()).join('/'),
      },
      page.date,
    );
    const isDraft = folder === 'drafts';
    const redirects = texts(fields.redirectfrom).map((from) => base + from.replace(/^(?=[^/])/, '/'));
    return {
      kind: 'article',
      addresses: [...(path === undefined || isDraft ? [] : [base + path]), ...redirects],
      slug,
      feedPath: path === undefined ? undefined : join(dirname(path), slug),
      isDraft,
      notes:
        path === undefined && page.date !== undefined && !isDraft
          ? [`how its address is made of "${style}" is not known`]
          : [],
    };
  }
}

/** Each run of signs that are no letters, digits or `kept` becomes a hyphen. */
function slugify(text: string, kept = ''): string {
  return text.replace(new RegExp(`[^\\p{M}\\p{L}\\p{Nd}${kept}]+`, 'gu'), '-').replace(/^-|-$/g, '');
}

function collectionsOf({ collections }: Fields): Map<string, Fields> {
  const named = Array.isArray(collections)
    ? texts(collections).map((name): [string, Fields] => [name, {}])
    : Object.entries(table(collections));
  return new Map(named.map(([name, value]) => [name, table(value)]));
}

/** What the settings say for a path; what is said for a longer one counts more. */
function defaultsFor(path: string, settings: Fields, collections: Map<string, Fields>): Fields {
  const type = inPosts.test(path)
    ? 'posts'
    : ([...collections.keys()].find((name) => path.startsWith(`_${name}/`)) ?? 'pages');
  const fitting = (Array.isArray(settings.defaults) ? settings.defaults : []).map(table).flatMap((each) => {
    const scope = table(each.scope);
    const folder = (text(scope.path) ?? '').replace(/^\/|\/$/g, '');
    const isWithin = folder === '' || path === folder || path.startsWith(`${folder}/`);
    return isWithin && [undefined, type].includes(text(scope.type))
      ? [{ folder, values: table(each.values) }]
      : [];
  });
  fitting.sort((one, other) => one.folder.length - other.folder.length);
  return Object.assign({}, ...fitting.map(({ values }) => values));
}
