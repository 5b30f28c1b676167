import * as z from 'zod';
import { feedWords } from '../corrections.ts';
import { faultsOf } from '../fault.ts';
import { canonicalLanguage } from '../fields.ts';
import { textLine } from '../text.ts';
import { english, type Messages } from './english.ts';
import { ownMessages } from './languages.ts';
import { textTags } from './text-tags.ts';

type Some<T> = T extends string | string[] ? T : { [K in keyof T]?: Some<T[K]> };
type Written = Messages & { feedWords: typeof feedWords };

/** An owner's interface texts by language: some of a language that we have, or all of another one. */
export type SiteMessages = Record<string, Some<Written>>;

const written: Written = { ...english, feedWords };
const [all, some] = [shapeOf(written, false), shapeOf(written, true)];

/** As site.yaml has them. */
export const siteMessages = z
  .record(z.string(), z.unknown(), 'must be a list of languages, each with its texts')
  .transform((given, context): SiteMessages => {
    const isThere = (tag: string) => ownMessages.has(tag) || Object.hasOwn(given, tag);
    const read = Object.entries(given).map(([written, texts]): [string, Some<Written>] => {
      const tag = canonicalLanguage(written);
      if (tag === undefined) {
        context.addIssue({ code: 'custom', path: [written], message: 'must be a language tag such as it' });
        return [written, {}];
      }
      const hasBase = textTags(tag).some((base) => base !== written && isThere(base)) || ownMessages.has(tag);
      const parsed = (hasBase ? some : all).safeParse(texts);
      for (const { pointer, message } of parsed.error ? faultsOf(parsed.error) : [])
        context.addIssue({ code: 'custom', path: [written, ...pointer.split('/').slice(1)], message });
      return [tag, (parsed.data ?? {}) as Some<Written>];
    });
    return context.issues.length > 0 ? z.NEVER : Object.fromEntries(read);
  });

/** The same texts as the English ones, or some of them. */
function shapeOf(texts: unknown, isPartial: boolean): z.ZodType {
  if (typeof texts === 'string') return textAs(texts);
  if (Array.isArray(texts)) return z.array(textAs(''), 'must be a list of texts').min(1, 'must not be empty');
  const fields = Object.entries(texts as object).map(([name, inner]) => {
    const shape = shapeOf(inner, isPartial);
    return [name, isPartial ? shape.optional() : shape];
  });
  return z.strictObject(Object.fromEntries(fields), 'must be a list of texts');
}

/** YAML takes away the space that parts a label from what it is of. Wide punctuation brings its own. */
function textAs(model: string) {
  const line = textLine(1_000);
  return model.endsWith(' ') ? line.transform((text) => (/[：、，]$/.test(text) ? text : `${text} `)) : line;
}
