import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { keepSource, readSources } from '../../functions/store/sources.ts';
import { type Site, startSite } from './site.ts';

/** An address that is known before the site behind it is started, as a domain is. */
export interface Front {
  url: string;
  leadTo(siteUrl: string): void;
}

export async function startFront(): Promise<Front> {
  let target = '';
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    incoming.pipe(
      ask(target + url, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (siteUrl) => {
      target = siteUrl;
    },
  };
}

/** A site at its front that follows these feeds at once. Its authority is its name's. */
export async function startDesk(
  name: string,
  { front, follows, endpoint }: { front: Front; follows: Record<string, string>; endpoint?: string },
): Promise<Site> {
  const sources = Object.entries(follows).map(
    ([source, feed]) => `  - { name: ${source}, feed: "${feed}", follow: { publish: at-once, most: 500 } }`,
  );
  const site = await startSite({
    baseUrl: front.url,
    ...(endpoint && { endpoint }),
    files: {
      'site.yaml': [
        `title: ${name}`,
        `description: What ${name} has to say`,
        `authority: ${name.toLowerCase()}.example.com`,
        'language: en',
        'timeZone: Asia/Shanghai',
        ...(sources.length > 0 ? ['sources:', ...sources] : []),
      ].join('\n'),
    },
  });
  onTestFinished(() => site.close());
  front.leadTo(site.url);
  return site;
}

/** Fires the schedule at a moment at which all sources are due. Answers the names of those that were asked. */
export async function pullAll({ store, stage }: Site): Promise<string[]> {
  for (const state of (await readSources(store)).values())
    await keepSource(store, { ...state, nextTry: state.followedSince }, state);
  return (await stage.fire('PullSources')) as string[];
}
