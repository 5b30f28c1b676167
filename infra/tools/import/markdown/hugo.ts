import { basename, dirname } from 'node:path/posix';
import { lowered, readData, readDataFile, table, text, texts } from './field-values.ts';
import type { Fields } from './front-matter.ts';
import { fillPermalink, urlName } from './permalink.ts';
import type { ProjectFiles } from './project-files.ts';
import { homeIn, type MarkdownSystem, type Page, type Placement, pathOfHome } from './system.ts';

const settingsFiles = ['hugo', 'config'];
const settingsFolder = 'config/_default';

// As usual themes find it in a bundle.
const leadFile = /^(?:cover|featured?|thumbnail)(?:[-_.][\w-]*)?\.(?:png|jpe?g|gif|webp|avif)$/i;

export function isHugo(files: ProjectFiles): boolean {
  const names = files.names('.').filter((name) => /^(?:hugo|config)\.(?:toml|ya?ml|json)$/.test(name));
  return names.length > 0 || files.names(settingsFolder).length > 0;
}

export function hugo(files: ProjectFiles): MarkdownSystem {
  const settings = readSettings(files);
  const languages = lowered(table(settings.languages));
  const mainLanguage = text(settings.defaultcontentlanguage)?.toLowerCase() ?? 'en';
  const folderOf = (language: string) => text(lowered(table(languages[language])).contentdir);
  const mainFolder = text(settings.contentdir) ?? 'content';
  const folders = [...Object.keys(languages).map(folderOf), mainFolder].filter(
    (folder) => folder !== undefined,
  );
  const home = homeIn(settings.baseurl);
  const base = pathOfHome(home);
  const taxonomies = settings.taxonomies
    ? table(settings.taxonomies)
    : { category: 'categories', tag: 'tags' };
  const dateSources = texts(table(settings.frontmatter).date);
  const sections = new Set<string>();

  return {
    name: 'Hugo',
    home,
    zone: text(settings.timezone) ?? 'UTC',
    // A language's folder may lie in the main one.
    contentFolders: [...new Set(folders)].sort((one, other) => other.length - one.length),
    publicFolders: ['static', ...texts(settings.staticdir)],
    pictureFolders: ['assets'],
    settings: { ...settings, ...table(settings.params) },
    authors: readData(files, ['data/authors']),
    labelSeparator: /,/,
    isSkipped: (path) => /(?:^|\/)node_modules$/.test(path),
    placeOf,
    labelPaths(kind, label) {
      const folder = text(taxonomies[kind]);
      return folder === undefined
        ? []
        : ['', 'index.xml'].map((file) => `${base}/${folder}/${urlName(label)}/${file}`);
    },
    listPaths: () =>
      [...sections].flatMap((section) => ['', 'index.xml'].map((file) => `${base}/${section}/${file}`)),
    constructs: 'shortcodes',
  };

  function placeOf(page: Page): Placement | undefined {
    const { fields } = page;
    if (fields.headless === true || isOfBundle(page)) return undefined;
    const { folder, name, language } = partsOf(page);
    if (name === '_index') return { kind: 'list' };
    const [section = ''] = folder.split('/');
    const type = text(fields.type) ?? section;
    if (type === '' || /^pages?$/.test(type)) return { kind: 'page' };
    if (section !== '') sections.add(urlName(section));
    const isBelow = language !== mainLanguage || settings.defaultcontentlanguageinsubdir === true;
    const prefix = isBelow ? `${base}/${language}` : base;
    const permalinks = table(settings.permalinks);
    const template = text(lowered({ ...permalinks, ...table(permalinks.page) })[section.toLowerCase()]);
    const usual = `/${folder}/${text(fields.slug) ?? name}/`;
    const filled =
      template && fillPermalink(withSections(template, folder), partsOfName(page, folder, name), page.date);
    const path = urlName((filled || usual).replace(/\/{2,}/g, '/'));
    const url = text(fields.url);
    const usualAddress = prefix + (settings.uglyurls === true ? path.replace(/\/?$/, '.html') : path);
    const address = url === undefined ? usualAddress : url.startsWith('/') ? base + url : `${prefix}/${url}`;
    const aliases = texts(fields.aliases).map((alias) =>
      alias.startsWith('/') ? base + alias : `${prefix}/${folder}/${alias}`,
    );
    return {
      kind: 'article',
      addresses: [address, ...aliases],
      slug: text(fields.slug) ?? name,
      picture: basename(page.inside).startsWith('index.')
        ? files.names(dirname(page.path)).find((each) => leadFile.test(each))
        : undefined,
      language: language === mainLanguage ? undefined : language,
      feedPath: address.slice(base.length),
      notes: template && !filled ? [`how its address is made of "${template}" is not known`] : [],
    };
  }

  /** What lies beside or below the index of a bundle is a part of that article. */
  function isOfBundle({ path, inside }: Page): boolean {
    const top = path.slice(0, path.length - inside.length);
    for (let folder = parent(inside); folder !== ''; folder = parent(folder)) {
      const index = `${top}${folder}/index.md`;
      if (path !== index && !/\/index\.[a-z-]+\.md$/i.test(path) && files.has(index)) return true;
    }
    return false;
  }

  /** The name of a bundle is its folder's; a language may stand before the ending. */
  function partsOf({ path, inside }: Page): { folder: string; name: string; language: string } {
    const [, stem = '', suffix] = /^(.*?)(?:\.([a-z-]+))?\.[^.]*$/i.exec(basename(inside)) ?? [];
    const named = suffix !== undefined && Object.hasOwn(languages, suffix.toLowerCase());
    const folderLanguage = Object.keys(languages).find((each) => path.startsWith(`${folderOf(each)}/`));
    const language = named ? suffix.toLowerCase() : (folderLanguage ?? mainLanguage);
    const written = named || suffix === undefined ? stem : `${stem}.${suffix}`;
    const folder = parent(inside);
    const isBundle = written === 'index' && folder !== '';
    const name = isBundle ? basename(folder) : written;
    return {
      folder: isBundle ? parent(folder) : folder,
      name: dateSources.includes(':filename') ? name.replace(/^\d{4}-\d\d-\d\d-/, '') : name,
      language,
    };
  }
}

