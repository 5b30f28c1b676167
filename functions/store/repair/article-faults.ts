import * as z from 'zod';
import { isSlug } from '../../article/article.ts';
import type { StoredArticle } from '../stored-article.ts';

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const slug = z.string().refine(isSlug);
const streams = z.array(z.string()).refine((names) => new Set(names).size === names.length);

/** What derived rows are made of; what else META holds is nobody's business here. */
const shape = z.looseObject({
  article: z.looseObject({
    ...{ id: z.string().min(1), slug, title: z.string(), summary: z.string(), bodyHash: z.string() },
    draft: z.boolean(),
    publishedAt: time,
    updatedAt: time,
    category: z.string().optional(),
    tags: z.array(z.string()),
    source: z.looseObject({ name: z.string() }).optional(),
    guid: z.string().optional(),
    aliases: z.array(slug),
  }),
  status: z.enum(['published', 'draft', 'gone']),
  version: z.int().min(1),
  origin: z.enum(['content', 'api']),
  firstStoredAt: time,
  bodyChunks: z.int().min(0),
  dueAt: time.optional(),
  tombstone: z.looseObject({ when: time, ref: z.string(), streams, until: time.optional() }).optional(),
});

/** How the META of this slug contradicts itself: no row can be told from it, nor mended by it. */
export function articleFaults(slug: string, stored: StoredArticle): string[] {
  const parsed = shape.safeParse(stored);
  if (!parsed.success)
    return parsed.error.issues.map(({ path }) => `its record is not readable at ${path.join('.')}`);
  const { article, status, bodyChunks, dueAt, tombstone } = stored;
  const { aliases, draft, publishedAt, updatedAt } = article;
  const embargo = status === 'published' ? publishedAt : undefined;
  const rules: [fails: boolean, fault: string][] = [
    [article.slug !== slug, `its record is that of another address, ${article.slug}`],
    [aliases.includes(slug), 'its own address is among its old ones'],
    [new Set(aliases).size < aliases.length, 'it names an old address twice'],
    [status !== 'gone' && draft !== (status === 'draft'), 'it is a draft and published at once'],
    [updatedAt < publishedAt, 'it was updated before it was published'],
    [dueAt !== undefined && dueAt !== embargo, 'it has an embargo of another time than its publication'],
    [
      tombstone?.until !== undefined && tombstone.until !== embargo,
      'it is to come back at another time than its publication',
    ],
    [
      tombstone !== undefined && tombstone.until === undefined && status === 'published',
      'it is published and removed at once',
    ],
    [status === 'gone' && bodyChunks > 0, 'it is removed, and a text is counted'],
  ];
  return rules.filter(([fails]) => fails).map(([, fault]) => fault);
}
