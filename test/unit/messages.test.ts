import { expect, test } from 'vitest';
import { messagesOf } from '../../functions/pages/messages.ts';

test.each([
  ['en', 'News', 'en', 'ltr'],
  ['en-GB', 'News', 'en-GB', 'ltr'],
  ['zh', '新闻', 'zh', 'ltr'],
  ['zh-CN', '新闻', 'zh-CN', 'ltr'],
  ['zh-Hans-SG', '新闻', 'zh-Hans-SG', 'ltr'],
  ['zh-TW', 'News', 'en', 'ltr'],
  ['de', 'News', 'en', 'ltr'],
  ['ar', 'News', 'en', 'ltr'],
])('speaks to readers of a site in %s', (language, news, lang, dir) => {
  const { texts, textLang } = messagesOf({ language });

  expect(texts.news).toBe(news);
  expect(textLang).toEqual({ lang, dir });
});

test('leaves nothing of a site in Chinese in English', () => {
  const { texts } = messagesOf({ language: 'zh' });

  const untranslated = textsIn(texts).filter((text) => !/\p{Script=Han}|^[：、]$/u.test(text));

  expect(untranslated).toEqual([]);
});

function textsIn(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsIn);
}
