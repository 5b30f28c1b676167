import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a hub does with a ping that it has recorded; by default it takes it. */
type Behaviour = (answer: ServerResponse, topic: string) => unknown;

export interface Hub {
  url: string;
  /** The forms that it got, in their order. */
  pings: URLSearchParams[];
  behave: Behaviour;
  close(): Promise<void>;
}

/** Where hubs of tests are found. */
export const thisMachine = { allows: (address: string) => address === '127.0.0.1' };

/** A WebSub hub on this machine, on any port or again on one that it had. */
export async function startHub(behave: Behaviour = take, port = 0): Promise<Hub> {
  const server = createServer(async (request, answer) => {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (request.method !== 'POST' || !isForm) return answer.writeHead(400).end();
    const form = new URLSearchParams(await text(request));
    hub.pings.push(form);
    return hub.behave(answer, form.get('hub.url') ?? '');
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const hub: Hub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    pings: [],
    behave,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hub;
}

export function take(answer: ServerResponse): void {
  answer.writeHead(204).end();
}

export function refuse(status: number, headers: Record<string, string> = {}): Behaviour {
  return (answer) => answer.writeHead(status, headers).end('No.');
}

/** Takes the connection and never says a word. */
export function hang(): void {}

/** The topics that it was told of, sorted. */
export function topicsOf({ pings }: Hub): string[] {
  return pings.map((form) => form.get('hub.url') ?? '').sort();
}
