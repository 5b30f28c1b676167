import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

interface Reply {
  status: number;
  headers: Record<string, string | undefined>;
  body: string | Buffer;
}
/** What a server does worse than it should. */
export type Change = (reply: Reply, request: IncomingMessage) => void;

const etag = 'W/"one"';
export const modified = 'Mon, 02 Mar 2026 10:00:00 GMT';

/** A feed without fault. */
export function documentAt(url: string): string {
  const hubs = [{ type: 'WebSub', url: 'https://hub.example.net/' }];
  const items = [{ id: 'lamp', content_text: 'The lamp burns again.' }];
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Quay', feed_url: url, hubs, items };
  return JSON.stringify(feed, undefined, 1);
}

/** As a server should: validators, 304, HEAD, gzip. */
function answerWell({ method, url = '', headers }: IncomingMessage, origin: string): Reply {
  const isKnown = headers['if-none-match']?.includes('"one"');
  const isUnchanged = headers['if-none-match'] ? isKnown : headers['if-modified-since'] === modified;
  const isPacked = headers['accept-encoding'] === 'gzip';
  const text = documentAt(origin + url);
  const body = isPacked ? gzipSync(text) : text;
  return {
    status: isUnchanged ? 304 : 200,
    headers: {
      'content-type': 'application/feed+json',
      'content-encoding': isPacked ? 'gzip' : undefined,
      etag,
      'last-modified': modified,
      'cache-control': 'max-age=300',
      vary: 'Accept-Encoding',
      link: `<${origin}${url}>; rel="self", <https://hub.example.net/>; rel="hub"`,
    },
    body: method === 'HEAD' || isUnchanged ? '' : body,
  };
}

/** The address of its feed, until the test has finished. */
export async function serve(change: Change): Promise<string> {
  const server = createServer((request, response) => {
    const reply = answerWell(request, origin);
    change(reply, request);
    const told = Object.entries(reply.headers).filter(([, value]) => value !== undefined) as [
      string,
      string,
    ][];
    response.writeHead(reply.status, Object.fromEntries(told)).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => void server.close());
  return `${origin}/feed.json`;
}
