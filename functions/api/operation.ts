import type { ProblemKind } from '../runtime/problem.ts';
import type { headers, parameters, schemas } from './parts.ts';

type SchemaName = keyof typeof schemas;
type HeaderName = keyof typeof headers;

export interface Answer {
  description: string;
  /** The schema of each media type; of text and bytes there is none. */
  content?: Record<string, SchemaName | undefined>;
  headers?: HeaderName[];
  /** Headers that some of these answers have. */
  someHeaders?: HeaderName[];
}

export interface Operation {
  summary: string;
  /** Beside those of the path, which it has by its template. */
  parameters?: (keyof typeof parameters)[];
  body?: SchemaName;
  answers: Record<number, Answer>;
  /** One of a status; 500, 503 and what API Gateway answers itself are every operation's. */
  problems?: ProblemKind[];
}

/** Of one address, by method. */
export type Operations = Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Operation>>;

/** An answer that leads to another address. */
export const moved: Answer = { description: 'It stands at another address', headers: ['Location'] };
