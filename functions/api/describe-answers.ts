import { type ProblemKind, problems } from '../runtime/problem.ts';
import type { Answer } from './operation.ts';
import { headers, problemDescriptions } from './parts.ts';

const html: ProblemKind[] = [
  ...(['unreadable-address', 'not-found', 'wrong-method', 'gone'] as const),
  ...(['failure', 'busy'] as const),
];
const fromGateway: ProblemKind[] = ['too-large', 'failure', 'busy'];
const problemHeaders: Partial<Record<ProblemKind, Pick<Answer, 'headers' | 'someHeaders'>>> = {
  'wrong-method': { headers: ['Allow'] },
  // API Gateway's own has none.
  busy: { someHeaders: ['Retry-After'] },
};

export function describeAnswer({ description, content = {}, ...named }: Answer) {
  return {
    description,
    ...describeHeaders(named),
    ...(Object.keys(content).length > 0 && {
      content: Object.fromEntries(
        Object.entries(content).map(([type, name]) => [
          type,
          name ? { schema: reference('schemas', name) } : {},
        ]),
      ),
    }),
  };
}

function describeHeaders({
  headers: always = [],
  someHeaders = [],
}: Pick<Answer, 'headers' | 'someHeaders'>) {
  const described = [...always, ...someHeaders].map((name) => [
    name,
    { ...headers[name], ...(always.includes(name) && { required: true }) },
  ]);
  return described.length > 0 ? { headers: Object.fromEntries(described) } : {};
}

/** Under the name that the problem's `type` ends in. */
export function describeProblem(kind: ProblemKind) {
  return {
    description: `${problems[kind].title}. ${problemDescriptions[kind]}`,
    ...describeHeaders(problemHeaders[kind] ?? {}),
    content: {
      'application/problem+json': { schema: reference('schemas', 'Problem') },
      ...(fromGateway.includes(kind) && {
        'application/json': { schema: reference('schemas', 'GatewayMessage') },
      }),
      ...(html.includes(kind) && { 'text/html': {} }),
    },
  };
}

export function reference(part: 'schemas' | 'parameters' | 'responses', name: string) {
  return { $ref: `#/components/${part}/${name}` };
}
