import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { streamPath } from '../../../../functions/article/addresses.ts';
import { InvalidFileError } from '../../../../functions/article/fault.ts';
import { labelName } from '../../../../functions/article/stream-name.ts';
import { CommandError } from '../../command.ts';
import { ChangeNotes } from '../change-notes.ts';
import { fitFields } from '../fit-fields.ts';
import type { LeftOut, OldArticle, OldEntry, OldSite, ReadOptions } from '../old-site.ts';
import { fieldsOf, leadPictureOf } from './article-fields.ts';
import { writeBody } from './body.ts';
import { Links } from './links.ts';
import { contentFiles, openProject } from './open-project.ts';
import type { ProjectFiles } from './project-files.ts';
import { labelsIn, readPage, tagsOf } from './read-page.ts';
import { type ArticlePlacement, homeIn, type MarkdownSystem, type Page } from './system.ts';

type Found = Page & { placement: ArticlePlacement };

/** Whether the folder is a project of one of these systems, or its content, or holds Markdown files. */
export function isMarkdownFolder(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return false;
  const { files, system } = openProject(path);
  // Pages that a browser saved are not meant.
  for (const { path } of contentFiles(files, system))
    if (system.name !== 'Markdown files' || extname(path) !== '.html') return true;
  return false;
}

/** A project of Hugo, Jekyll, Eleventy or Astro, its folder of content, or a folder of Markdown files. Throws CommandError. */
export async function readMarkdownFolder(path: string, options: ReadOptions): Promise<OldSite> {
  const { files, system: found } = openProject(path);
  if (files.has('site.yaml') && files.has('articles'))
    throw new CommandError(
      `${path} is a folder of content already: give it as CONTENT_DIR to npm start or a deployment`,
    );
  const home = homeIn(options.home) ?? found.home;
  const system = { ...found, home, zone: options.zone ?? found.zone };
  return { system: system.name, home, folder: files.root, entries: () => entriesOf(files, system) };
}

async function* entriesOf(files: ProjectFiles, system: MarkdownSystem): AsyncGenerator<OldEntry> {
  const links = new Links(files, system);
  const articles: { path: string; inside: string }[] = [];
  const labels = new Map<string, string>();
  for (const file of contentFiles(files, system)) {
    const found = read(files, file, system);
    if (found === undefined) continue;
    if ('kind' in found) {
      yield found;
      continue;
    }
    const [address] = found.placement.addresses;
    if (address !== undefined) links.add(file.path, address);
    articles.push(file);
  }
  const shown = new Set<string>();
  let hadFeed = false;
  const now = new Date().toISOString();
  for (const file of articles) {
    const page = read(files, file, system);
    if (page === undefined || 'kind' in page) continue;
    hadFeed ||= page.placement.feedPath !== undefined;
    const article = articleOf(page, { system, links, now });
    yield article;
    for (const [url, address] of links.pictures) {
      if (!shown.has(url)) yield { kind: 'picture', place: file.path, url, addresses: [address] };
      shown.add(url);
    }
    noteLabels(labels, page, article, system);
  }
  if (hadFeed && system.home === undefined)
    yield {
      kind: 'left-out',
      place: 'the whole project',
      what: 'guids, by which readers of its feed know the articles',
      reason: 'nothing tells where it was: say --home',
    };
  for (const path of system.listPaths())
    yield { kind: 'address', place: path, from: path, to: /\.(?:xml|json)$/.test(path) ? '/rss.xml' : '/' };
  for (const [from, to] of labels) yield { kind: 'address', place: from, from, to };
}

/** Undefined for a file that is none of the site's content. */
function read(
  files: ProjectFiles,
  { path, inside }: { path: string; inside: string },
  system: MarkdownSystem,
): Found | LeftOut | undefined {
  const leftOut = (what: string, reason: string): LeftOut => ({
    kind: 'left-out',
    place: path,
    what,
    reason,
  });
  try {
    const page = readPage({ path, inside, written: files.text(path) }, system);
    // A page of HTML as it is, or a part of the design.
    if (extname(path) === '.html' && !page.hasFrontMatter) return undefined;
    const placement = system.placeOf(page);
    if (placement === undefined) return undefined;
    const title = typeof page.fields.title === 'string' ? page.fields.title : basename(path);
    if (placement.kind === 'list' && page.body.trim() === '') return undefined;
    if (placement.kind !== 'article')
      return placement.kind === 'page'
        ? leftOut(`page "${title}"`, 'Newswire has no pages of its own yet')
        : leftOut(`text of the list "${title}"`, 'lists have no texts of their own');
    if (page.fault !== undefined) return leftOut(`article "${title}"`, page.fault);
    return { ...page, placement };
  } catch (error) {
    if (!(error instanceof InvalidFileError)) throw error;
    const [{ line, message } = { line: 1, message: '' }] = error.faults;
    return { ...leftOut('article', message), place: `${path}:${line}` };
  }
}

function articleOf(
  page: Found,
  { system, links, now }: { system: MarkdownSystem; links: Links; now: string },
): OldArticle {
  const { placement, path } = page;
  const [address] = placement.addresses;
  const changes = new ChangeNotes();
  const note = (line: string) => changes.add(line);
  for (const line of placement.notes ?? []) note(line);
  const isHtml = extname(path) === '.html';
  const body = writeBody({ page, system, links, isHtml, note }, address);
  const lead = leadPictureOf(page) ?? (placement.picture ? { written: placement.picture } : undefined);
  const url = lead && links.resolve(lead.written, page, address, note);
  const isUsable = url !== undefined && /^(?:file|https?):/.test(url);
  const told = fieldsOf(page, system, now, note);
  const { feedPath } = placement;
  const { fields, notes } = fitFields({
    ...told,
    language: told.language ?? placement.language,
    [isHtml ? 'html' : 'markdown']: body,
    image:
      lead && isUsable
        ? { url, alt: lead.alt, caption: lead.caption, ...(lead.credit && { credit: lead.credit }) }
        : undefined,
    draft: placement.isDraft || told.draft,
    guid:
      system.home !== undefined && feedPath !== undefined ? new URL(system.home + feedPath).href : undefined,
  });
  return {
    kind: 'article',
    place: path,
    slug: placement.slug,
    addresses: placement.addresses,
    fields,
    notes: [...notes, ...changes.lines()],
  };
}

/** Where the pages of its labels were, and where ours are. */
function noteLabels(
  labels: Map<string, string>,
  page: Found,
  { fields }: OldArticle,
  system: MarkdownSystem,
): void {
  const category = labelName(String(fields.category ?? ''));
  const written = [
    ...page.categories.map((label) => ['category', label] as const),
    ...tagsOf(page, system).map((label) => ['tag', label] as const),
    ...labelsIn(page.fields.series, system).map((label) => ['series', label] as const),
  ];
  for (const [kind, label] of written) {
    const name = labelName(label);
    if (name === '') continue;
    const isCategory = kind === 'category' && name === category;
    const to = streamPath(`${isCategory ? 'category' : 'tag'}/${name}`);
    // What is the category of one article may be the tag of another that has several.
    for (const path of system.labelPaths(kind, label))
      if (isCategory || !labels.has(path)) labels.set(path, path.endsWith('.xml') ? `${to}/rss.xml` : to);
  }
}
