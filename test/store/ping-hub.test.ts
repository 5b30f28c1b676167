import { expect, onTestFinished, test } from 'vitest';
import { pingHub as ping } from '../../functions/announce/send-pings.ts';
import { type Hub, hang, refuse, startHub, thisMachine } from '../support/hub.ts';

const topic = 'https://news.example.com/tag/%E6%B8%AF%E5%8F%A3/rss.xml';

const pingHub = (url: string, about: string, milliseconds?: number) =>
  ping(url, about, {
    from: 'https://news.example.com',
    network: thisMachine,
    ...(milliseconds && { milliseconds }),
  });

async function hubThat(...behaviour: Parameters<typeof startHub>): Promise<Hub> {
  const hub = await startHub(...behaviour);
  onTestFinished(() => hub.close());
  return hub;
}

test('names the topic in the words of every hub', async () => {
  const hub = await hubThat();

  expect(await pingHub(hub.url, topic)).toBeUndefined();
  expect(hub.pings.map((form) => [...form])).toEqual([
    [
      ['hub.mode', 'publish'],
      ['hub.url', topic],
      ['hub.topic', topic],
    ],
  ]);
});

test.each([
  [500, {}, 0],
  [404, {}, 0],
  [429, { 'Retry-After': '120' }, 120],
  [503, { 'Retry-After': 'soon' }, 0],
  [503, { 'Retry-After': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
])('tells that a hub answered %i, and with %o how long to wait', async (status, headers, waitSeconds) => {
  const hub = await hubThat(refuse(status, headers));

  expect(await pingHub(hub.url, topic)).toEqual({ reason: String(status), waitSeconds });
});

test('waits until a date that a hub names', async () => {
  const later = new Date(Date.now() + 600_000).toUTCString();
  const hub = await hubThat(refuse(503, { 'Retry-After': later }));

  const failure = await pingHub(hub.url, topic);

  expect(failure?.waitSeconds).toBeGreaterThan(500);
  expect(failure?.waitSeconds).toBeLessThanOrEqual(600);
});

test.each([301, 302, 303, 307, 308])('follows no redirect: %i is a failure', async (status) => {
  const other = await hubThat();
  const hub = await hubThat(refuse(status, { Location: other.url }));

  expect(await pingHub(hub.url, topic)).toEqual({ reason: String(status), waitSeconds: 0 });
  expect(other.pings).toEqual([]);
});

test('tells that there is no hub', async () => {
  const hub = await startHub();
  await hub.close();

  expect(await pingHub(hub.url, topic)).toEqual({
    reason: `${new URL(hub.url).host} cannot be reached (ECONNREFUSED)`,
    waitSeconds: 0,
  });
});

test('waits no longer than it may for an answer, and for the rest of a long one not at all', async () => {
  const silent = await hubThat(hang);
  const endless = await hubThat((answer) => answer.writeHead(202).write('No end.'));

  expect(await pingHub(silent.url, topic, 100)).toEqual({
    reason: `${new URL(silent.url).host} takes too long`,
    waitSeconds: 0,
  });
  expect(await pingHub(endless.url, topic)).toBeUndefined();
});

test('turns to no hub that is not on the Internet', async () => {
  const hub = await hubThat();

  const failure = await ping(hub.url, topic, { from: 'https://news.example.com' });

  const { host } = new URL(hub.url);
  expect(failure?.reason).toBe(`${host} leads to 127.0.0.1, which is not on the Internet`);
  expect(hub.pings).toEqual([]);
});
