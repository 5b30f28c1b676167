import * as z from 'zod';
import type { ArticleInput } from '../article/article-input.ts';
import { strictDate } from '../article/fields.ts';
import type { Site } from '../article/site.ts';
import { schemas } from './answers.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** What writers need to know about each field. */
const fields: Record<keyof ArticleInput | 'slug', string> = {
  slug: 'Of the stored article that it replaces, or of its own. By default it is a new one',
  title: 'One line of plain text, at most 300 characters after white space is collapsed',
  markdown: 'The body as CommonMark with tables, footnotes and fenced code',
  html: 'The body as HTML. What pages may not contain is removed',
  text: 'The body as plain text. An empty line starts a new paragraph',
  id: 'A permanent id from elsewhere, an absolute IRI. By default one is made. It can never change',
  summary: 'Plain text, at most 1,000 characters. By default the start of the body',
  publishedAt: 'A future time is an embargo. By default now, or unchanged for a stored article',
  updatedAt: 'Not earlier than publishedAt. By default when title, summary, body or image last changed',
  language: "BCP 47, such as en or zh-CN. By default the site's",
  source:
    'Who first published the text, with its home page. The site adds what it knows about a source of this name',
  original: 'The address where this very text was first published',
  corrections:
    'What was wrong and is corrected, each with its time. Shown above the text and in /corrections',
  authors: 'Names of at most 100 characters each',
  category: 'At most 60 characters',
  tags: 'At most 60 characters each',
  image: "Its url is an http or https address, or /media/ and the name of one of the site's files",
  views: 'A count carried over from elsewhere, used once',
  guid: "An id from elsewhere, shown by feeds. A source's guid never becomes two articles",
  aliases: 'Old slugs, redirected here from now on',
  translations: 'Slugs of this article in other languages. Pages link to those that name it too',
  draft: 'Hidden from readers',
};

export const exampleBody = {
  title: 'Harbour opens at night',
  text: 'The new terminal works around the clock.\n\nFerries follow in May.',
  publishedAt: '2026-03-02T18:00:00+08:00',
  source: { name: 'Harbour Desk', url: 'https://harbour.example.com/' },
  category: 'Trade',
  tags: ['port', '港口'],
};

/** JSON Schema 2020-12 of every answer and body, by name. */
export function describeSchemas(datesWithoutZone: Site['datesWithoutZone']): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // All numbers are whole, but some are checked by a function, which zod cannot describe.
      if (jsonSchema.type === 'number') jsonSchema.type = 'integer';
      // Only addresses that people write have a maximum length; the site turns them into URIs.
      if (jsonSchema.format === 'uri' && jsonSchema.maxLength) jsonSchema.format = 'iri';
      if (datesWithoutZone && jsonSchema.pattern === strictDate.source) delete jsonSchema.pattern;
      // Redundant beside the format.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [
      id,
      id === 'ArticleBody' || id === 'PreviewBody' ? completeBody(schema, datesWithoutZone) : schema,
    ]),
  );
}

/** Adds what zod does not say: descriptions, and the checks that are functions. */
function completeBody(schema: Schema, datesWithoutZone: Site['datesWithoutZone']): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const description = fields[name as keyof typeof fields];
    const loose = datesWithoutZone && name.endsWith('At') ? ". Without a zone, in the site's time zone" : '';
    return [name, { ...(property as Schema), description: description + loose }];
  });
  return {
    ...schema,
    description: 'An article. Its body is exactly one of markdown, html and text',
    properties: Object.fromEntries(properties),
    oneOf: ['markdown', 'html', 'text'].map((name) => ({ required: [name] })),
    examples: [exampleBody],
  };
}
