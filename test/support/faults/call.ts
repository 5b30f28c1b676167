import { type Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

// biome-ignore lint/suspicious/noExplicitAny: requests and answers as DynamoDB's JSON has them
type Json = any;

export interface Call {
  /** Such as GetItem. */
  operation: string;
  headers: IncomingMessage['headers'];
  body: Json;
}

export interface Answer {
  status: number;
  body: Json;
}

export async function readCall(incoming: IncomingMessage): Promise<Call> {
  const { headers } = incoming;
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  return { operation, headers, body: await readJson(incoming) };
}

/** Asks DynamoDB Local, which verifies no signature: the body may be another than the one that was signed. */
export async function forward(target: string, agent: Agent, { headers, body }: Call): Promise<Answer> {
  const text = JSON.stringify(body);
  const { 'accept-encoding': _, connection: __, 'transfer-encoding': ___, ...kept } = headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = { ...kept, 'content-length': Buffer.byteLength(text) };
    request(target, { method: 'POST', agent, headers: sent }, resolve).on('error', reject).end(text);
  });
  return { status: answer.statusCode ?? 500, body: await readJson(answer) };
}

export function answerWith(outgoing: ServerResponse, { status, body }: Answer): void {
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}

/** A text for each item that a call writes, in the order of a transaction's entries. */
export function writtenItems({ operation, body }: Call): string[] {
  if (operation === 'TransactWriteItems')
    return body.TransactItems.map((entry: object) => itemOf(Object.values(entry)[0]));
  return ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation) ? [itemOf(body)] : [];
}

function itemOf({ TableName, Key, Item }: Json): string {
  const { pk, sk } = Key ?? Item;
  return [TableName, pk?.S, sk?.S].join(' ');
}

async function readJson(message: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}
