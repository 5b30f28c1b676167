import { expect, test } from 'vitest';
import type { Article } from '../../functions/article/article.ts';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { reviseArticle } from '../../functions/article/revise-article.ts';

const earlier = '2026-01-01T00:00:00.000Z';
const now = '2026-01-02T00:00:00.000Z';
const later = '2026-01-03T00:00:00.000Z';
const body = '<p>A text.</p>';

interface Circumstances {
  current?: Article | undefined;
  html?: string;
  generation?: number;
  wasVisible?: boolean;
  now?: string;
}

function revise(
  fields: object,
  { current, html = body, generation = 0, wasVisible = false, now: at = now }: Circumstances = {},
) {
  const input = parseArticleInput('a-slug', { title: 'A title', markdown: 'A text.', ...fields });
  return reviseArticle({
    slug: 'a-slug',
    input,
    html,
    current,
    generation,
    wasVisible,
    now: at,
    authority: 'news.example.com',
  });
}

function published(fields: object = {}): Article {
  return revise({ publishedAt: earlier, ...fields }, { now: earlier });
}

test('the id is made of the first publication date and slug', () => {
  expect(revise({ publishedAt: '2015-12-02T10:36:55+08:00' }).id).toBe(
    'tag:news.example.com,2015-12-02:a-slug',
  );
});

test('an article that follows a deleted one gets another id', () => {
  const dated = { publishedAt: earlier };

  expect(revise(dated, { generation: 1 }).id).toBe('tag:news.example.com,2026-01-01:a-slug/2');
  expect(revise(dated, { generation: 2 }).id).toBe('tag:news.example.com,2026-01-01:a-slug/3');
});

test.each([
  ['another title', { title: 'Another' }],
  ['another date', { publishedAt: later }],
  ['another category', { category: 'Other' }],
  ['the same id given', { id: 'tag:news.example.com,2026-01-01:a-slug' }],
])('the id survives %s', (_what, fields) => {
  const current = published();

  expect(revise(fields, { current }).id).toBe(current.id);
});

test('the id survives a new slug', () => {
  const current = { ...published(), slug: 'old', id: 'tag:news.example.com,2026-01-01:old' };

  expect(revise({ aliases: ['old'] }, { current })).toMatchObject({ slug: 'a-slug', id: current.id });
});

test('a new article may bring its id, which cannot change later', () => {
  const current = published({ id: 'urn:feed:1' });

  expect(current.id).toBe('urn:feed:1');
  expect(() => revise({ id: 'urn:feed:2' }, { current })).toThrow(
    new InvalidArticleError([{ pointer: '/id', message: 'cannot change: it is urn:feed:1' }]),
  );
});

test('the default summary is the start of the text, at most 200 characters', () => {
  const html = `<h2>Head</h2><p>${'word '.repeat(60)}</p>`;

  const { summary } = revise({}, { html });

  expect(summary).toBe(`${'word '.repeat(39).trim()}…`);
  expect(revise({ summary: 'Given.' }, { html }).summary).toBe('Given.');
});

test('the body has its hash', () => {
  const { bodyHash } = revise({});

  expect(bodyHash).toMatch(/^[0-9a-f]{64}$/);
  expect(revise({}).bodyHash).toBe(bodyHash);
  expect(revise({}, { html: `${body} ` }).bodyHash).not.toBe(bodyHash);
});

test.each([
  ['a new article', undefined, {}, now],
  ['a new article with a date', undefined, { publishedAt: earlier }, earlier],
  ['a new article with a date ahead', undefined, { publishedAt: later }, later],
  ['an edit', published(), {}, earlier],
  ['an edit with another date', published(), { publishedAt: later }, later],
  ['an edit of an embargoed article', published({ publishedAt: later }), {}, later],
  ['a draft that stays one', published({ draft: true }), { draft: true }, earlier],
  ['a draft that is published', published({ draft: true }), {}, now],
  ['a draft that is published with a date', published({ draft: true }), { publishedAt: earlier }, earlier],
  ['an article that becomes a draft', published(), { draft: true }, earlier],
])('the publication date of %s', (_what, current, fields, publishedAt) => {
  expect(revise(fields, { current }).publishedAt).toBe(publishedAt);
});

