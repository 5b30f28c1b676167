import type { ProblemKind } from '../runtime/problem.ts';
import type { schemas } from './answers.ts';
import type { HeaderName, ParameterName } from './parts.ts';

export interface Answer {
  description: string;
  /** Media types without a schema. */
  types?: string[];
  /** The schema of application/json. */
  json?: keyof typeof schemas;
  headers?: HeaderName[];
}

export interface Operation {
  summary: string;
  /** Besides those in the path. */
  parameters?: ParameterName[];
  body?: keyof typeof schemas;
  /** Media types of a body that is no JSON. */
  bodyTypes?: string[];
  isBodyOptional?: boolean;
  answers: Record<number, Answer>;
  /** At most one per status. Every operation may also answer 500, 503 and what API Gateway answers itself. */
  problems?: ProblemKind[];
}

/** The operations of one address, by method. */
export type Operations = Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Operation>>;

export type Rest = Partial<Omit<Operation, 'summary'>>;

export const paged: Rest = { parameters: ['cursor'], problems: ['unreadable-address'] };
export const moved: Answer = { description: 'It is at another address', headers: ['Location'] };

export function get(summary: string, ok: Answer, { answers, ...rest }: Rest = {}): Operations {
  return { GET: { summary, ...rest, answers: { 200: ok, ...answers } } };
}

/** A GET with an ETag: If-None-Match may be answered 304. */
export function getCached(
  summary: string,
  { headers = [], ...ok }: Answer,
  { parameters = [], answers, ...rest }: Rest = {},
): Operations {
  const validators: HeaderName[] = ['ETag', 'Cache-Control', ...headers];
  const unchanged = { description: "The client's copy is current", headers: validators };
  return get(
    summary,
    { ...ok, headers: validators },
    { ...rest, parameters: [...parameters, 'If-None-Match'], answers: { 304: unchanged, ...answers } },
  );
}
