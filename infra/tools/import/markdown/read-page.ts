import { basename } from 'node:path/posix';
import { zonedTime } from '../../../../functions/article/calendar.ts';
import { normalized, table, text, texts } from './field-values.ts';
import { type Fields, splitFrontMatter } from './front-matter.ts';
import type { MarkdownSystem, Page } from './system.ts';
import { readWrittenDate } from './written-date.ts';

const dateNames = [
  'date',
  'pubdate',
  'pubdatetime',
  'publishdate',
  'published',
  'publishedat',
  'publisheddate',
  'publicationdate',
  'datepublished',
  'created',
  'createdat',
];

/** Throws InvalidFileError. A date that cannot be read is a fault of the page. */
export function readPage(
  { path, inside, written }: { path: string; inside: string; written: string },
  system: MarkdownSystem,
): Page & { fault?: string | undefined; hasFrontMatter: boolean } {
  const { fields: own, body, hasFrontMatter } = splitFrontMatter(written);
  const fields = normalized({ ...system.defaultsOf?.(inside), ...own });
  const categories = [
    ...(system.foldersAsCategories?.(inside) ?? []),
    ...texts(fields.category),
    ...labelsIn(fields.categories, system),
  ];
  return {
    path,
    inside,
    fields,
    body,
    hasFrontMatter,
    categories: [...new Map(categories.map((name) => [name.toLowerCase(), name])).values()],
    ...dateOf(fields, inside, system),
  };
}

/** That of the fields, else of the file's name. What is shown later than it is dated has the later date. */
function dateOf(fields: Fields, inside: string, { zone, showsOwnZone }: MarkdownSystem) {
  const [, inName] = /(?:^|\/)(\d{4}-\d\d?-\d\d?)(?=[-_./])/.exec(inside) ?? [];
  const written = dateNames.map((name) => fields[name]).find((value) => /\d/.test(text(value) ?? ''));
  if (written === undefined && inName === undefined) return {};
  const { date: first, fault } = readWrittenDate(written ?? inName, zone);
  const second =
    text(fields.publishdate) === undefined ? undefined : readWrittenDate(fields.publishdate, zone).date;
  const date = first && second && second.iso > first.iso ? second : first;
  if (date === undefined || !showsOwnZone || zone === undefined) return { fault, date };
  return { date: { ...date, local: zonedTime(date.iso, zone).slice(0, 'YYYY-MM-DDTHH:MM:SS'.length) } };
}

export function labelsIn(value: unknown, { labelSeparator }: MarkdownSystem): string[] {
  return typeof value === 'string' ? texts(value.split(labelSeparator)) : texts(value);
}

export function tagsOf({ fields }: Page, system: MarkdownSystem): string[] {
  const tags = [
    ...texts(fields.tag),
    ...labelsIn(fields.tags ?? fields.keywords, system),
    ...labelsIn(fields.series, system),
  ];
  return tags.filter((tag) => !system.ignoredTags?.includes(tag));
}

export function authorsOf({ fields }: Page, system: MarkdownSystem): string[] {
  const named = [fields.authors ?? fields.author ?? fields.byline ?? system.defaultAuthor].flat();
  return named.flatMap((author) => {
    const key = text(author);
    const known = table(key === undefined ? author : system.authors?.[key]);
    const name =
      text(known.name) ??
      text(known.display_name) ??
      text(known.title) ??
      text(system.authors?.[key ?? '']) ??
      key;
    return name === undefined ? [] : [name];
  });
}

/** Where the title is missing: what the first heading says, or else the file's name. */
export function titleOf({ fields, body, inside }: Page): string | undefined {
  const title = text(fields.title) ?? text(fields.headline);
  if (title !== undefined) return title;
  const [, heading] = /^#{1,2}[ \t]+(.+?)[ \t#]*$/m.exec(body) ?? [];
  const name = basename(inside)
    .replace(/\.[^.]*$/, '')
    .replace(/^\d{4}-\d\d?-\d\d?-/, '');
  return (
    heading?.replace(/[*_`]/g, '') ??
    (name === 'index'
      ? undefined
      : name.replace(/[-_]+/g, ' ').replace(/^\p{L}/u, (letter) => letter.toUpperCase()))
  );
}