const image = { url: '/media/a.png' };

test.each([
  ['the title', { title: 'Another' }, body],
  ['the summary', { summary: 'Another.' }, body],
  ['the body', {}, '<p>Another text.</p>'],
  ['the image', { image: { url: '/media/b.png' } }, body],
  ['the text of the image', { image: { ...image, alt: 'A bridge' } }, body],
  ['an image into none', { image: undefined }, body],
])('a change of %s is an update', (_what, fields, html) => {
  const current = published({ image });

  expect(revise({ image, ...fields }, { current, html }).updatedAt).toBe(now);
});

test.each([
  ['no field', {}],
  ['a tag', { tags: ['New'] }],
  ['the category', { category: 'New' }],
  ['the source', { source: { name: 'New' } }],
  ['an alias', { aliases: ['older'] }],
  ['the language', { language: 'fr' }],
])('a change of %s is no update', (_what, fields) => {
  expect(revise(fields, { current: published() }).updatedAt).toBe(earlier);
});

test('an insignificant edit keeps the earlier update', () => {
  const current = published({ updatedAt: '2026-01-01T12:00:00.000Z' });

  expect(revise({ tags: ['New'] }, { current }).updatedAt).toBe('2026-01-01T12:00:00.000Z');
});

test.each([
  ['a draft', published({ draft: true }), { draft: true, title: 'Another' }, earlier],
  ['a draft that is published', published({ draft: true }), { title: 'Another' }, now],
  ['an embargoed article', published({ publishedAt: later }), { title: 'Another' }, later],
  [
    'an embargoed article that is published at once',
    published({ publishedAt: later }),
    { title: 'Another', publishedAt: earlier },
    earlier,
  ],
])('an edit before the publication is no update: %s', (_what, current, fields, updatedAt) => {
  expect(revise(fields, { current }).updatedAt).toBe(updatedAt);
});

test('updatedAt follows publishedAt until the first update', () => {
  expect(revise({ publishedAt: '2025-12-31T00:00:00Z' }, { current: published() })).toMatchObject({
    publishedAt: '2025-12-31T00:00:00.000Z',
    updatedAt: '2025-12-31T00:00:00.000Z',
  });
});

test('a given updatedAt is kept', () => {
  const current = published();

  expect(revise({ updatedAt: later }, { current }).updatedAt).toBe(later);
  expect(revise({ title: 'Another', updatedAt: earlier }, { current }).updatedAt).toBe(earlier);
});

test.each([
  ['a new article that the backend dates', undefined, now],
  ['an edit', published(), earlier],
])('updatedAt is never before publishedAt: %s', (_what, current, publishedAt) => {
  expect(revise({ updatedAt: '2015-01-01T00:00:00Z' }, { current })).toMatchObject({
    publishedAt,
    updatedAt: publishedAt,
  });
});

test('an article that was a draft again keeps its publication date', () => {
  const draftAgain = published({ draft: true });

  expect(revise({}, { current: draftAgain, wasVisible: true }).publishedAt).toBe(earlier);
});

test('an article that was a draft again keeps its update', () => {
  const corrected = published({ draft: true, updatedAt: now });

  expect(revise({}, { current: corrected, wasVisible: true, now: later }).updatedAt).toBe(now);
});

test('an article that comes with corrections was updated by the last of them', () => {
  const corrections = [
    { at: '2026-01-01T12:00:00Z', text: 'The last' },
    { at: '2026-01-01T06:00:00Z', text: 'The first' },
  ];

  expect(revise({ publishedAt: earlier, corrections }).updatedAt).toBe('2026-01-01T12:00:00.000Z');
});

test('a correction of a stored article moves its update, and a future one is refused', () => {
  const current = published();
  const correct = (at: string) => revise({ corrections: [{ at, text: 'Wrong' }] }, { current });

  expect(correct(earlier).updatedAt).toBe(now);
  expect(() => correct(later)).toThrow('/corrections/0/at is in the future');
});
