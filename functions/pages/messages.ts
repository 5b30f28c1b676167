import { english, type Messages } from '../article/messages/english.ts';
import { ownMessages } from '../article/messages/languages.ts';
import { textTags } from '../article/messages/text-tags.ts';
import type { Site } from '../article/site.ts';
import type { SiteContext } from '../article/site-context.ts';

export type { Messages };

type Worded = Pick<Site, 'language' | 'messages'>;

/** Texts with `lang` and `dir` for the elements that hold them. */
interface SpokenMessages {
  texts: Messages;
  textLang: { lang: string; dir: 'ltr' | 'rtl' };
}

/** Of each site that there is, by language: it takes longer to put them together than to render a page with them. */
const kept = new WeakMap<Worded, Map<string, SpokenMessages>>();

/** The interface texts in a language, or in the site's, or in English. */
export function messagesOf(site: Worded, language = site.language): SpokenMessages {
  const known = kept.get(site) ?? new Map<string, SpokenMessages>();
  kept.set(site, known);
  const found = known.get(language) ??
    textsIn(language, site) ??
    textsIn(site.language, site) ?? { texts: english, textLang: { lang: 'en', dir: 'ltr' } };
  known.set(language, found);
  return found;
}

function textsIn(language: string, { messages = {} }: Worded): SpokenMessages | undefined {
  let texts: Messages | undefined;
  for (const tag of textTags(language)) {
    texts = ownMessages.get(tag) ?? texts;
    const { [tag]: given } = Object.hasOwn(messages, tag) ? messages : {};
    if (given) texts = merged(texts ?? english, given);
  }
  return texts && { texts, textLang: { lang: language, dir: direction(language) } };
}

function merged<T extends object>(texts: T, given: object): T {
  const inner = (base: unknown, own: unknown) =>
    own instanceof Object && !Array.isArray(own) ? merged(Object(base), own) : (own ?? base);
  const entries = Object.entries(texts).map(([name, base]) => [
    name,
    inner(base, given[name as keyof object]),
  ]);
  return Object.fromEntries(entries) as T;
}

/** `lang` and `dir` of an element that holds an article's own words. */
export function languageOf({ language }: { language?: string | undefined }, { site }: SiteContext) {
  const lang = language ?? site.language;
  return { lang, dir: direction(lang) };
}

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/** The writing direction of a BCP 47 language tag. */
export function direction(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(fullLocale(language).script ?? '') ? 'rtl' : 'ltr';
}

const locales = new Map<string, Intl.Locale>();

/** A BCP 47 tag with its likely script and region. Kept, since making one takes longer than all else that a page does with it. */
export function fullLocale(tag: string): Intl.Locale {
  const known = locales.get(tag) ?? new Intl.Locale(tag).maximize();
  locales.set(tag, known);
  return known;
}
