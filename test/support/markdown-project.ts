import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMarkdownFolder } from '../../infra/tools/import/markdown/read-markdown-folder.ts';
import type {
  LeftOut,
  OldAddress,
  OldArticle,
  OldEntry,
  OldPicture,
  ReadOptions,
} from '../../infra/tools/import/old-site.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { entriesOf } from './old-site.ts';

export interface Told {
  system: string;
  home: string | undefined;
  /** By their places. `file:///site` is the project's folder. */
  articles: Map<string, OldArticle>;
  pictures: OldPicture[];
  leftOut: LeftOut[];
  /** Where old addresses that are no article's lead. */
  addresses: Record<string, string>;
}

/** What is told of a made project of test/fixtures/moving-in, or of a folder of its own. */
export async function readProject(name: string, options: ReadOptions = {}): Promise<Told> {
  const folder = join(import.meta.dirname, '../fixtures/moving-in', name);
  const site = await readMarkdownFolder(name.startsWith('/') ? name : folder, options);
  const root = pathToFileURL(name.startsWith('/') ? name : folder).href;
  const told = JSON.stringify(await entriesOf(site));
  const entries: OldEntry[] = JSON.parse(told.replaceAll(root, 'file:///site'));
  return {
    system: site.system,
    home: site.home,
    articles: new Map(
      entries.filter((entry) => entry.kind === 'article').map((entry) => [entry.place, entry]),
    ),
    pictures: entries.filter((entry) => entry.kind === 'picture'),
    leftOut: entries.filter((entry) => entry.kind === 'left-out'),
    addresses: Object.fromEntries(
      entries
        .filter((entry): entry is OldAddress => entry.kind === 'address')
        .map(({ from, to }) => [from, to]),
    ),
  };
}

/** A folder of these files, by their paths. */
export function writeProject(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The text that a Markdown file of a project becomes, and what is noted of it. */
export async function readText(
  system: Record<string, string>,
  path: string,
  text: string,
  fields = 'date: 2020-01-01T10:00:00Z',
): Promise<{ text: string; notes: string[] }> {
  const folder = writeProject({ ...system, [path]: `---\ntitle: Lamp\n${fields}\n---\n${text}` });
  const { articles, leftOut } = await readProject(folder);
  const article = articles.get(path);
  if (!article) throw new Error(`It is no article: ${JSON.stringify(leftOut)}`);
  const { markdown, html } = article.fields;
  return { text: String(markdown ?? html), notes: article.notes };
}
