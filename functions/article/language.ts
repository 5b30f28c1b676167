/** BCP 47 lets a whole word stand for the language too: Chinese would be a tag, of a language that there is not. */
export const languagePattern = /^[A-Za-z]{2,3}(-|$)/;

/** The tag as BCP 47 writes it, such as zh-CN for zh-cn; undefined when it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return languagePattern.test(tag) ? Intl.getCanonicalLocales(tag)[0] : undefined;
  } catch {
    return undefined;
  }
}
