import type { Site } from '../article/site.ts';
import { type ProblemKind, problems } from '../runtime/problem.ts';
import { describeAnswer, describeProblem, reference } from './describe-answers.ts';
import { describeSchemas } from './describe-schemas.ts';
import type { Operation, Operations } from './operation.ts';
import { parameters } from './parts.ts';
import { readOperations } from './read-operations.ts';
import { routes, writeRoutes } from './routes.ts';
import { writeOperations } from './write-operations.ts';

/** OpenAPI 3.1 of every address: https://spec.openapis.org/oas/v3.1.1.html */
export function describeApi({ title, datesWithoutZone }: Pick<Site, 'title' | 'datesWithoutZone'>) {
  return {
    openapi: '3.1.1',
    info: {
      title,
      version: '1',
      description:
        "Every GET is answered to HEAD as well, and every public address to OPTIONS; any other method is answered 405. The signed addresses take AWS Signature Version 4, service execute-api; where CloudFront stands before the site, they answer at the deployment's output PublishUrl alone.",
    },
    servers: [{ url: '/' }],
    security: [],
    paths: {
      ...describePaths(routes, readOperations, []),
      ...describePaths(writeRoutes, writeOperations, [{ sigv4: [] }]),
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
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, parameter]) => [
          name,
          { name, ...parameter, ...(parameter.in === 'path' && { required: true }) },
        ]),
      ),
      responses: {
        ...Object.fromEntries(
          (Object.keys(problems) as ProblemKind[]).map((kind) => [kind, describeProblem(kind)]),
        ),
        gateway: {
          description: 'API Gateway itself: not signed as it should be (403), or too many requests (429)',
          content: { 'application/json': { schema: reference('schemas', 'GatewayMessage') } },
        },
      },
    },
  };
}

function describePaths<Name extends string>(
  paths: Record<Name, string>,
  operations: Record<Name, Operations>,
  security: object[],
): Record<string, object> {
  const described = (Object.keys(paths) as Name[]).map((name) => {
    const path = paths[name];
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) =>
      reference('parameters', parameter),
    );
    const methods = Object.entries(operations[name]).map(([method, operation]) => {
      const operationId = method.toLowerCase() + name.charAt(0).toUpperCase() + name.slice(1);
      return [method.toLowerCase(), describeOperation(operationId, operation, security)];
    });
    return [path, { ...(inPath.length > 0 && { parameters: inPath }), ...Object.fromEntries(methods) }];
  });
  return Object.fromEntries(described);
}

function describeOperation(operationId: string, operation: Operation, security: object[]) {
  const { summary, parameters: names = [], body, answers, problems: kinds = [] } = operation;
  const isSigned = security.length > 0;
  return {
    operationId,
    summary,
    ...(isSigned && { security }),
    ...(names.length > 0 && { parameters: names.map((name) => reference('parameters', name)) }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: reference('schemas', body) } },
      },
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
