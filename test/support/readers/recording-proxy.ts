import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a site, so that readers can be told its address before it runs, and what they are answered can be counted. */
export interface RecordingProxy {
  url: string;
  /** Where to pass requests on to. */
  target: string;
  /** The statuses of all answers since the last call. */
  answered(): number[];
  close(): void;
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  let statuses: number[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const passedOn = request(new URL(url, proxy.target), { method, headers }, (answer) => {
      statuses.push(answer.statusCode ?? 0);
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    // As when it is closed in between.
    passedOn.on('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: RecordingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    answered() {
      const told = statuses;
      statuses = [];
      return told;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}
