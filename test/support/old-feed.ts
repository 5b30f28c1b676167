import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface OldItem {
  title: string;
  link: string;
  guid: string;
  /** ISO 8601. */
  date: string;
}

/** The newest items of an old site, as its subscribers have them. */
export function oldFeed(home: string, items: OldItem[]): string {
  const item = ({ title, link, guid, date }: OldItem) =>
    `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${guid}</guid><pubDate>${new Date(date).toUTCString()}</pubDate><description>As it was.</description><content:encoded>As it was.</content:encoded></item>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The old site</title><link>${home}</link><description>As it was.</description>${items.map(item).join('')}</channel></rss>`;
}

/** The origin of a server that answers this text everywhere, until the test has finished. */
export async function serveText(text: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
