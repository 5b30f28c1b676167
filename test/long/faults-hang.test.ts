import { expect, inject, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, startSite } from '../support/site.ts';
import { loseNothing, seed } from '../support/traffic/lose-nothing.ts';

test('loses and doubles nothing while the database hangs', () =>
  loseNothing({ hang: 1 }, { editors: 16, steps: 16, patience: 1, slowness: 1 }));

test('answers a POST that was stored, but never answered for, by the same article when it is repeated', async () => {
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  const site = await startSite({ endpoint: proxy.endpoint, patience: 1 });
  const body = { title: 'Storm over the coast', text: 'Text.', tags: ['Sea'] };
  const post = () => signedFetch(`${site.url}/articles`, { method: 'POST', body });

  proxy.faults = { TransactWriteItems: { lostAnswer: 1 } };
  const unanswered = await post();
  proxy.faults = {};
  const repeated = await post();

  expect([unanswered.status, repeated.status]).toEqual([503, 200]);
  expect(repeated.headers.get('location')).toBe('/articles/storm-over-the-coast');
  const listed = await (await signedFetch(`${site.url}/articles`)).json();
  expect(listed).toMatchObject({ items: [{ slug: 'storm-over-the-coast', version: 1 }], next: null });
  await closeSound(site);
  await proxy.close();
});

test('tells readers within ten seconds, and editors within twenty, that the database hangs', async () => {
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  const site = await startSite({ endpoint: proxy.endpoint, patience: 1 });
  const body = { title: 'Storm', text: 'Text.' };
  proxy.faults = { any: { hang: 1 } };

  const answers = await Promise.all([
    timed(() => site.fetch('/news/storm')),
    timed(() => site.fetch('/rss.xml')),
    timed(() => signedFetch(`${site.url}/articles`, { method: 'POST', body })),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  // What a busy machine takes comes on top; a second more, and the functions would be stopped.
  for (const [index, limit] of [10, 10, 20].entries())
    expect(answers[index]?.seconds).toBeLessThan(limit + 4);
  await site.close();
  await proxy.close();
});

async function timed(ask: () => Promise<Response>) {
  const start = performance.now();
  const { status } = await ask();
  return { status, seconds: (performance.now() - start) / 1000 };
}
