import * as z from 'zod';
import type { Site } from '../article/site.ts';
import { completeBody } from './article-body.ts';
import { schemas } from './parts.ts';

/** JSON Schema 2020-12, each under its name. */
export function describeSchemas(datesWithoutZone: Site['datesWithoutZone']): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // Whole ones, all of them: where a function checks that, zod does not know.
      if (jsonSchema.type === 'number') jsonSchema.type = 'integer';
      // Of addresses only those that people write are bounded; the site makes URIs of them.
      if (jsonSchema.format === 'uri' && jsonSchema.maxLength) jsonSchema.format = 'iri';
      // Says at length what the format says.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  // Their place in the description names them.
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [
      id,
      id === 'ArticleBody' ? completeBody(schema, datesWithoutZone) : schema,
    ]),
  );
}
