import { expect, inject, test } from 'vitest';
import { type Rates, startFaultProxy } from '../support/fault-proxy.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, startSite } from '../support/site.ts';
import { Tally } from '../support/traffic/answers.ts';
import { Editors } from '../support/traffic/editors.ts';
import { places, Readers } from '../support/traffic/readers.ts';
import type { Story } from '../support/traffic/story.ts';

const seed = Number(process.env.SEED ?? 20261126);

const mixed: Rates = {
  ...{ throttle: 0.06, conflict: 0.05, errorBefore: 0.04, errorAfter: 0.04, unprocessed: 0.03 },
  ...{ lostRequest: 0.03, lostAnswer: 0.03, delay: 0.015, hang: 0.005 },
};

interface Load {
  editors: number;
  /** Each followed by two readings. */
  steps: number;
  /** How often an editor asks before he waits for better times. */
  patience: number;
}

const busy = { editors: 16, steps: Number(process.env.COUNT ?? 64), patience: 3 };

test.each<[string, Rates, Load]>([
  ['throttles two calls in five', { throttle: 0.4 }, busy],
  ['loses a fifth of its answers', { lostAnswer: 0.2 }, busy],
  ['loses a fifth of the requests', { lostRequest: 0.2 }, busy],
  ['does a bit of everything to three calls in ten', mixed, busy],
  ['hangs', { hang: 1 }, { editors: 8, steps: 16, patience: 1 }],
])('loses and doubles nothing while the database %s', async (_, rates, load) => {
  console.log(`Seed ${seed}`);
  const random = randomNumbers(seed);
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  const site = await startSite({ endpoint: proxy.endpoint, patience: 1 });
  const tally = new Tally();
  const editors = new Editors(site, load.editors * 5, tally);
  const readers = new Readers(site, tally);
  const own = (editor: number): Story => {
    const index = Math.floor(random() * 5) * load.editors + editor;
    return editors.stories[index] as Story;
  };
  await repeat(editors.stories.length, load.editors, (index) =>
    index % 2 ? editors.write(editors.stories[index] as Story, random(), 1) : Promise.resolve(),
  );

  proxy.faults = { any: rates };
  await repeat(load.editors, load.editors, async (editor) => {
    for (let step = 0; step < load.steps / load.editors; step++) {
      const story = own(editor);
      await editors.write(story, random(), load.patience);
      await readers.read(story.slugs[0], random());
      await readers.read(story.slugs[1], random());
    }
  });
  console.log(`${tally}; ${JSON.stringify(proxy.counts)}`);
  proxy.faults = {};

  // At once, and without a restart.
  for (const place of places) expect([200, 304]).toContain(await readers.open(...place));
  await editors.expectNothingLost();
  await editors.repeatPending();
  await editors.expectNothingLost();
  await editors.expectNothingDoubled();
  await closeSound(site);
  await proxy.close();
});

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
