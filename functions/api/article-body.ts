import type * as z from 'zod';
import type { ArticleInput } from '../article/article-input.ts';
import type { Site } from '../article/site.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** What an editor has to know of each field; the compiler misses none. */
const fields: Record<keyof ArticleInput, string> = {
  title: 'One line of text, never markup: at most 300 characters once white space is collapsed',
  markdown: 'The body as CommonMark with tables, footnotes and fenced code',
  html: 'The body as HTML; what pages may not hold is taken out of it',
  text: 'The body as plain text; an empty line begins a paragraph',
  id: 'An identity from elsewhere, an absolute IRI; without it one is made. It never changes',
  summary: 'At most 1,000 characters, never markup; without it the beginning of the body',
  publishedAt: 'Ahead of now it is an embargo. Without it: now, or as it was before',
  updatedAt: 'Not before publishedAt. Without it: when title, summary, body or image last changed',
  language: "BCP 47, such as en or zh-CN; without it the site's",
  source: 'Who first published the text; the site fills in what it knows of a source of this name',
  authors: 'Names, of at most 100 characters each',
  category: 'At most 60 characters',
  tags: 'Of at most 60 characters each',
  image: 'Its url is an http or https address, or /media/ and the name of a file of the site',
  views: 'A count carried over from elsewhere, taken once',
  guid: 'An identity from elsewhere, which the feeds show; one of a source never becomes two articles',
  aliases: 'Old slugs, which lead here from now on',
  translations: 'Slugs of this article in other languages. A page links to those that name it too',
  draft: 'Kept from readers',
};

export const exampleBody = {
  title: 'Harbour opens at night',
  text: 'The new terminal works around the clock.\n\nFerries follow in May.',
  publishedAt: '2026-03-02T18:00:00+08:00',
  source: { name: 'Harbour Desk', url: 'https://harbour.example.com/' },
  category: 'Trade',
  tags: ['port', '港口'],
};

/** The schema of a write request as zod gives it, with what it leaves out: checks that are functions, and words. */
export function completeBody(schema: Schema, datesWithoutZone: Site['datesWithoutZone']): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    {
      ...(datesWithoutZone && name.endsWith('At') ? { type: 'string' } : (property as Schema)),
      description: [
        fields[name as keyof ArticleInput],
        ...(datesWithoutZone && name.endsWith('At') ? ["A date without a zone is in the site's"] : []),
      ].join('. '),
    },
  ]);
  return {
    ...schema,
    description: 'An article as it is written: exactly one of markdown, html and text is its body',
    properties: Object.fromEntries(properties),
    oneOf: ['markdown', 'html', 'text'].map((name) => ({ required: [name] })),
    examples: [exampleBody],
  };
}
