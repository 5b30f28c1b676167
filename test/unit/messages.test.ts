import { expect, test } from 'vitest';
import { ownWords } from '../../functions/article/corrections.ts';
import { english } from '../../functions/article/messages/english.ts';
import { ownMessages } from '../../functions/article/messages/languages.ts';
import { languageOf, messagesOf } from '../../functions/pages/messages.ts';
import { context } from '../fixtures/samples.ts';

test.each([
  ['en', 'News', 'en', 'ltr'],
  ['en-GB', 'News', 'en-GB', 'ltr'],
  ['zh', '新闻', 'zh', 'ltr'],
  ['zh-CN', '新闻', 'zh-CN', 'ltr'],
  ['zh-Hans-SG', '新闻', 'zh-Hans-SG', 'ltr'],
  ['zh-TW', 'News', 'en', 'ltr'],
  ['de-AT', 'Nachrichten', 'de-AT', 'ltr'],
  ['fr', 'Actualités', 'fr', 'ltr'],
  ['es-MX', 'Noticias', 'es-MX', 'ltr'],
  ['pt-PT', 'Notícias', 'pt-PT', 'ltr'],
  ['ja', 'ニュース', 'ja', 'ltr'],
  ['ar-EG', 'الأخبار', 'ar-EG', 'rtl'],
  ['he', 'News', 'en', 'ltr'],
])('chooses the interface texts of a site in %s', (language, news, lang, dir) => {
  const { texts, textLang } = messagesOf({ language });

  expect(texts.news).toBe(news);
  expect(textLang).toEqual({ lang, dir });
});

test('an article is labelled in its own language, or else in that of the site', () => {
  const site = { language: 'de' };

  expect(messagesOf(site, 'fr-CA').texts.next).toBe('Suivant : ');
  expect(messagesOf(site, 'he').textLang).toEqual({ lang: 'de', dir: 'ltr' });
});

/** Spelled as in English. */
const alike = new Map([
  ['de', ['Feeds', 'Website', 'Archive', 'Tags', ', ']],
  ['fr', ['Site', 'Source', 'Sources', 'Pages', ', ']],
  ['es', [', ']],
  ['pt', ['Feeds', 'Site', ', ']],
]);

test.each([...ownMessages.keys()].filter((language) => language !== 'en'))(
  'has every text in %s',
  (language) => {
    const { texts } = messagesOf({ language });
    const [own, englishTexts] = [textsIn(texts), textsIn(english)];

    expect(own).toHaveLength(englishTexts.length);
    expect(own.filter((text) => englishTexts.includes(text) && !alike.get(language)?.includes(text))).toEqual(
      [],
    );
    // What is of something is set apart from it.
    for (const [index, text] of own.entries())
      expect(/[ ：、]$/.test(text), text).toBe(/ $/.test(englishTexts[index] ?? ''));
    expect(ownWords({ language }).title).toBe(texts.kinds.corrections);
    expect(ownWords({ language }).source).toBe(texts.source);
  },
);

test("an owner's texts take the place of ours, also in a language that we lack", () => {
  const italian = { ...english, news: 'Notizie', kind: { ...english.kind, tag: 'Etichetta' } };
  const messages = {
    de: { news: 'Meldungen', problems: { gone: { title: 'Fort' } } },
    'de-AT': { latest: 'Neu heuer' },
    it: { ...italian, feedWords: { title: 'Correzioni', one: 'Correzione', source: 'Fonte: ' } },
  };

  const austrian = messagesOf({ language: 'de-AT', messages });
  expect(austrian.texts).toMatchObject({ news: 'Meldungen', latest: 'Neu heuer', archive: 'Archiv' });
  expect(austrian.texts.problems.gone).toMatchObject({
    title: 'Fort',
    detail: expect.stringContaining('nicht mehr'),
  });
  expect(messagesOf({ language: 'de', messages }).texts.latest).toBe('Neueste');
  expect(messagesOf({ language: 'en', messages }, 'it-CH').texts.kind.tag).toBe('Etichetta');
  expect(ownWords({ language: 'it-CH', messages })).toMatchObject({ one: 'Correzione' });
});

test.each([
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['az-Arab', 'rtl'],
  ['az', 'ltr'],
  ['zh-CN', 'ltr'],
])('gives an article in %s the direction %s', (language, dir) => {
  expect(languageOf({ language }, context)).toEqual({ lang: language, dir });
});

function textsIn(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsIn);
}
