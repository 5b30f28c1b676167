import { expect, test } from 'vitest';
import { findHub } from '../../functions/pull/subscribe.ts';

const url = 'https://desk.example/feed.xml';
const inFeed = { hub: 'https://hub.example/', self: 'https://desk.example/self.xml' };

function found(link: string | undefined, feed: { hub?: string; self?: string } = {}) {
  const headers = new Headers(link === undefined ? {} : { link });
  const read = { title: 'Desk', items: [], tombstones: [], leftOut: [], ...feed };
  return findHub(read, { status: 200, body: new Uint8Array(), headers, url });
}

test.each([
  ['<https://h.example/>; rel="hub", <https://desk.example/a>; rel="self"', 'https://h.example/'],
  ['<https://h.example/>;rel=hub,<https://desk.example/a>;rel=self', 'https://h.example/'],
  ['</hub?a,b>; title="x"; REL="alternate HUB", <a>; rel="self"', 'https://desk.example/hub?a,b'],
  ['<https://one.example/>; rel=hub, <https://two.example/>; rel=hub, <a>; rel=self', 'https://one.example/'],
])('finds it in the header %s', (link, hub) => {
  expect(found(link, inFeed)).toEqual({ url: hub, topic: 'https://desk.example/a' });
});

test('finds it in the document, if the header has others', () => {
  const there = { url: inFeed.hub, topic: inFeed.self };

  expect(found(undefined, inFeed)).toEqual(there);
  expect(found('</style.css>; rel=preload; as=style', inFeed)).toEqual(there);
  expect(found('<x>; rel=hubs, <y>; rel="self-made"', inFeed)).toEqual(there);
});

test.each([
  ['no hub', undefined, { self: inFeed.self }],
  ['no address of its own', undefined, { hub: inFeed.hub }],
  ['a hub that is no address of the web', '<ftp://h.example/>; rel=hub', { self: inFeed.self }],
  ['a hub with a password', '<https://a:b@h.example/>; rel=hub', { self: inFeed.self }],
  ['too long an address', `<https://h.example/${'x'.repeat(2048)}>; rel=hub`, { self: inFeed.self }],
])('finds none where there is %s', (_, link, feed) => {
  expect(found(link, feed)).toBeUndefined();
});

test('reads a header of thousands of parts in no time to speak of', () => {
  expect(found(`${'<'.repeat(9000)}${'; '.repeat(9000)}${'<a>;rel=hub '.repeat(900)}`)).toBeUndefined();
});
