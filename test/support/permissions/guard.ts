import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Template } from '../../../infra/local/template.ts';
import { type Access, accessesOf } from './accesses.ts';
import { describeAccess, isAllowed } from './judge.ts';
import { constructOf, type Roles, readRoles } from './roles.ts';

export interface Guard {
  endpoint: string;
  /** Stands before a bucket as well, and answers where. */
  guardBucket(target: string): string;
  /** Those of the template, by which it judges. */
  roles: Roles;
  /** What functions have asked for so far, each once. */
  accesses: Access[];
  close(): Promise<void>;
}

/** What the local stage does for itself: making tables, and reading streams as Lambda does. */
const platformOperations = [
  'CreateTable',
  'DescribeTable',
  'UpdateTimeToLive',
  'DescribeStream',
  'GetShardIterator',
  'GetRecords',
];

/**
 * Stands before DynamoDB as IAM does. Functions tell their names by the SDK's application id, which is part of each call: in the
 * template it becomes a setting of each.
 */
export async function startGuard(target: string, template: Template): Promise<Guard> {
  const guard = { roles: readRoles(template), accesses: [] as Access[] };
  tellNames(template);
  // The same question has the same answer, which takes the simulator half a millisecond.
  const decisions = new Map<string, Promise<boolean>>();
  const decide = (access: Access) => {
    const question = JSON.stringify(access);
    const known = decisions.get(question);
    if (known) return known;
    guard.accesses.push(access);
    const decision = isAllowed(guard.roles.get(access.caller) ?? [], access);
    decisions.set(question, decision);
    return decision;
  };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!incoming.headers['x-amz-target']) return void answerForBucket(incoming, body, outgoing);
    const refused = await findRefusal(decide, incoming, body);
    if (refused) refuse(outgoing, refused);
    // A connection that breaks behind the guard is broken before it, too.
    else await forward(target, incoming, body, outgoing).catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  let bucket = '';
  async function answerForBucket(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse) {
    const { method = '', url = '', headers } = incoming;
    const isAddress = url.includes('X-Amz-Signature=');
    const access = {
      // Whoever signs an address acts by it.
      caller: isAddress ? (method === 'PUT' ? 'Media' : 'ReadSite') : (callerOf(incoming) ?? ''),
      action: `s3:${{ PUT: 'Put', GET: 'Get', DELETE: 'Delete' }[method]}Object`,
      resource: `arn:aws:s3::${url.replace(/\?.*/, '').replace('/', ':')}`,
      keys: [],
    };
    if (!(await decide(access))) return outgoing.writeHead(403).end();
    const passed = request(bucket + url, { method, headers }).on('error', () => outgoing.destroy());
    passed.on('response', (answer) =>
      answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers)),
    );
    return passed.end(body);
  }
  return Object.assign(guard, {
    endpoint,
    guardBucket(target: string) {
      bucket = target;
      return endpoint;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}

function tellNames({ Resources }: Template): void {
  for (const [id, { Type, Properties }] of Object.entries(Resources))
    if (Type === 'AWS::Lambda::Function' && Properties.Environment)
      Properties.Environment.Variables.AWS_SDK_UA_APP_ID = constructOf(id);
}

/** The first of the call's accesses that is not allowed, for people. */
async function findRefusal(
  isGranted: (access: Access) => Promise<boolean>,
  { headers }: IncomingMessage,
  body: Buffer,
): Promise<string | undefined> {
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  const caller = callerOf({ headers });
  if (caller === undefined) return platformOperations.includes(operation) ? undefined : `nobody ${operation}`;
  const accesses = accessesOf(operation, JSON.parse(body.toString())).map((asked) => ({ caller, ...asked }));
  for (const access of accesses) if (!(await isGranted(access))) return describeAccess(access);
  return undefined;
}

/** The stage's own calls carry no name, or the one that Powertools gives a process which has loaded it. */
function callerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const named = /\bapp\/(\w+)/.exec(headers['user-agent'] ?? '')?.[1];
  return named === 'PT' ? undefined : named;
}

function refuse(outgoing: ServerResponse, refused: string): void {
  const error = {
    __type: 'com.amazon.coral.service#AccessDeniedException',
    Message: `No identity-based policy allows: ${refused}`,
  };
  outgoing.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(error));
}

async function forward(
  target: string,
  { headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  const { authorization = '', 'x-amz-target': operation } = headers;
  const answer = await fetch(target, {
    method: 'POST',
    headers: {
      Authorization: authorization,
      'Content-Type': headers['content-type'] ?? '',
      'X-Amz-Date': String(headers['x-amz-date']),
      'X-Amz-Target': String(operation),
    },
    body: new Uint8Array(body),
  });
  const text = Buffer.from(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' }).end(text);
}
