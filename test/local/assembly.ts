import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { inject, onTestFinished } from 'vitest';
import { type Stage, type StageOptions, startStage } from '../../infra/local/stage.ts';
import type { Resource, Template } from '../../infra/local/template.ts';
import { temporaryFolder } from '../infra/content-folder.ts';

type Resources = Template['Resources'];

/** A function whose module, CommonJS as in a bundle, is written to the assembly. */
export function lambda(id: string, properties: object = {}): Resources {
  const defaults = { Handler: 'index.handler', Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 60 };
  const Properties = { ...defaults, ...properties };
  return {
    [id]: { Type: 'AWS::Lambda::Function', Properties, Metadata: { 'aws:asset:path': `asset.${id}` } },
  };
}

/** With its integration. */
export function route(
  key: string,
  functionId: string,
  properties: object = {},
  integration: object = {},
): Resources {
  const id = `Route${key.replaceAll(/\W/g, '')}`;
  return {
    [`${id}Integration`]: resource('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': [functionId, 'Arn'] },
      PayloadFormatVersion: '2.0',
      ...integration,
    }),
    [id]: resource('AWS::ApiGatewayV2::Route', {
      RouteKey: key,
      AuthorizationType: 'NONE',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${id}Integration` }]] },
      ...properties,
    }),
  };
}

/** A table with the keys pk and sk. */
export function table(id: string, properties: object = {}): Resources {
  return {
    [id]: resource('AWS::DynamoDB::GlobalTable', {
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      ...properties,
    }),
  };
}

/** Hands the changes of a table to a function, without a filter to speak of, and what fails to the queue Failures. */
export function mapping(tableId: string, functionId: string, properties: object = {}): Resources {
  return {
    Failures: resource('AWS::SQS::Queue', {}),
    Mapping: resource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [tableId, 'StreamArn'] },
      FunctionName: { Ref: functionId },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumRetryAttempts: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: keyFilter('') }] },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
      ...properties,
    }),
  };
}

/** Lets through changes of items whose partition key begins so. */
export function keyFilter(...prefixes: string[]): string {
  const S = prefixes.map((prefix) => ({ prefix }));
  return JSON.stringify({ dynamodb: { Keys: { pk: { S } } } });
}

export function resource(Type: string, Properties: object): Resource {
  return { Type, Properties };
}

/** A folder with the code of each function, its text by logical id. */
export function assembly(code: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [id, source] of Object.entries(code)) {
    mkdirSync(join(folder, `asset.${id}`));
    writeFileSync(join(folder, `asset.${id}/index.js`), source);
    writeFileSync(join(folder, `asset.${id}/package.json`), '{"type":"commonjs"}');
  }
  return folder;
}

/** A stage with these resources, closed with the test; without `log` it is silent. */
export async function stageOf(
  code: Record<string, string>,
  resources: Resources,
  options: Partial<StageOptions> = {},
): Promise<Stage> {
  const stage = await startStage({
    assemblyDir: assembly(code),
    template: {
      Resources: { Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }), ...resources },
    },
    endpoint: inject('dynamodbEndpoint'),
    tablePrefix: `local-${crypto.randomUUID()}-`,
    log: () => {},
    ...options,
  });
  onTestFinished(() => stage.close());
  return stage;
}

/** Code of a function that answers a request with its event. */
export const echo = 'exports.handler = async (event) => event;';

/** Code of a function whose events are handled here, in the test: what is thrown here is thrown there. */
export async function handledBy(handle: (event: never) => unknown): Promise<string> {
  const server = createServer(async (request, response) => {
    let answer: object;
    try {
      answer = { result: await handle((await json(request)) as never) };
    } catch (error) {
      answer = { error: (error as Error).message };
    }
    response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return `
    exports.handler = async (event) => {
      const response = await fetch('http://127.0.0.1:${port}', { method: 'POST', body: JSON.stringify(event) });
      const { error, result } = await response.json();
      if (error) throw new Error(error);
      return result;
    };`;
}

/** Something to wait for that happens elsewhere. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
