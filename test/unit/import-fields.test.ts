import { expect, test } from 'vitest';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { fitFields } from '../../infra/tools/import/fit-fields.ts';

const html = '<h2>At dusk</h2><p>The lamp is lit again, and the ferry turns.</p>';

test('a title is plain text, and first words where there is none', () => {
  expect(fitFields({ title: 'Salt &amp; <em>smoke</em>', html }).fields.title).toBe('Salt & smoke');
  expect(fitFields({ title: ' \u200b', html })).toMatchObject({
    fields: { title: 'At dusk The lamp is lit again, and the ferry turns.' },
    notes: ['it has no title: its first words are one'],
  });
  expect(fitFields({ html: '' }).fields.title).toBe('Untitled');
});

test('what no article may have is left out by name, and the rest is taken', () => {
  const { fields, notes } = fitFields({
    title: 'T',
    html: 'a\u0000b',
    summary: 's'.repeat(2000),
    publishedAt: '2020-01-02T00:00:00.000Z',
    updatedAt: '2020-01-01T00:00:00.000Z',
    original: 'javascript:alert(1)',
    image: { url: 'ftp://example.com/a.png', alt: 'a'.repeat(900) },
    authors: ['Jo', 'jo', '', 'x'.repeat(200)],
  });

  expect(parseArticleInput('t', fields)).toMatchObject({
    title: 'T',
    html: 'ab',
    authors: ['Jo', `${'x'.repeat(99)}…`],
  });
  expect(Object.keys(fields)).not.toContain('updatedAt');
  expect(notes).toEqual([
    'original is left out: original must be an http or https address',
    'image is left out: image/url must be an http or https address, or /media/ and a file name',
  ]);
});
