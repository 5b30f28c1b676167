import * as z from 'zod';
import { isEntryId } from './article.ts';
import { type Fault, faultsOf, InvalidArticleError } from './fault.ts';
import {
  canonicalLanguage,
  count,
  httpUrl,
  label,
  languagePattern,
  refuseNamesakes,
  removalReason,
  slug,
  toUri,
  writtenTime,
} from './fields.ts';
import { nameKnownField } from './known-fields.ts';
import { assertRequestLimits } from './request-limits.ts';
import { textBlock, textLine } from './text.ts';

function slugs(most: number) {
  return z
    .array(slug, 'must be a list')
    .max(most, `has more than ${most} slugs`)
    .transform((named) => [...new Set(named)]);
}

const url = httpUrl.max(2048, 'has more than 2,048 characters').transform(toUri);

/** The message for a value that is no mapping; issues of other kinds keep their own. */
function mapping(form: string) {
  return ({ code }: { code?: string }) =>
    code === 'invalid_type' ? `must have fields: write ${form}` : undefined;
}

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

const source = z.strictObject(
  { name: label, url: url.optional(), credit: textLine(300).optional() },
  { error: mapping('{ name: …, url: … }') },
);

const image = z.strictObject(
  {
    url: z.union([mediaPath, url], { error: imageAddress }),
    alt: textLine(500).optional(),
    width: count.optional(),
    height: count.optional(),
    type: z
      .string({ error: 'must be text' })
      .max(100, 'has more than 100 characters')
      .regex(/^image\/[a-z0-9.+-]+$/, 'must be an image type such as image/png')
      .optional(),
    /** Bytes. */
    length: count.optional(),
    caption: textLine(500).optional(),
    credit: textLine(300).optional(),
  },
  { error: mapping('{ url: …, alt: … }') },
);

// Runs even if fields are invalid, so that one answer lists every fault: a field may still hold anything here.
const always = { when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null };

function articleInputIn(dateZone?: string) {
  return z
    .strictObject({
      title: textLine(300),
      markdown: textBlock().optional(),
      html: textBlock().optional(),
      text: textBlock().optional(),
      id: textLine(500)
        .refine(isEntryId, 'must be an absolute IRI, such as tag:news.example.com,2026-01-31:slug')
        .optional(),
      summary: textLine(1000).optional(),
      publishedAt: writtenTime(dateZone).optional(),
      updatedAt: writtenTime(dateZone).optional(),
      /** By default the site's. */
      language: language.optional(),
      source: source.optional(),
      /** Where this very text was first published. */
      original: url.optional(),
      corrections: z
        .array(
          z.strictObject({ at: writtenTime(dateZone), text: textLine(1000) }),
          'must be a list of { at, text }',
        )
        .max(20, 'has more than 20 corrections')
        .optional(),
      authors: z.array(textLine(100), 'must be a list').max(20, 'has more than 20 names').default([]),
      category: label.optional(),
      tags: z
        .array(label, 'must be a list')
        .max(20, 'has more than 20 tags')
        .transform((tags) => [...new Set(tags)])
        .superRefine((tags, context) => refuseNamesakes(tags, context))
        .default([]),
      image: image.optional(),
      views: count.max(1e12, 'is too large').optional(),
      guid: textLine(1000).optional(),
      /** Old slugs, redirected here. */
      aliases: slugs(10).default([]),
      /** Slugs of the article in other languages. A page links only to those that name it too. */
      translations: slugs(20).optional(),
      draft: z.boolean({ error: 'must be true or false' }).default(false),
    })
    .refine(
      ({ markdown, html, text }) => [markdown, html, text].filter((body) => body !== undefined).length === 1,
      { ...always, error: 'needs exactly one of markdown, html and text' },
    )
    .refine((input) => !(timeOf(input.updatedAt) < timeOf(input.publishedAt)), {
      ...always,
      path: ['updatedAt'],
      error: 'must not be earlier than publishedAt',
    });
}

/** The body of a write request; also the front matter of a content file, with its Markdown. */
export const articleInput = articleInputIn();

export type ArticleInput = z.output<typeof articleInput>;

// A missing or unreadable date compares as NaN, which is never less.
function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

/**
 * Throws InvalidArticleError with every fault of the value, and of its slug if it has one yet. Dates without a zone are read
 * in `dateZone`; without one they are refused.
 */
export function parseArticleInput(
  address: string | undefined,
  value: unknown,
  { dateZone }: { dateZone?: string | undefined } = {},
): ArticleInput {
  assertRequestLimits(value);
  const parsed = inputFor(dateZone).safeParse(value);
  const faults = [
    ...slugFaults(address),
    ...(parsed.success ? [] : faultsOf(parsed.error).map(nameKnownField)),
    ...selfReferences(address, value),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new InvalidArticleError(faults);
}

/** The body of a removal. */
export const removal = z.strictObject({ reason: removalReason.optional() });

/** Throws InvalidArticleError with every fault. */
export function parseRemoval(value: unknown): z.output<typeof removal> {
  const { data, error } = removal.safeParse(value);
  if (error) throw new InvalidArticleError(faultsOf(error));
  return data;
}

function slugFaults(address: string | undefined): Fault[] {
  const { error } = slug.optional().safeParse(address);
  return error ? faultsOf(error).map(({ message }) => ({ pointer: '/slug', message })) : [];
}

function selfReferences(address: string | undefined, value: unknown): Fault[] {
  const fields = Object(value) as Record<string, unknown>;
  return ['aliases', 'translations']
    .filter((name) => Array.isArray(fields[name]) && fields[name].includes(address))
    .map((name) => ({ pointer: `/${name}`, message: 'names the article itself' }));
}

const inputs = new Map<string | undefined, typeof articleInput>([[undefined, articleInput]]);

// Making a schema takes a millisecond; a site has one zone.
function inputFor(dateZone: string | undefined): typeof articleInput {
  const known = inputs.get(dateZone) ?? articleInputIn(dateZone);
  inputs.set(dateZone, known);
  return known;
}
