import * as z from 'zod';
import { isIri, maxSlugLength, slugPattern } from './article.ts';
import { faultsOf, InvalidArticleError } from './fault.ts';
import { canonicalLanguage, languagePattern } from './language.ts';
import { requireModest } from './modest.ts';
import { labelName } from './stream-name.ts';
import { textBlock, textLine } from './text.ts';
import { writtenAsUri } from './uri.ts';
import { writtenTime } from './written-time.ts';

const slug = z
  .string({ error: 'must be text' })
  .max(maxSlugLength, `has more than ${maxSlugLength} characters`)
  .regex(slugPattern, 'must be lower-case letters and digits, joined by single hyphens');

function slugs(most: number) {
  return z
    .array(slug, 'must be a list')
    .max(most, `has more than ${most} slugs`)
    .transform((named) => [...new Set(named)]);
}

const label = textLine(60).refine((text) => labelName(text) !== '', 'needs at least one letter or digit');

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2048, 'has more than 2,048 characters')
  .transform(writtenAsUri);

const imageAddress = 'must be an http or https address, or /media/ and a file name';
const mediaPath = z.string().regex(/^\/media\/[a-z0-9][a-z0-9._-]*$/, imageAddress);

const languageTag = 'must be a language tag such as en or zh-CN';
const language = z
  .string({ error: 'must be text' })
  .max(100, 'has more than 100 characters')
  .regex(languagePattern, languageTag)
  .transform((tag, context) => {
    const canonical = canonicalLanguage(tag);
    if (canonical === undefined) context.addIssue({ code: 'custom', message: languageTag });
    return canonical ?? tag;
  });

// z.int would end the parse at 1.5, and with it the list of faults.
const count = z
  .number({ error: 'must be a whole number' })
  .refine(Number.isSafeInteger, 'must be a whole number')
  .min(0, 'must not be negative');

const source = z.strictObject({ name: label, url: url.optional(), credit: textLine(300).optional() });

const image = z.strictObject({
  url: z.union([mediaPath, url], { error: imageAddress }),
  alt: textLine(500).optional(),
  width: count.optional(),
  height: count.optional(),
  type: z
    .string({ error: 'must be text' })
    .max(100, 'has more than 100 characters')
    .regex(/^image\/[a-z0-9.+-]+$/, 'must be an image type such as image/png')
    .optional(),
  length: count.optional(),
});

// Runs beside the fields' own checks, so that one answer lists every fault: a field may still hold anything here.
const always = { when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null };

function articleFields(dateZone?: string) {
  return z.strictObject({
    title: textLine(300),
    markdown: textBlock().optional(),
    html: textBlock().optional(),
    text: textBlock().optional(),
    id: textLine(500)
      .refine(isIri, 'must be an absolute IRI, such as tag:news.example.com,2026-01-31:slug')
      .optional(),
    summary: textLine(1000).optional(),
    publishedAt: writtenTime(dateZone).optional(),
    updatedAt: writtenTime(dateZone).optional(),
    language: language.optional(),
    source: source.optional(),
    authors: z.array(textLine(100), 'must be a list').max(20, 'has more than 20 names').default([]),
    category: label.optional(),
    tags: z
      .array(label, 'must be a list')
      .max(20, 'has more than 20 tags')
      .transform((tags) => {
        const names = tags.map(labelName);
        return tags.filter((_, index) => names.indexOf(names[index] ?? '') === index);
      })
      .default([]),
    image: image.optional(),
    views: count.max(1e12, 'is too large').optional(),
    guid: textLine(1000).optional(),
    aliases: slugs(10).default([]),
    translations: slugs(20).optional(),
    draft: z.boolean({ error: 'must be true or false' }).default(false),
  });
}

function articleInputIn(dateZone?: string) {
  return articleFields(dateZone)
    .refine(
      ({ markdown, html, text }) => [markdown, html, text].filter((body) => body !== undefined).length === 1,
      { ...always, error: 'needs exactly one of markdown, html and text' },
    )
    .refine((input) => !(timeOf(input.updatedAt) < timeOf(input.publishedAt)), {
      ...always,
      path: ['updatedAt'],
      error: 'must not lie before publishedAt',
    });
}

/** The body of a write request, and the front matter of a content file with the Markdown beside it. */
export const articleInput = articleInputIn();

export type ArticleInput = z.output<typeof articleInput>;

function addressedInput(article: typeof articleInput) {
  const refusal = (field: string) => ({
    ...always,
    path: ['article', field],
    error: 'names the article itself',
  });
  return z
    .object({ slug: slug.optional(), article })
    .refine(({ slug, article }) => !names(article?.aliases, slug), refusal('aliases'))
    .refine(({ slug, article }) => !names(article?.translations, slug), refusal('translations'));
}

function names(slugs: unknown, slug: string | undefined): boolean {
  return Array.isArray(slugs) && slugs.includes(slug);
}

// A missing or unreadable date compares as NaN, which is never less.
function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

/**
 * Throws InvalidArticleError with every fault of the value, those of its address included if it has one already. Dates without a zone are read in
 * `dateZone`; where that is absent, they are refused.
 */
export function parseArticleInput(
  address: string | undefined,
  value: unknown,
  { dateZone }: { dateZone?: string | undefined } = {},
): ArticleInput {
  requireModest(value);
  const parsed = inputFor(dateZone).safeParse({ slug: address, article: value });
  if (parsed.success) return parsed.data.article;
  throw new InvalidArticleError(
    faultsOf(parsed.error).map((fault) => ({ ...fault, pointer: fault.pointer.replace(/^\/article/, '') })),
  );
}

const inputs = new Map<string | undefined, ReturnType<typeof addressedInput>>();

// A schema costs a millisecond to make, and there is one zone a site.
function inputFor(dateZone: string | undefined) {
  const known = inputs.get(dateZone);
  if (known) return known;
  const created = addressedInput(dateZone === undefined ? articleInput : articleInputIn(dateZone));
  inputs.set(dateZone, created);
  return created;
}
