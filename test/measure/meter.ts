import { type IncomingMessage, request } from 'node:http';
import { listen } from '../../infra/local/server.ts';
import { type Units, unitsOf } from './request-units.ts';

export interface Call {
  operation: string;
  /** In DynamoDB's JSON, where binary values are base64. */
  input: Record<string, unknown>;
}

/** Stands before a DynamoDB Local and adds up what is asked of it. */
export interface Meter {
  endpoint: string;
  /** The units used since the last reading. */
  read(): Units;
  /** The calls that were made since these were last taken. */
  takeCalls(): Call[];
  close(): void;
}

export async function startMeter(database: string): Promise<Meter> {
  let sum: Units = { read: 0, write: 0 };
  let calls: Call[] = [];
  const { server, url } = await listen(0, async (incoming, outgoing) => {
    const operation = `${incoming.headers['x-amz-target']}`.split('.').at(-1) ?? '';
    const asked = JSON.parse((await readAll(incoming)).toString());
    calls.push({ operation, input: asked });
    // The streams' operations know no such parameter.
    const metered = `${incoming.headers['x-amz-target']}`.startsWith('DynamoDB_');
    const body = metered ? { ...asked, ReturnConsumedCapacity: 'TOTAL' } : asked;
    const answer = await forward(database, incoming, JSON.stringify(body));
    if (metered && answer.status === 200) {
      const units = unitsOf(operation, asked, JSON.parse(answer.body.toString()));
      sum = { read: sum.read + units.read, write: sum.write + units.write };
    }
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  });
  return {
    endpoint: url,
    read() {
      const units = sum;
      sum = { read: 0, write: 0 };
      return units;
    },
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    close: () => server.close().closeAllConnections(),
  };
}

async function forward(database: string, { headers }: IncomingMessage, body: string) {
  // DynamoDB Local verifies no signature, so that the changed body may go under the old one.
  const { 'content-length': _, 'accept-encoding': __, ...kept } = headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method: 'POST', headers: { ...kept, 'content-length': Buffer.byteLength(body) } };
    request(database, options, resolve).on('error', reject).end(body);
  });
  return { status: answer.statusCode ?? 500, body: await readAll(answer) };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
