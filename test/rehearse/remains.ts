import { credentials, endpoint, region, stack } from './run.ts';

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
  { what: 'buckets', service: 's3', method: 'GET' },
  { what: 'queues', ...json('sqs', 'AmazonSQS.ListQueues') },
  { what: 'rules', ...json('events', 'AWSEvents.ListRules') },
  { what: 'log groups', ...json('logs', 'Logs_20140328.DescribeLogGroups') },
  {
    what: 'accounts',
    ...json('cognito-idp', 'AWSCognitoIdentityProviderService.ListUserPools'),
    body: '{"MaxResults": 60}',
  },
  { what: 'dashboards', ...query('monitoring', 'Action=ListDashboards&Version=2010-08-01') },
];

/** How often each listing of the emulator names the stack. */
export async function countRemains(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { what, service, path = '/', ...request } of listings) {
    const answer = await ask(service, path, request);
    const text = what === 'log groups' ? await keptGroups(answer) : await answer.text();
    // A bucket's name is in lower case.
    counts[what] = text.toLowerCase().split(stack.toLowerCase()).length - 1;
  }
  return counts;
}

/**
 * Without the groups that MiniStack makes anew when a run ends after its group was deleted: no role of ours may do that. The stack's own have
 * a retention.
 */
async function keptGroups(answer: Response): Promise<string> {
  const { logGroups } = (await answer.json()) as { logGroups: { retentionInDays?: number }[] };
  return JSON.stringify(logGroups.filter(({ retentionInDays }) => retentionInDays));
}

/** MiniStack forgets the tags of buckets, and by one CDK knows which it may empty. */
export async function tagBucket(bucket: string): Promise<void> {
  const tag = '<Tag><Key>aws-cdk:auto-delete-objects</Key><Value>true</Value></Tag>';
  const body = `<Tagging><TagSet>${tag}</TagSet></Tagging>`;
  await ask('s3', `/${bucket}?tagging`, { method: 'PUT', body });
}

async function ask(service: string, path: string, { headers, ...request }: RequestInit): Promise<Response> {
  const scope = `${credentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  const answer = await fetch(endpoint + path, {
    ...request,
    // MiniStack reads the service from it, and checks no signature.
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
  });
  if (!answer.ok) throw new Error(`${service} answers ${answer.status}`);
  return answer;
}
