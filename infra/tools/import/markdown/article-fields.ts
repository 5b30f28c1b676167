import { canonicalLanguage, httpUrl } from '../../../../functions/article/fields.ts';
import { plainText } from '../../../../functions/pull/feed-html.ts';
import type { ToldFields } from '../fit-fields.ts';
import { table, text } from './field-values.ts';
import type { Fields } from './front-matter.ts';
import { authorsOf, tagsOf, titleOf } from './read-page.ts';
import type { MarkdownSystem, Page } from './system.ts';
import { readWrittenDate } from './written-date.ts';

const updateNames = [
  'lastmod',
  'updated',
  'updateddate',
  'updatedat',
  'lastmodifiedat',
  'lastmodified',
  'modified',
  'moddate',
  'moddatetime',
  'datemodified',
  'dateupdated',
];
const summaryNames = [
  'summary',
  'description',
  'excerpt',
  'subtitle',
  'deck',
  'dek',
  'lead',
  'intro',
  'teaser',
];
const pictureNames = [
  ...[
    'image',
    'images',
    'cover',
    'coverimage',
    'featuredimage',
    'featureimage',
    'featured',
    'heroimage',
    'hero',
  ],
  ...[
    'thumbnail',
    'thumb',
    'banner',
    'picture',
    'photo',
    'header',
    'img',
    'ogimage',
    'socialimage',
    'shareimage',
  ],
];
const readNames = new Set([
  ...[
    ...updateNames,
    ...pictureNames,
    'title',
    'headline',
    'linktitle',
    'shorttitle',
    'seotitle',
    'metatitle',
  ],
  ...[
    'seodescription',
    'metadescription',
    'ogdescription',
    'imageprompt',
    'alt',
    'imagealt',
    'coveralt',
    'caption',
  ],
  ...['imagecaption', 'imagecredit', 'keywords', 'tags', 'categories', 'authors', 'author'],
]);

/** What a page's front matter says, in the words of a write request; the text and the lead picture apart. */
export function fieldsOf(
  page: Page,
  system: MarkdownSystem,
  now: string,
  note: (line: string) => void,
): ToldFields {
  const { fields, date } = page;
  const moment = (names: string[]) => {
    const written = names.map((name) => fields[name]).find((value) => /\d/.test(text(value) ?? ''));
    if (written === undefined) return undefined;
    const { date: read, fault } = readWrittenDate(written, system.zone);
    if (fault !== undefined) note(`${fault}, and is left out`);
    return read?.iso;
  };
  const expiry = moment(['expirydate', 'expires', 'unpublishdate']);
  const isExpired = expiry !== undefined && expiry < now;
  if (isExpired) note('it has expired, and is a draft now');
  const isDraft =
    isExpired ||
    /^true$/i.test(String(fields.draft ?? fields.isdraft)) ||
    /^false$/i.test(String(fields.published));
  if (date === undefined && !isDraft) note('it has no date, and is a draft now');
  const title = titleOf(page);
  if (title !== undefined && text(fields.title) === undefined) note(`it has no title: "${title}" is one`);
  const summaries = summaryNames.filter((name) => text(fields[name]) !== undefined);
  noteUnread(fields, summaries.slice(1), note);
  const language = text(fields.lang) ?? text(fields.language) ?? text(fields.locale);
  const original = [fields.canonicalurl, fields.canonical, fields.original, fields.originalurl]
    .map(text)
    .find((url) => httpUrl.safeParse(url).success);
  return {
    title,
    summary: summaries[0] && plainText(text(fields[summaries[0]]) ?? ''),
    publishedAt: date?.iso,
    updatedAt: moment(updateNames),
    authors: authorsOf(page, system),
    categories: page.categories,
    tags: tagsOf(page, system),
    language: language && (canonicalLanguage(language.replace('_', '-')) ?? language),
    original:
      original !== undefined && system.home !== undefined && original.startsWith(system.home)
        ? undefined
        : original,
    views:
      typeof fields.views === 'number' && Number.isSafeInteger(fields.views) && fields.views >= 0
        ? fields.views
        : undefined,
    draft: isDraft || date === undefined ? true : undefined,
  };
}

/** Fields that nothing is made of are not named, but for those in which somebody wrote sentences. */
function noteUnread(fields: Fields, unused: string[], note: (line: string) => void): void {
  for (const [name, value] of Object.entries(fields)) {
    const isRead = readNames.has(name) || (summaryNames.includes(name) && !unused.includes(name));
    const words = typeof value === 'string' && !/^https?:/.test(value) ? value.trim().split(/\s+/).length : 0;
    if (!isRead && words >= 8)
      note(`the field "${name}" is left out: ${(value as string).trim().slice(0, 80)}`);
  }
}

export interface LeadPicture {
  written: string;
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
}

/** The picture that the front matter names, in whichever of the usual fields. */
export function leadPictureOf({ fields }: Page): LeadPicture | undefined {
  const seen = pictureNames
    .flatMap((name) => [fields[name]].flat().slice(0, 1))
    .filter((value) => value !== false);
  for (const value of seen) {
    const told = table(value);
    const written =
      text(value) ??
      ['image', 'url', 'src', 'path', 'file', 'feature', 'teaser', 'overlay_image', 'og_image']
        .map((name) => text(told[name]))
        .find(Boolean);
    if (written === undefined || !/[./]/.test(written)) continue;
    return {
      written,
      alt:
        text(told.alt) ??
        ['imagealt', 'coveralt', 'coverimagealt', 'heroimagealt', 'featuredimagealt', 'thumbnailalt', 'alt']
          .map((name) => text(fields[name]))
          .find(Boolean),
      caption:
        text(told.caption) ??
        text(told.image_description) ??
        text(fields.imagecaption) ??
        text(fields.caption),
      credit: text(told.credit) ?? text(fields.imagecredit),
    };
  }
  return undefined;
}
