import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parse, serialize } from 'parse5';
import { findTooManyOpenTags } from '../../../../functions/article/clean-html.ts';
import { canonicalLanguage } from '../../../../functions/article/fields.ts';
import { CommandError } from '../../command.ts';
import { fitFields, type ToldFields } from '../fit-fields.ts';
import { readWrittenDate } from '../markdown/written-date.ts';
import type { LeftOut, OldArticle, OldSite, ReadOptions } from '../old-site.ts';
import { slugInAddress } from '../slug-in-address.ts';
import { PageAddresses } from './addresses.ts';
import { blocksOfText, type Element, oneLine, textOf } from './blocks.ts';
import { decodePage } from './decode-page.ts';
import { findDateLine, readNewsForm } from './news-form.ts';
import { findNewsForm } from './scope.ts';
import { attribute, descendants, readStructured } from './structured.ts';

const pageFile = /\.(?:html?|txt)$/i;
// As nothing else can become an article.
const maxBytes = 8_000_000;

interface Found extends ToldFields {
  date: string | undefined;
  updated?: string | undefined;
}

/** Whether it is a page or a file of plain text, or a folder that holds some. */
export function isPages(path: string): boolean {
  return pageFile.test(path) || (statSync(path).isDirectory() && namesBelow(path).length > 0);
}

/**
 * Saved pages, which have a line of date and source above their text, or say to machines that they are articles, and plain text of the first
 * form. Throws CommandError.
 */
export async function readPages(path: string, { home, zone }: ReadOptions): Promise<OldSite> {
  const isFolder = statSync(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const names = isFolder ? namesBelow(path) : [basename(path)];
  if (home !== undefined && !URL.canParse(home))
    throw new CommandError(`${home} is no address of a home page`);
  return {
    system: 'HTML pages',
    home,
    folder: realpathSync.native(folder),
    async *entries() {
      for (const name of names) yield readPage({ folder, name, home, zone });
    },
  };
}

/** Browsers save what belongs to a page in a folder beside it. */
function namesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pageFile.test(name) && !/(?:^|[\\/])\.|_files[\\/]/.test(name))
    .sort();
}

function readPage({
  folder,
  name,
  home,
  zone,
}: { folder: string; name: string } & ReadOptions): OldArticle | LeftOut {
  const leftOut = (what: string, reason: string): LeftOut => ({
    kind: 'left-out',
    place: name,
    what,
    reason,
  });
  const file = join(folder, name);
  if (statSync(file).size > maxBytes) return leftOut('a page', 'it is larger than 8 MB');
  const text = decodePage(readFileSync(file));
  const isText = extname(name).toLowerCase() === '.txt';
  const tooOpen = isText ? undefined : findTooManyOpenTags(text);
  if (tooOpen) return leftOut('a page', `it ${tooOpen}`);
  const html = isText ? undefined : [...descendantsOf(text)][0];
  const addresses = new PageAddresses({ html, text, folder, path: name, home });
  const found = html ? foundIn(html, addresses) : foundInText(text);
  if (found === undefined)
    return leftOut(
      'a page',
      'it has no line with a date and a source, and does not say that it is an article',
    );
  const { date, updated, ...told } = found;
  const published = date === undefined ? {} : readWrittenDate(date, zone);
  if (published.fault !== undefined)
    return leftOut(`article ${JSON.stringify(told.title ?? name)}`, published.fault);
  const { fields, notes } = fitFields({
    ...told,
    publishedAt: published.date?.iso,
    updatedAt: updated === undefined ? undefined : readWrittenDate(updated, zone).date?.iso,
    draft: date === undefined || undefined,
  });
  return {
    kind: 'article',
    place: name,
    slug: isText ? undefined : slugInAddress(addresses.own[0] ?? ''),
    addresses: isText ? [] : addresses.own,
    fields,
    notes: [...(date === undefined ? ['a draft: the page tells no date'] : []), ...notes],
  };
}

function* descendantsOf(text: string): Generator<Element> {
  for (const node of parse(text).childNodes) if (node.nodeName === 'html') yield node as Element;
}

function foundInText(text: string): Found | undefined {
  const blocks = blocksOfText(text);
  const at = findDateLine(blocks);
  return at < 0 ? undefined : { ...readNewsForm(blocks, at, '') };
}

function foundIn(html: Element, addresses: PageAddresses): Found | undefined {
  const elements = [...descendants(html)];
  const body = elements.find(({ nodeName }) => nodeName === 'body');
  const title = elements.find(({ nodeName }) => nodeName === 'title');
  const language = canonicalLanguage(attribute(html.attrs, 'lang') ?? '');
  if (body) addresses.resolveIn(body);
  const form = body && findNewsForm(body);
  if (form) return { ...readNewsForm(form.blocks, form.at, title ? oneLine(textOf(title)) : ''), language };
  const structured = readStructured(html);
  if (structured === undefined) return undefined;
  const { published, body: article, image, ...told } = structured;
  return {
    ...told,
    language,
    date: published,
    html: serialize(article),
    image: image === undefined ? undefined : { url: addresses.resolve(image, true) },
  };
}
