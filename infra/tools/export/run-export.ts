import type {
  ListedJson,
  PictureJson,
  RedirectListJson,
  StatsJson,
  StoredJson,
} from '../../../functions/api/answers.ts';
import { parseArticleFile } from '../../../functions/article/article-file.ts';
import { InvalidFileError } from '../../../functions/article/fault.ts';
import type { Redirect } from '../../../functions/article/old-path.ts';
import type { Site } from '../../../functions/article/site.ts';
import type { RetryingClient } from '../api/retrying-client.ts';
import { problemFaults } from '../api/write-api.ts';
import { CommandError } from '../command.ts';
import type { ExportFolder } from './export-folder.ts';
import { exportArticle, exportErased } from './exported-article.ts';
import { exportSettings } from './site-file.ts';
import { wordPressFile } from './wordpress.ts';

export interface Export {
  api: RetryingClient;
  folder: ExportFolder;
  /** Former texts too. */
  versions: boolean;
  /** A file for WordPress too. */
  wxr: boolean;
  /** Is told how many of the articles are done. */
  show(done: number, total: number): void;
}

export interface Exported {
  counts: Record<'published' | 'draft' | 'gone' | 'pictures' | 'redirects' | 'requests', number>;
  /** What could not be written, each with the reason. */
  faults: string[];
}

const atOnce = 8;

/** Writes everything that the site has. What an earlier run has written of the same state is not asked for again. */
export async function runExport(run: Export): Promise<Exported> {
  const { api, folder } = run;
  const faults: string[] = [];
  const site: Site = JSON.parse((await ask(api, '/settings')).text);
  const [articles, views, pictures, redirects] = [
    await listAll<ListedJson>(api, '/articles'),
    new Map(
      (await listAll<StatsJson['items'][number]>(api, '/stats')).map(({ slug, views }) => [slug, views]),
    ),
    await listAll<PictureJson>(api, '/media'),
    await listRedirects(api),
  ];
  const names = new Map(pictures.map(({ path, name }) => [path, name]));
  await inParallel(articles, async (listed, done) => {
    try {
      await writeArticle(run, site, listed, { views: views.get(listed.slug) ?? 0, names });
    } catch (error) {
      if (!(error instanceof InvalidFileError)) throw error;
      faults.push(`${listed.slug} cannot be written as a content file: ${error.message}`);
    }
    run.show(done, articles.length);
    if (done % 100 === 0) folder.save();
  });
  const former = formerPictures(folder, new Set(pictures.map(({ name }) => name)));
  const wanted = [...pictures.map(({ name, path }) => ({ name, path })), ...former];
  await inParallel(wanted, async ({ name, path }) => {
    if (folder.isCurrent(`media/${name}`, path)) return;
    const { status, body } = await api.read(path);
    if (status === 200) folder.write(`media/${name}`, path, body);
    else faults.push(`the picture ${path} is not there`);
  });
  const more = [...folder.textsIn('articles')].flatMap(({ name, more }) =>
    more.map((alias) => ({ from: `/news/${alias}`, to: `/news/${name.slice(0, -'.md'.length)}` })),
  );
  const { text, requests } = exportSettings(site, [...redirects, ...more]);
  folder.write('site.yaml', '', text);
  for (const [index, body] of requests.entries()) folder.write(`redirects/${index + 1}.json`, '', body);
  if (run.wxr) await writeWordPress(run, site);
  folder.removeOthers();
  folder.save();
  const counted = (status: string) => articles.filter((article) => article.status === status).length;
  const counts = { published: counted('published'), draft: counted('draft'), gone: counted('gone') };
  return {
    counts: { ...counts, pictures: wanted.length, redirects: redirects.length, requests: requests.length },
    faults,
  };
}