function partsOfName({ fields }: Page, folder: string, name: string): Record<string, string> {
  const title = text(fields.title) ?? name;
  const slug = text(fields.slug);
  const [section = ''] = folder.split('/');
  return {
    ...{
      section,
      sections: folder,
      title: urlName(title).replace(/\//g, '-'),
      slug: slug ?? urlName(title).replace(/\//g, '-'),
    },
    ...{
      filename: name,
      contentbasename: name,
      slugorfilename: slug ?? name,
      slugorcontentbasename: slug ?? name,
    },
  };
}

/** :sections[1:], :sections[last] */
function withSections(template: string, folder: string): string {
  return template.replace(/:sections\[(\w*)(:?)(\w*)\]/g, (_, from: string, colon: string, to: string) => {
    const sections = folder.split('/');
    const at = (index: string, usual: number) =>
      index === 'last' ? sections.length - 1 : index === '' ? usual : Number(index);
    const start = at(from, 0);
    return sections.slice(start, colon ? at(to, sections.length) : start + 1).join('/');
  });
}

function parent(path: string): string {
  return dirname(path) === '.' ? '' : dirname(path);
}

/** Of one file, or of a folder with a file for each part of the settings. */
function readSettings(files: ProjectFiles): Fields {
  const parts = files
    .names(settingsFolder)
    .filter((name) => /\.(?:toml|ya?ml|json)$/.test(name))
    .map((name): [string, Fields] => [
      name.replace(/\..*/, '').toLowerCase(),
      readDataFile(files, `${settingsFolder}/${name}`),
    ]);
  const whole = parts.filter(([name]) => settingsFiles.includes(name)).map(([, fields]) => fields);
  const named = Object.fromEntries(parts.filter(([name]) => !settingsFiles.includes(name)));
  return lowered(Object.assign({}, ...whole, named, readData(files, settingsFiles)));
}
