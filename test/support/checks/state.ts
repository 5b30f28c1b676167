import type * as z from 'zod';
import { keyText, type Row } from '../scan.ts';
import { contentShapes, viewsShapes } from './shapes.ts';

const shapes = { ...contentShapes, ...viewsShapes };
type Kind = keyof typeof shapes;

/** A well-formed row: its fields, and the named parts of its key. */
export interface Found<K extends Kind> {
  key: string;
  pk: string;
  parts: Record<string, string>;
  fields: z.output<(typeof shapes)[K]['fields']>;
}

type Rows = { [K in Kind]: Found<K>[] };

/** Both tables, sorted by kind; what is not well-formed is in `faults` and nowhere else. */
export interface State extends Rows {
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
  articles: Map<string, Found<'article'>>;
  faults: string[];
}

export function sortRows(
  { content, views }: { content: Row[]; views: Row[] },
  options: { now: string },
): State {
  const kinds = Object.keys(shapes) as Kind[];
  const rows = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Rows;
  const state = { ...rows, ...options, articles: new Map(), faults: [] };
  for (const row of content) place(row, contentShapes, state);
  for (const row of views) place(row, viewsShapes, state);
  for (const found of state.article) state.articles.set(found.parts.slug ?? '', found);
  return state;
}

function place(row: Row, allowed: Partial<typeof shapes>, state: State): void {
  const { pk, sk: _, ...attributes } = row;
  const key = keyText(row);
  const kind = (Object.keys(allowed) as Kind[]).find(
    (name) =>
      shapes[name].key.test(key) &&
      !(name === 'article' && 'movedTo' in row) &&
      !(name === 'guid' && 'id' in row),
  );
  if (!kind) {
    state.faults.push(`The key has no known shape: ${key}`);
    return;
  }
  const parsed = shapes[kind].fields.safeParse(attributes);
  if (!parsed.success) {
    for (const { path, code, ...issue } of parsed.error.issues)
      state.faults.push(
        `The ${kind} row is malformed at ${[...path, ...('keys' in issue ? issue.keys : [])].join('.')}: ${key}`,
      );
    return;
  }
  const parts = shapes[kind].key.exec(key)?.groups ?? {};
  (state[kind] as unknown[]).push({ key, pk, parts, fields: parsed.data });
}
