import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { describeApi } from '../../functions/api/openapi.ts';
import { exampleBody } from '../../functions/api/schemas.ts';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { InvalidArticleError } from '../../functions/article/fault.ts';

const least = { title: 'Gates', text: 'Open.' };
const full = {
  ...exampleBody,
  id: 'tag:news.example.com,2026-01-31:gates',
  summary: 'Gates are open.',
  updatedAt: '2026-03-02T18:00:00.5Z',
  language: 'zh-cn',
  source: { name: 'Harbour Desk', url: 'HTTPS://港.example/a b', credit: 'With thanks' },
  authors: ['Ann Quay'],
  image: { url: '/media/gate.png', alt: 'A gate', width: 640, height: 480, type: 'image/png', length: 9 },
  views: 10,
  guid: '42',
  aliases: ['old-gates', 'old-gates'],
  translations: ['tore', 'tore'],
  draft: true,
};

const validators = { zoned: compile(), site: compile('site') };

function compile(datesWithoutZone?: 'site') {
  const ajv = addFormats.default(new Ajv2020({ strict: false, formats: { iri: true } }));
  ajv.addSchema({ $id: 'api', ...describeApi({ title: 'Gate & Bridge', datesWithoutZone }) });
  return ajv.getSchema('api#/components/schemas/ArticleBody');
}

function described(body: unknown, dates: keyof typeof validators = 'zoned'): boolean {
  return validators[dates]?.(body) === true;
}

function accepted(body: unknown, dateZone?: string): boolean {
  try {
    parseArticleInput('gates', body, { dateZone });
    return true;
  } catch (error) {
    if (error instanceof InvalidArticleError) return false;
    throw error;
  }
}

test.each([
  ['the example', exampleBody, true],
  ['only a title and a text', least, true],
  ['every field', full, true],
  ['a long title of white space', { ...least, title: `Gates${' '.repeat(400)}open` }, true],
  ['no title', { text: 'Open.' }, false],
  ['no body', { title: 'Gates' }, false],
  ['two bodies', { ...least, html: '<p>Open.</p>' }, false],
  ['an unknown field', { ...least, subtitle: 'Wide' }, false],
  ['null for a field', { ...least, summary: null }, false],
  ['half a view', { ...least, views: 1.5 }, false],
  ['negative views', { ...least, views: -1 }, false],
  ['21 tags', { ...least, tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, false],
  ['a slug with a capital', { ...least, aliases: ['Gates'] }, false],
  ['the name of a language', { ...least, language: 'Chinese' }, false],
  ['a date without a zone', { ...least, publishedAt: '2026-03-02T18:00:00' }, false],
  ['a list', [least], false],
])('description and API agree on a body with %s', (_what, body, fits) => {
  expect([described(body), accepted(body)]).toEqual([fits, fits]);
});

test('dates without a zone are described where the site accepts them', () => {
  const body = { ...least, publishedAt: '2026-03-02 18:00:00' };

  expect([described(body, 'site'), accepted(body, 'Asia/Shanghai')]).toEqual([true, true]);
});

test('every field has a description', () => {
  const { properties } = describeApi({ title: 'Gate & Bridge' }).components.schemas.ArticleBody as {
    properties: Record<string, { description?: string }>;
  };

  const silent = Object.entries(properties).filter(([, { description }]) => !description);

  expect(silent).toEqual([]);
});
