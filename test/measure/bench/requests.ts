import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import * as sdk from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clientSettings } from '../../../infra/local/account.ts';
import type { Call } from '../meter.ts';
import { type BenchSite, functionSettings } from './site.ts';

export interface Asked {
  what: string;
  path: (index: number) => string;
  headers: Record<string, string>;
  /** Whether it is asked with the validator of its first answer. */
  repeated?: boolean;
  /** How often its floor's CPU in process it may take at most, and how much of its floor's answers over the stage it should give. */
  goals?: { process: number; stage: number };
}

const html = { accept: 'text/html', 'accept-encoding': 'gzip, br', 'user-agent': 'Mozilla/5.0 (X11) bench' };
const any = { 'accept-encoding': 'gzip, br' };

/** Every class of request, on a site with at least 20 articles. */
export const requests: Asked[] = [
  asked('article page, counted', (index) => `/news/bench-${index % 20}`, html, { process: 1.3, stage: 0.7 }),
  asked('article as JSON', (index) => `/news/bench-${index % 20}.json`, any, { process: 1.3, stage: 0.65 }),
  asked('list', () => '/news', html, { process: 1.6, stage: 0.6 }),
  asked('front page', () => '/', html, { process: 1.6, stage: 0.6 }),
  asked('RSS in full', () => '/rss.xml', any, { process: 1.2, stage: 0.75 }),
  asked('RSS in full, gzip alone', () => '/rss.xml', { 'accept-encoding': 'gzip' }),
  { ...asked('RSS unchanged', () => '/rss.xml', any, { process: 1.2, stage: 0.75 }), repeated: true },
  asked('sitemap', () => '/sitemap.xml', any),
  asked('archive document', () => `/archive/${new Date().toISOString().slice(0, 7)}/rss.xml`, any),
  asked('most read', () => '/most-read', html),
  asked('robots.txt', () => '/robots.txt', any),
];

function asked(what: string, path: Asked['path'], headers: Asked['headers'], goals?: Asked['goals']): Asked {
  return { what, path, headers, ...(goals && { goals }) };
}

/** Answers the request of this number; ours is the deployed bundle, in this process. */
export type Handler = (index: number) => Promise<unknown>;

type Invoke = (event: APIGatewayProxyEventV2, context: object) => Promise<APIGatewayProxyStructuredResultV2>;

/** Loads read-site from a folder that writeAssets filled, against this database. */
export function loadReadSite(site: BenchSite, folder: string, database = site.database) {
  Object.assign(process.env, functionSettings({ ...site, database }, folder));
  const require = createRequire(import.meta.url);
  const file = `${folder}/index.js`;
  delete require.cache[file];
  const { handler } = require(file) as { handler: Invoke };
  return ({ path, headers }: Asked, etag?: string) =>
    async (index: number) =>
      handler(eventFor(path(index), { ...headers, ...(etag && { 'if-none-match': etag }) }), {
        getRemainingTimeInMillis: () => 10_000,
        awsRequestId: randomUUID(),
      });
}

function eventFor(path: string, headers: Record<string, string>): APIGatewayProxyEventV2 {
  const http = { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' };
  const requestContext = { http, domainName: 'bench.example.com', requestId: randomUUID() };
  return JSON.parse(
    JSON.stringify({ rawPath: path, rawQueryString: '', headers, requestContext, isBase64Encoded: false }),
  );
}

const commands = { ...sdk } as unknown as Record<string, new (input: object) => sdk.QueryCommand>;

/** Makes the same calls by the bare SDK, one after the other, and nothing else. */
export function floorOf(calls: Call[], database: string): Handler {
  const client = new sdk.DynamoDBClient(clientSettings(database));
  return async () => {
    for (const { operation, input } of calls) {
      const token = operation === 'TransactWriteItems' && { ClientRequestToken: randomUUID() };
      const Command = commands[`${operation}Command`];
      if (!Command) throw new Error(`The SDK has no command for ${operation}`);
      await client.send(new Command({ ...input, ...token }));
    }
  };
}
