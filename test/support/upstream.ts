import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An item of a JSON Feed. */
export type UpstreamItem = Record<string, unknown>;

export interface Upstream {
  /** Of its feed. */
  url: string;
  /** Where its articles would be. */
  home: string;
  items: UpstreamItem[];
  /** What it got, in order. */
  requests: IncomingMessage[];
  /** In place of its feed; answers undefined for the feed. */
  behave: (answer: ServerResponse, request: IncomingMessage) => unknown;
  close(): Promise<void>;
}

/** A site on this machine that publishes a JSON Feed with an ETag. */
export async function startUpstream(items: UpstreamItem[] = []): Promise<Upstream> {
  const server = createServer((request, answer) => {
    upstream.requests.push(request);
    if (upstream.behave(answer, request) !== undefined) return;
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Upstream', items: upstream.items };
    const text = JSON.stringify(feed);
    const etag = `"${Buffer.from(text).length}-${hash(text)}"`;
    if (request.headers['if-none-match'] === etag) answer.writeHead(304, { etag }).end();
    else answer.writeHead(200, { etag, 'content-type': 'application/feed+json' }).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstream: Upstream = {
    url: `${home}/feed.json`,
    home,
    items,
    requests: [],
    behave: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

/** For `behave`: the same answer to everybody. */
export function always(status: number, headers: Record<string, string> = {}): Upstream['behave'] {
  return (answer) => answer.writeHead(status, headers).end();
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1e9, 7);
}
