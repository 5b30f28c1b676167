/**
 * The language tags under which texts for `tag` are looked for, from the most general to the most special: `zh`, `zh-Hans`, `zh-SG` for
 * `zh-SG`. Without the language alone where that means another script, as `zh` does for `zh-TW`.
 */
export function textTags(tag: string): string[] {
  const { language, script } = new Intl.Locale(tag).maximize();
  const isUsualScript = new Intl.Locale(language).maximize().script === script;
  return [...new Set([...(isUsualScript ? [language] : []), `${language}-${script}`, tag])];
}
