import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { SourceJson } from '../../functions/api/answers.ts';
import { forgetSource } from '../../functions/store/sources.ts';
import { siteYaml } from '../infra/content-folder.ts';
import { startHub } from '../support/hub.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';
import { startUpstream } from '../support/upstream.ts';

const publishedAt = '2026-01-02T10:00:00+08:00';

/** The address of a feed of a site that is still to start, at a server that passes it on. */
async function relay(path: string) {
  let site: Site | undefined;
  const server = await startUpstream();
  onTestFinished(() => server.close());
  server.behave = async (answer) => {
    const got = await site?.fetch(path);
    answer.writeHead(got?.status ?? 503).end(got && new Uint8Array(await got.arrayBuffer()));
  };
  return { url: server.url, to: (started: Site) => (site = started) };
}

async function deskThatFollows(own: string, other: string, feed: string, settings: string): Promise<Site> {
  const sources = `sources: [{ name: ${other}, url: "https://${other.toLowerCase()}.example/", feed: "${feed}", ${settings} follow: { publish: at-once } }]`;
  const site = await startSite({
    files: {
      'site.yaml': `${siteYaml.replace('news.example.com', `${own.toLowerCase()}.example`)}\n${sources}`,
      [`articles/from-${own.toLowerCase()}.md`]: articleFile(`From ${own}`, publishedAt),
    },
  });
  onTestFinished(() => closeSound(site));
  return site;
}

async function titlesOf(site: Site): Promise<string[]> {
  const { items } = (await (await signedFetch(`${site.url}/articles`)).json()) as {
    items: { title: string }[];
  };
  return items.map(({ title }) => title).sort();
}

test.each(['/atom.xml', '/rss.xml', '/feed.json'])(
  'two desks that follow each other by %s end after one copy, credited on page, JSON and feeds',
  async (path) => {
    const [toEast, toWest] = [await relay(path), await relay(path)];
    const credit = 'credit: "First in West.",';
    const east = await deskThatFollows('East', 'West', toWest.url, credit);
    const west = await deskThatFollows('West', 'East', toEast.url, '');
    toEast.to(east);
    toWest.to(west);

    for (let round = 0; round < 4; round++)
      for (const [site, other] of [
        [east, 'West'],
        [west, 'East'],
      ] as const) {
        // As if its time had come, and nothing were known of it.
        await forgetSource(site.store, other);
        await site.stage.fire('PullSources');
        await site.stage.drained();
      }

    const both = ['From East', 'From West'];
    expect([await titlesOf(east), await titlesOf(west)]).toEqual([both, both]);
    const { items } = (await (await signedFetch(`${east.url}/sources`)).json()) as { items: SourceJson[] };
    const own = 'This site\'s own: "From East"';
    expect(items).toMatchObject([{ name: 'West', wrong: null, failures: 0, leftOut: [own] }]);

    const original = `${west.url}/news/from-west`;
    expect(await east.json('/news/from-west')).toMatchObject({
      original,
      source: { name: 'West', url: 'https://west.example/', credit: 'First in West.' },
    });
    const page = await east.fetch('/news/from-west', { headers: { Accept: 'text/html' } });
    for (const document of [
      page,
      ...(await Promise.all(['/rss.xml', '/atom.xml', '/feed.json'].map((feed) => east.fetch(feed)))),
    ]) {
      const text = await document.text();
      for (const told of ['West', original, 'First in West.']) expect(text).toContain(told);
    }
  },
);

test('a hub is believed over HTTP: what it was asked for, and what it signed, in any form', async () => {
  const [hub, upstream] = [await startHub(), await startUpstream()];
  onTestFinished(() => hub.close());
  onTestFinished(() => upstream.close());
  upstream.behave = (answer) => {
    answer.setHeader('link', `<${hub.url}>; rel=hub, <${upstream.url}>; rel=self`);
  };
  const site = await deskThatFollows('East', 'West', upstream.url, '');
  await site.stage.fire('PullSources');
  const { 'hub.callback': callback = '', 'hub.secret': secret = '' } = Object.fromEntries(hub.pings[0] ?? []);
  const push = async () => {
    const { items } = (await (await signedFetch(`${site.url}/sources`)).json()) as { items: SourceJson[] };
    return items[0]?.push;
  };

  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': upstream.url });
  const path = callback.slice(site.url.length);
  const confirmed = await site.fetch(`${path}?${query}&hub.challenge=a%20b&hub.lease_seconds=86400`);

  expect(await confirmed.text()).toBe('a b');
  expect(await push()).toMatchObject({ hub: hub.url, wrong: null, toldAt: null });
  for (const [type, body] of [
    ['application/json', '{"title":"港口"}'],
    ['application/atom+xml', '<feed>港口</feed>'],
    ['application/octet-stream', Buffer.from([0, 255, 254, 10])],
  ] as const) {
    const before = (await push())?.toldAt ?? '';
    const sign = (key: string) => `sha512=${createHmac('sha512', key).update(body).digest('hex')}`;
    const deliver = (signature: string) =>
      site.fetch(path, {
        method: 'POST',
        body,
        headers: { 'Content-Type': type, 'X-Hub-Signature': signature },
      });

    expect((await deliver(sign('a guess'))).status).toBe(204);
    expect((await push())?.toldAt ?? '').toBe(before);
    expect((await deliver(sign(secret))).status).toBe(204);
    expect((await push())?.toldAt ?? '').not.toBe(before);
  }
});
