import { expect, test } from 'vitest';
import { type FetchOptions, safeFetch } from '../../functions/pull/safe-fetch.ts';
import type { Network } from '../../functions/pull/send-request.ts';
import {
  answer,
  from,
  get,
  networkOf,
  resolve,
  startHostileServer,
  told,
} from '../support/hostile-server.ts';

test('follows five redirects, and no sixth', async () => {
  const answers = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [`/${index}`, answer(307, [`Location: ${index + 1}`])]),
  );

  const [five, six] = [await get(answers, '/1'), await get(answers, '/0')];
  const loop = await get({ '/': answer(302, ['Location: /']) });

  expect(five.outcome).toMatchObject({ status: 404, url: expect.stringMatching(/\/6$/) });
  expect(six.outcome).toBe('upstream.example redirects once more after 5 redirects');
  expect(loop.outcome).toBe('upstream.example redirects once more after 5 redirects');
  expect([five, six, loop].map(({ server }) => server.requests.length)).toEqual([6, 6, 6]);
});

test.each<[number[], number | undefined]>([
  [[200], undefined],
  [[301, 200], 1],
  [[308, 301, 200], 2],
  [[301, 302, 301, 200], 1],
  [[302, 301, 200], undefined],
  [[303, 200], undefined],
  [[301, 410], 1],
])('of %j the address that it has moved to for ever is %s', async (statuses, moved) => {
  const answers = Object.fromEntries(
    statuses.map((status, index) => [
      `/${index}`,
      answer(status, status < 400 && status >= 300 ? [`Location: /${index + 1}#top`] : []),
    ]),
  );

  const { server, outcome } = await get(answers, '/0');

  const address = `http://upstream.example:${server.port}/`;
  expect(outcome).toMatchObject({ status: statuses.at(-1), url: `${address}${statuses.length - 1}` });
  expect((outcome as { movedTo?: string }).movedTo).toBe(moved && `${address}${moved}`);
});

test('follows an address in letters as they are', async () => {
  const { outcome } = await get({
    '/': answer(301, ['Location: /港口']),
    '/%E6%B8%AF%E5%8F%A3': answer(200, [], 'A port'),
  });

  expect(outcome).toMatchObject({ status: 200, body: Buffer.from('A port') });
});

test.each([
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001'],
  ...['127.0.0.1.', '①②⑦.⓪.⓪.①', '１２７.0.0.1', '127%2e0%2e0%2e1', '0', '10.0.0.1', '169.254.169.254'],
  ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[0:0:0:0:0:ffff:7f00:1]'],
  ...['[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001::7f00:1]', '[fe80::1]'],
  ...['[fd00:ec2::254]', 'localhost', 'LOCALHOST.', 'inside.example', 'upstream.example@127.0.0.1'],
  ...['127.0.0.1\\@upstream.example', '127.0.0.1%23@upstream.example'],
])('is not led to its own network as %s', async (host) => {
  const inner = await startHostileServer();
  const there = `http://${host}:${inner.port}/`;

  const direct = await safeFetch(there, { from, network: { resolve } }).catch(String);
  const led = await get({ '/': answer(302, [`Location: ${there}`]) });
  const hidden = await get({ '/': answer(302, [`Location: //${host}:${inner.port}/`]) });

  for (const outcome of [direct, led.outcome, hidden.outcome])
    expect(outcome).toMatch(
      /which is not on the Internet$|^(FetchError: )?A name or password stands before /,
    );
  expect(inner.requests).toEqual([]);
});

