import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { send } from '../api/http.ts';
import { credentials, region } from './ministack.ts';

interface Listing {
  what: string;
  service: string;
  method: 'GET' | 'POST';
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

const json = (service: string, target: string): Omit<Listing, 'what'> => ({
  service,
  method: 'POST',
  body: '{}',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
});
const query = (service: string, body: string): Omit<Listing, 'what'> => ({
  service,
  method: 'POST',
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

/** How each service lists an account's resources. */
const listings: Listing[] = [
  { what: 'stacks', ...query('cloudformation', 'Action=DescribeStacks&Version=2010-05-15') },
  { what: 'tables', ...json('dynamodb', 'DynamoDB_20120810.ListTables') },
  { what: 'functions', service: 'lambda', method: 'GET', path: '/2015-03-31/functions/' },
  { what: 'stream mappings', service: 'lambda', method: 'GET', path: '/2015-03-31/event-source-mappings/' },
  { what: 'APIs', service: 'apigateway', method: 'GET', path: '/v2/apis' },
  { what: 'roles', ...query('iam', 'Action=ListRoles&Version=2010-05-08') },
  { what: 'queues', ...json('sqs', 'AmazonSQS.ListQueues') },
  { what: 'rules', ...json('events', 'AWSEvents.ListRules') },
  { what: 'log groups', ...json('logs', 'Logs_20140328.DescribeLogGroups') },
  { what: 'dashboards', ...query('monitoring', 'Action=ListDashboards&Version=2010-08-01') },
];

/** How often each listing of the emulator names the stack. */
export async function countRemains(endpoint: string, stack: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { what, ...listing } of listings)
    counts[what] = (await list(endpoint, listing)).split(stack).length - 1;
  return counts;
}

async function list(endpoint: string, listing: Omit<Listing, 'what'>): Promise<string> {
  const { service, method, path = '/', headers = {}, body } = listing;
  const { hostname, host } = new URL(endpoint);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    path,
    headers: { host, ...headers },
    ...(body !== undefined && { body }),
  });
  const answer = await send(endpoint + path, {
    method,
    headers: signed.headers,
    ...(body !== undefined && { body }),
  });
  if (answer.status !== 200) throw new Error(`${service} answers ${answer.status}`);
  return answer.text;
}
