import { expect, test } from 'vitest';
import { languageOf, messagesOf } from '../../functions/pages/messages.ts';
import { context } from '../fixtures/samples.ts';

test.each([
  ['en', 'News', 'en', 'ltr'],
  ['en-GB', 'News', 'en-GB', 'ltr'],
  ['zh', '新闻', 'zh', 'ltr'],
  ['zh-CN', '新闻', 'zh-CN', 'ltr'],
  ['zh-Hans-SG', '新闻', 'zh-Hans-SG', 'ltr'],
  ['zh-TW', 'News', 'en', 'ltr'],
  ['de', 'News', 'en', 'ltr'],
  ['ar', 'News', 'en', 'ltr'],
])('chooses the interface texts of a site in %s', (language, news, lang, dir) => {
  const { texts, textLang } = messagesOf({ language });

  expect(texts.news).toBe(news);
  expect(textLang).toEqual({ lang, dir });
});

test('has every text in Chinese', () => {
  const { texts } = messagesOf({ language: 'zh' });

  const untranslated = textsIn(texts).filter((text) => !/\p{Script=Han}|^[：、]$/u.test(text));

  expect(untranslated).toEqual([]);
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
