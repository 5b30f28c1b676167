import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { safeFetch } from '../../functions/pull/safe-fetch.ts';
import type { Network } from '../../functions/pull/send-request.ts';
import { readFixture } from '../fixtures/read-fixture.ts';

/** What a request for a path gets: these bytes and the end of the connection, or whatever is done to its socket. */
export type Answers = Record<string, string | Buffer | ((socket: Socket) => unknown)>;

export interface HostileServer {
  port: number;
  /** What came by each connection. */
  requests: string[];
  sockets: Set<Socket>;
  answers: Answers;
}

/** A server on this machine that knows nothing of HTTP but where the path of a request stands. */
export async function startHostileServer(answers: Answers = {}, secure = false): Promise<HostileServer> {
  const take = (socket: Socket) => {
    const index = started.requests.push('') - 1;
    started.sockets.add(socket);
    socket.on('error', () => {}).on('close', () => started.sockets.delete(socket));
    socket.setEncoding('latin1').once('data', (head) => {
      started.requests[index] = String(head);
      const answer = started.answers[String(head).split(' ')[1] ?? ''] ?? 'HTTP/1.1 404 No\r\n\r\n';
      if (typeof answer === 'function') answer(socket);
      else socket.end(answer);
    });
  };
  const pems = { key: readFixture('tls/key.pem'), cert: readFixture('tls/certificate.pem') };
  const server = secure ? createTlsServer(pems, take) : createServer(take);
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const started: HostileServer = { port, requests: [], sockets: new Set(), answers };
  onTestFinished(async () => {
    server.close();
    for (const socket of started.sockets) socket.destroy();
    await once(server, 'close');
  });
  return started;
}

/** Sends it again and again, until the other side has had enough. */
export function endlessly(head: string, chunk: string | Buffer, pause = 0): (socket: Socket) => void {
  return (socket) => {
    const more = () => {
      if (socket.destroyed) return;
      if (pause > 0) socket.write(chunk, () => setTimeout(more, pause));
      else if (socket.write(chunk)) setImmediate(more);
      else socket.once('drain', more);
    };
    socket.write(head, more);
  };
}

/** An answer of this status with these lines of header. */
export function answer(status: number, lines: string[] = [], body: string | Buffer = ''): Buffer {
  const head = [`HTTP/1.1 ${status} Said`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), Buffer.from(body as string)]);
}

export const from = 'https://news.example.com';

/** Every name of the tests is this machine's. */
export async function resolve(name: string) {
  if (!/^(upstream|inside|other)\.example$|^localhost\.?$/.test(name))
    throw Object.assign(new Error('No such name'), { code: 'ENOTFOUND' });
  return [{ address: '127.0.0.1', family: 4 }];
}

/** Where nothing but that server may be connected to. */
export function networkOf({ port }: HostileServer, changes: Partial<Network> = {}): Network {
  return {
    resolve,
    allows: (address, asked) => address === '127.0.0.1' && asked === port,
    ca: readFixture('tls/certificate.pem'),
    ...changes,
  };
}

/** Gets `path` of a server with these answers. */
export async function get(
  answers: Answers,
  path = '/',
  options: Partial<Parameters<typeof safeFetch>[1]> = {},
) {
  const server = await startHostileServer(answers);
  const url = `http://upstream.example:${server.port}${path}`;
  const outcome = await safeFetch(url, { from, network: networkOf(server), ...options }).catch(String);
  return { server, outcome: typeof outcome === 'string' ? told(outcome, server) : outcome };
}

/** The sentence, whatever the port. */
export function told(sentence: string, { port }: HostileServer): string {
  return sentence.replace('FetchError: ', '').replaceAll(`:${port}`, '');
}
