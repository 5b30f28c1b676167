import type { ProblemKind } from '../runtime/problem.ts';
import type { parameters, schemas } from './parts.ts';

type SchemaName = keyof typeof schemas;

export interface Answer {
  description: string;
  /** The schema of each media type; of text and bytes there is none. */
  content?: Record<string, SchemaName | undefined>;
  headers?: string[];
}

export interface Operation {
  summary: string;
  /** Beside those of the path, which it has by its template. */
  parameters?: (keyof typeof parameters)[];
  body?: SchemaName;
  answers: Record<number, Answer>;
  problems?: ProblemKind[];
}

/** Of one address, by method. */
export type Operations = Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Operation>>;

/** An answer that leads to another address. */
export const moved: Answer = { description: 'It stands at another address', headers: ['Location'] };
