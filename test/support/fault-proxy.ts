import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomNumbers } from './random-numbers.ts';

export interface FaultProxy {
  endpoint: string;
  /** Answers dropped so far. */
  dropped: number;
  close(): Promise<void>;
}

export interface Faults {
  /** Share of the answers that are dropped after DynamoDB has done what was asked. */
  lostAnswers: number;
  seed: number;
}

/** Stands between the functions and DynamoDB Local and loses answers, in an order that the seed decides. */
export async function startFaultProxy(target: string, { lostAnswers, seed }: Faults): Promise<FaultProxy> {
  const random = randomNumbers(seed);
  const proxy = { dropped: 0 };
  const server = createServer(async (incoming, outgoing) => {
    const answer = await forward(target, incoming);
    if (random() < lostAnswers) {
      proxy.dropped += 1;
      outgoing.destroy();
      return;
    }
    answerWith(answer, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

async function forward(target: string, incoming: IncomingMessage): Promise<Answer> {
  const body = await readAll(incoming);
  const { hostname, port } = new URL(target);
  const { method, url: path, headers } = incoming;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ hostname, port, method, path, headers, agent: false }, resolve).on('error', reject).end(body);
  });
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await readAll(answer) };
}

function answerWith({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const { connection: _, 'transfer-encoding': __, ...kept } = headers;
  outgoing.writeHead(status, { ...kept, 'content-length': body.length }).end(body);
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
