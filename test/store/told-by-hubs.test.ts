import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { expect, onTestFinished } from 'vitest';
import type { Bindings } from '../../functions/runtime/lambda.ts';
import { pushRoutes } from '../../functions/site/push-routes.ts';
import { readSubscriptions } from '../../functions/store/subscriptions.ts';
import { describeSources } from '../../functions/write/descriptions.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { following, slugsOf, story, upstreamWith } from '../support/following.ts';
import { type Hub, refuse, startHub } from '../support/hub.ts';
import { readBackend } from '../support/reading.ts';
import { always } from '../support/upstream.ts';

type Desk = Awaited<ReturnType<typeof startDesk>>;

async function openHub(): Promise<Hub> {
  const hub = await startHub();
  onTestFinished(() => hub.close());
  return hub;
}

/** A desk that follows a source of this hub, asked for the first time at 12:00, and next at 13:00. */
async function startDesk(backend: TestBackend) {
  const [hub, upstream] = [await openHub(), await upstreamWith(story(1))];
  const name = (url: string | undefined) => {
    upstream.behave = (answer) => {
      if (url) answer.setHeader('link', `<${url}>; rel="hub", <${upstream.url}>; rel=self`);
    };
  };
  name(hub.url);
  const desk = following(backend, ['Upstream', upstream.url, 'every: 60']);
  const app = new Hono<Bindings>();
  pushRoutes(app, readBackend(backend));
  const form = (asked = hub) => Object.fromEntries(asked.pings.at(-1) ?? []) as Record<string, string>;
  const callback = (asked = hub) => form(asked)['hub.callback']?.replace(backend.baseUrl, '') ?? '';
  return {
    ...desk,
    ...{ hub, upstream, name, form, callback },
    /** As the hub asks whether it was the desk that asked. */
    ask(fields: Record<string, string> = {}, path = callback()) {
      const said = { mode: 'subscribe', topic: upstream.url, challenge: 'a b&c', lease_seconds: '864000' };
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...said, ...fields })) query.set(`hub.${name}`, value);
      return app.request(`${path}?${query}`);
    },
    deliver(secret = form()['hub.secret'] ?? '', path = callback()) {
      const body = JSON.stringify({ items: [story(9)] });
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      return app.request(path, { method: 'POST', body, headers: { 'X-Hub-Signature': signature } });
    },
    async push() {
      const { items } = await describeSources(desk.desk);
      return items[0]?.push;
    },
  };
}

test('the hub that a source names is asked to tell, and the secret is nobody else’s', async ({ backend }) => {
  const { pull, desk, form, callback, upstream, hub, push } = await startDesk(backend);

  await pull();

  const secret = form()['hub.secret'] ?? '';
  expect(form()).toEqual({
    'hub.mode': 'subscribe',
    'hub.topic': upstream.url,
    'hub.callback': expect.stringMatching(/^https:\/\/news\.example\.com\/websub\/[\w-]{32}$/),
    'hub.secret': expect.stringMatching(/^[0-9a-f]{64}$/),
    'hub.lease_seconds': '864000',
  });
  expect(await push()).toEqual({ hub: hub.url, until: null, toldAt: null, wrong: null });
  const shown = JSON.stringify(await describeSources(desk));
  for (const hidden of [secret, callback()]) expect(shown).not.toContain(hidden);
});

test('confirms what was asked for and nothing else', async ({ backend }) => {
  const { pull, ask, callback, push } = await startDesk(backend);
  await pull();

  const other = `/websub/${'x'.repeat(32)}`;
  for (const answer of [
    await ask({ topic: 'https://elsewhere.example/' }),
    await ask({ mode: 'unsubscribe' }),
    await ask({}, other),
    await ask({}, `${callback()}x`),
  ])
    expect(answer.status).toBe(404);
  expect(await push()).toMatchObject({ until: null });

  const answer = await ask();

  expect([answer.status, await answer.text()]).toEqual([200, 'a b&c']);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await push()).toMatchObject({ until: '2026-06-11T12:00:00.000Z', wrong: null });
});

test('a signed delivery has the source asked, though not twice in five minutes, and brings nothing itself', async ({
  backend,
}) => {
  const { pull, ask, deliver, upstream, push } = await startDesk(backend);
  await pull();
  await ask();
  upstream.items.push(story(2));
  backend.time = '2026-06-01T12:00:10.000Z';

  expect((await deliver()).status).toBe(204);

  expect(await push()).toMatchObject({ toldAt: '2026-06-01T12:00:10.000Z' });
  expect(await pull('2026-06-01T12:04:59.000Z')).toEqual([]);
  expect(await pull('2026-06-01T12:05:00.000Z')).toEqual(['Upstream']);
  expect(await pull('2026-06-01T12:30:00.000Z')).toEqual([]);
  expect(await slugsOf(backend)).toEqual(['story-1', 'story-2']);
});