test.each([
  ['ftp://upstream.example/', 'ftp: is neither http nor https'],
  ['file:///etc/passwd', 'file: is neither http nor https'],
  ['gopher://upstream.example:70/', 'gopher: is neither http nor https'],
  ['data:text/xml,%3Crss/%3E', 'data: is neither http nor https'],
  ['http://upstream.example:25/', 'upstream.example:25 is no port of the web'],
  ['http://upstream.example:0/', 'upstream.example:0 is no port of the web'],
  ['https://me@upstream.example/', 'A name or password stands before upstream.example'],
  ['https://:secret@upstream.example/', 'A name or password stands before upstream.example'],
  ['http://nowhere.example/', 'nowhere.example cannot be reached (ENOTFOUND)'],
  ['http://', 'This is no address'],
  ['http://[fe80::1%25eth0]/', 'This is no address'],
  ['http://4294967296/', 'This is no address'],
])('does not ask %s', async (address, sentence) => {
  const direct = await safeFetch(address, { from, network: { resolve } }).catch(String);
  const led = await get({ '/': answer(302, [`Location: ${address}`]) });

  expect(direct).toBe(`FetchError: ${sentence}`);
  expect(led.outcome).toBe(sentence.replace('This is', 'upstream.example redirects to what is'));
});

test('looks a name up once for each connection, and goes only where it then was', async () => {
  const asked: string[] = [];
  const server = await startHostileServer({ '/': answer(302, ['Location: /again']) });
  const network = networkOf(server, {
    async resolve(name) {
      asked.push(name);
      return [{ address: `127.0.0.${asked.length}`, family: 4 }];
    },
  });

  const outcome = await safeFetch(`http://upstream.example:${server.port}/`, { from, network }).catch(String);

  expect(told(String(outcome), server)).toBe(
    'upstream.example leads to 127.0.0.2, which is not on the Internet',
  );
  expect(asked).toEqual(['upstream.example', 'upstream.example']);
  expect(server.requests.length).toBe(1);
});

test('of the addresses of a name connects only to those on the Internet', async () => {
  const server = await startHostileServer({ '/': answer(200, [], 'A feed') });
  const addresses = ['10.0.0.1', '::1', '127.0.0.1'].map((address) => ({
    address,
    family: address === '::1' ? 6 : 4,
  }));
  const network = networkOf(server, { resolve: async () => addresses });

  const { status } = await safeFetch(`http://upstream.example:${server.port}/`, { from, network });

  expect(status).toBe(200);
});

test('sends nothing where it turns out to be connected to another address', async () => {
  const server = await startHostileServer();
  const judged: string[] = [];
  const network = networkOf(server, { allows: (address) => judged.push(address) === 1 });

  const outcome = await safeFetch(`http://upstream.example:${server.port}/`, { from, network }).catch(String);

  expect(told(String(outcome), server)).toBe(
    'upstream.example leads to 127.0.0.1, which is not on the Internet',
  );
  expect(judged).toEqual(['127.0.0.1', '127.0.0.1']);
  expect(server.requests.join('')).toBe('');
});

test('goes from http to https and never back, and trusts no certificate of another name', async () => {
  const secure = await startHostileServer({ '/': answer(200, [], 'A feed'), '/back': '' }, true);
  const plain = await startHostileServer({});
  const both = { allows: (address: string) => address === '127.0.0.1' };
  const ask = (url: string, changes: Partial<Network> = both) => {
    const options: FetchOptions = { from, network: networkOf(secure, { ...both, ...changes }) };
    return safeFetch(url, options).then(({ status }) => status, String);
  };
  const there = (path: string, host = 'upstream') => `https://${host}.example:${secure.port}${path}`;
  plain.answers['/'] = answer(302, [`Location: ${there('/')}`]);
  secure.answers['/back'] = answer(302, [`Location: http://upstream.example:${plain.port}/`]);

  const { ca: _, ...withoutAuthority } = networkOf(secure, both);
  const outcomes = [
    await ask(`http://upstream.example:${plain.port}/`),
    await ask(there('/back')),
    await ask(there('/', 'other')),
    await safeFetch(there('/'), { from, network: withoutAuthority }).catch(String),
  ];

  expect(outcomes.map((outcome) => (outcome === 200 ? outcome : told(String(outcome), secure)))).toEqual([
    200,
    'upstream.example redirects from https to http',
    'other.example has no certificate that can be trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
    'upstream.example has no certificate that can be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
  ]);
  expect(plain.requests.length).toBe(1);
});