async function writeArticle(
  { api, folder, versions }: Export,
  { authority }: Site,
  listed: ListedJson,
  known: { views: number; names: Map<string, string> },
): Promise<void> {
  const { slug, version, erasedAt } = listed;
  const path = `articles/${slug}.md`;
  const of = `version ${version}, ${known.views} views`;
  if (!folder.isCurrent(path, of)) {
    const answer = erasedAt ? undefined : await api.send('GET', `/articles/${slug}`);
    // Renamed or erased since it was listed: the next run tells.
    if (answer && [308, 404, 410].includes(answer.status)) return;
    if (answer && answer.status !== 200)
      throw new CommandError(`${slug} cannot be read: ${problemFaults(answer)[0]?.message}`);
    if (answer) {
      const { text, moreAliases } = exportArticle(JSON.parse(answer.text) as StoredJson, known);
      folder.write(path, of, text, moreAliases);
    } else {
      const { status } = await api.read(`/news/${slug}`);
      folder.write(path, of, exportErased(listed, { authority, wasPublic: status === 410 }));
    }
  }
  if (versions && !erasedAt) await writeVersions(api, folder, slug);
}

/** A former text never changes, and has the number of a write: those that are there are not asked for. */
async function writeVersions(api: RetryingClient, folder: ExportFolder, slug: string): Promise<void> {
  const answer = await api.send('GET', `/articles/${slug}/versions`);
  if (answer.status !== 200) return;
  for (const { n } of JSON.parse(answer.text).items as { n: number }[]) {
    const path = `versions/${slug}/${n}.json`;
    if (folder.isCurrent(path, `${n}`)) continue;
    const { status, text } = await api.send('GET', `/articles/${slug}/versions/${n}`);
    if (status === 200) folder.write(path, `${n}`, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  }
}

/** Of the article files as they are in the folder. */
async function writeWordPress({ api, folder }: Export, site: Site): Promise<void> {
  const { servers } = JSON.parse((await api.read('/openapi.json')).text);
  const posts = [...folder.textsIn('articles')].flatMap(({ name, text }) => {
    const slug = name.slice(0, -'.md'.length);
    const article = parseArticleFile(slug, Buffer.from(text));
    return 'removed' in article ? [] : [{ slug, article }];
  });
  const { title, timeZone, language, quotes } = site;
  const typography = quotes === 'straight' ? undefined : language;
  const pieces = wordPressFile({ baseUrl: servers[0].url, title, timeZone, language, typography }, posts);
  folder.write('wordpress.xml', '', [...pieces].join(''));
}

/** Pictures that texts show by the address of a content that has been replaced: they become files of that name. */
function formerPictures(folder: ExportFolder, known: Set<string>): { name: string; path: string }[] {
  const shown = new Set<string>();
  for (const { text } of folder.textsIn('articles'))
    for (const [, file = ''] of text.matchAll(/\/media\/([a-z0-9][a-z0-9._-]*-[0-9a-f]{16}\.[a-z0-9]+)/g))
      if (!known.has(file)) shown.add(file);
  return [...shown].map((name) => ({ name, path: `/media/${name}` }));
}

async function ask(api: RetryingClient, path: string) {
  const answer = await api.send('GET', path);
  if (answer.status === 200) return answer;
  throw new CommandError(`${path} cannot be read: ${problemFaults(answer)[0]?.message}`);
}

async function listAll<Item>(api: RetryingClient, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of api.pages<{ items: Item[] }>('GET', path, `${path} cannot be read`))
    items.push(...page.items);
  return items;
}

async function listRedirects(api: RetryingClient): Promise<Redirect[]> {
  const redirects: Redirect[] = [];
  for await (const page of api.pages<RedirectListJson>('GET', '/redirects', 'The redirects cannot be read'))
    redirects.push(...page.redirects);
  return redirects;
}

/** `work` is told how many are done with this one. */
async function inParallel<Item>(
  items: Item[],
  work: (item: Item, done: number) => Promise<void>,
): Promise<void> {
  let done = 0;
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item, ++done);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