test('a delivery with a wrong signature changes nothing, whatever it is told', async ({ backend }) => {
  const { pull, ask, deliver, push } = await startDesk(backend);
  await pull();
  await ask();
  const before = await push();
  backend.time = '2026-06-01T12:00:10.000Z';

  expect((await deliver('a guess')).status).toBe(204);
  expect((await deliver('a guess', `/websub/${'x'.repeat(32)}`)).status).toBe(410);

  expect(await push()).toEqual(before);
  expect(await pull('2026-06-01T12:30:00.000Z')).toEqual([]);
});

test('a hub may call back before it answers', async ({ backend }) => {
  const { pull, ask, hub, push } = await startDesk(backend);
  hub.behave = async (answer) => {
    expect((await ask()).status).toBe(200);
    answer.writeHead(202).end();
  };

  await pull();

  expect(await push()).toMatchObject({ until: '2026-06-11T12:00:00.000Z', wrong: null });
});

test('a lease is renewed at its half, what is not confirmed is asked for each day', async ({ backend }) => {
  const { pull, ask, hub, form, push } = await startDesk(backend);
  await pull();
  const first = form();

  await pull('2026-06-02T11:00:00.000Z');
  expect(hub.pings).toHaveLength(1);
  await pull('2026-06-02T12:00:00.000Z');
  expect(hub.pings).toHaveLength(2);
  await ask();
  await pull('2026-06-07T11:00:00.000Z');
  expect(hub.pings).toHaveLength(2);
  await pull('2026-06-07T12:00:00.000Z');

  expect(hub.pings).toHaveLength(3);
  expect(form()).toEqual(first);
  await ask();
  expect(await push()).toMatchObject({ until: '2026-06-17T12:00:00.000Z' });
});

test('without its hub a source is polled as before, and the owner is told why', async ({ backend }) => {
  const { pull, ask, hub, state, push } = await startDesk(backend);
  hub.behave = refuse(500);

  await pull();

  const { host } = new URL(hub.url);
  expect(await push()).toMatchObject({ until: null, wrong: `${host} answers 500` });
  expect(await state()).toMatchObject({ failures: 0, nextTry: '2026-06-01T13:00:00.000Z' });
  await ask();
  expect(await push()).toMatchObject({ wrong: null });
  expect((await ask({ mode: 'denied', reason: 'No room' })).status).toBe(200);
  expect(await push()).toMatchObject({ until: null, wrong: 'The hub refuses: No room' });
  await hub.close();
  await pull('2026-06-07T12:00:00.000Z');
  expect(await push()).toMatchObject({ wrong: expect.stringContaining(`${host} cannot be reached`) });
  expect(await pull()).toEqual(['Upstream']);
});

test('another hub takes the place of the former, which is told that it is over', async ({ backend }) => {
  const { pull, ask, deliver, name, upstream, callback, form } = await startDesk(backend);
  await pull();
  const [former, secret] = [callback(), form()['hub.secret']];
  const second = await openHub();

  name(second.url);
  upstream.items.push(story(2));
  await pull();

  expect(second.pings).toHaveLength(1);
  expect(callback(second)).not.toBe(former);
  expect(form(second)['hub.secret']).not.toBe(secret);
  expect((await ask({}, former)).status).toBe(404);
  expect((await deliver(secret, former)).status).toBe(410);
});

test.for<[string, (desk: Desk) => Promise<unknown>]>([
  [
    'names no hub any more',
    ({ name, upstream, pull }) => {
      name(undefined);
      upstream.items.push(story(2));
      return pull();
    },
  ],
  [
    'is gone',
    ({ upstream, pull }) => {
      upstream.behave = always(410);
      return pull();
    },
  ],
  [
    'is followed no more',
    ({ desk, pull }) => {
      desk.sources = [];
      return pull();
    },
  ],
])('nothing is kept for the hub of a source that %s', async ([, end], { backend }) => {
  const desk = await startDesk(backend);
  await desk.pull();

  await end(desk);

  expect(await readSubscriptions(backend.store)).toEqual(new Map());
  expect((await desk.deliver()).status).toBe(410);
});

test('a hub does not shorten the pauses of a source that fails', async ({ backend }) => {
  const { pull, ask, deliver, upstream } = await startDesk(backend);
  await pull();
  await ask();
  upstream.behave = always(503);
  await pull();

  backend.time = '2026-06-01T13:01:00.000Z';
  await deliver();

  expect(await pull('2026-06-01T13:30:00.000Z')).toEqual([]);
});
