import type { Site } from '../article/site.ts';
import { problems } from '../runtime/problem.ts';
import type { Answer, Operation, Operations } from './operation.ts';
import { describeHeaders, describeParameters, describeProblems } from './parts.ts';
import { readOperations } from './read-operations.ts';
import { routes, writeRoutes } from './routes.ts';
import { describeSchemas } from './schemas.ts';
import { writeOperations } from './write-operations.ts';

/** OpenAPI 3.1 of every address: https://spec.openapis.org/oas/v3.1.1.html */
export function describeApi({ title, datesWithoutZone }: Pick<Site, 'title' | 'datesWithoutZone'>) {
  const readPaths = describePaths(routes, readOperations, []);
  return {
    openapi: '3.1.1',
    info: {
      title,
      version: '1',
      description:
        "Every GET is also answered to HEAD, and every public address to OPTIONS; any other method gets 405. The signed addresses take AWS Signature Version 4 for the service execute-api; behind CloudFront they answer only at the deployment's output PublishUrl.",
    },
    servers: [{ url: '/' }],
    security: [],
    paths: {
      ...describePaths(writeRoutes, writeOperations, [{ sigv4: [] }], readPaths),
    },
    components: {
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description: 'AWS Signature Version 4',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
      schemas: describeSchemas(datesWithoutZone),
      parameters: describeParameters(),
      responses: describeProblems(),
    },
  };
}

function describePaths<Name extends string>(
  paths: Record<Name, string>,
  operations: Record<Name, Operations>,
  security: object[],
  /** To be completed: some addresses are read in public and written signed. */
  others: Record<string, object> = {},
): Record<string, object> {
  const described = (Object.keys(paths) as Name[]).map((name) => {
    const parameters = [...paths[name].matchAll(/\{(\w+)\}/g)].map(([, parameter]) =>
      reference('parameters', parameter),
    );
    const methods = Object.entries(operations[name]).map(([method, operation]) => {
      const operationId = method.toLowerCase() + name.charAt(0).toUpperCase() + name.slice(1);
      return [method.toLowerCase(), { operationId, ...describeOperation(operation, security) }];
    });
    return [
      paths[name],
      {
        ...others[paths[name]],
        ...(parameters.length > 0 && { parameters }),
        ...Object.fromEntries(methods),
      },
    ];
  });
  return { ...others, ...Object.fromEntries(described) };
}

function describeOperation(operation: Operation, security: object[]) {
  const { summary, parameters = [], body, bodyTypes = [], isBodyOptional = false } = operation;
  const { answers, problems: kinds = [] } = operation;
  const isSigned = security.length > 0;
  return {
    summary,
    ...(isSigned && { security }),
    ...(parameters.length > 0 && { parameters: parameters.map((name) => reference('parameters', name)) }),
    ...(body && {
      requestBody: { required: !isBodyOptional, content: { ...contentOf(bodyTypes), ...jsonOf(body) } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)]),
      ),
      ...Object.fromEntries(
        [...kinds, 'failure' as const, 'busy' as const].map((kind) => [
          problems[kind].status,
          reference('responses', kind),
        ]),
      ),
      ...(isSigned && { 403: reference('responses', 'gateway') }),
      429: reference('responses', 'gateway'),
    },
  };
}

function describeAnswer({ description, types = [], json, headers }: Answer) {
  const content = { ...contentOf(types), ...(json && jsonOf(json)) };
  return {
    description,
    ...describeHeaders(headers),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

function contentOf(types: string[]) {
  return Object.fromEntries(types.map((type) => [type, {}]));
}

function jsonOf(schema: string) {
  return { 'application/json': { schema: reference('schemas', schema) } };
}

function reference(part: 'schemas' | 'parameters' | 'responses', name = '') {
  return { $ref: `#/components/${part}/${name}` };
}
