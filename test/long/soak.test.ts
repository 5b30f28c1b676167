import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, inject, test } from 'vitest';
import type { Template } from '../../infra/local/template.ts';
import { type Rates, startFaultProxy } from '../support/fault-proxy.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { repeat } from '../support/repeat.ts';
import { expectSound, startSite } from '../support/site.ts';
import { Tally } from '../support/traffic/answers.ts';
import { Editors } from '../support/traffic/editors.ts';
import { type Place, places, Readers } from '../support/traffic/readers.ts';
import type { Story } from '../support/traffic/story.ts';

const minutes = Number(process.env.MINUTES ?? 0);
const seed = Number(process.env.SEED ?? 20261127);
const clients = 6;
const storiesEach = 10;

/** Each kind lasts ten seconds, in turn; the database is fine half of the time. */
const weather: Rates[] = [
  {},
  { throttle: 0.1 },
  {},
  { lostAnswer: 0.1, lostRequest: 0.05 },
  {},
  { errorBefore: 0.05, errorAfter: 0.05, conflict: 0.05, unprocessed: 0.05, delay: 0.1 },
  {},
  { hang: 0.02 },
];

// A silent skip would look as if it had run.
if (!minutes) console.log('The soak is skipped: MINUTES=20 npm run test:long -- soak runs it');

test.runIf(minutes)(
  `${minutes} minutes of reading, publishing and faults leave memory flat and every article as its editor was told`,
  { timeout: (minutes + 5) * 60_000 },
  async () => {
    console.log(`Seed ${seed}`);
    const random = randomNumbers(seed);
    const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
    const site = await startSite({ endpoint: proxy.endpoint, patience: 1, change: keepHeapsSmall });
    const tally = new Tally();
    const editors = new Editors(site, clients * storiesEach, tally);
    const readers = new Readers(site, tally);
    const story = (client: number, chance: number) =>
      editors.stories[client * storiesEach + Math.floor(chance * storiesEach)] as Story;

    // Slow calls of all at once: as many environments as there will be, each with a heap of its own.
    proxy.faults = { any: { delay: 1 } };
    for (let round = 0; round < 3; round++) {
      await repeat(clients, clients, (client) => editors.write(story(client, random()), random(), 3));
      await repeat(clients, clients, async () => void (await readers.open(...(places[0] as Place))));
    }
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / (minutes * 60_000);
    /** Of the whole process, functions and all, in megabytes, every ten seconds. */
    const memory: number[] = [];
    const timers = [
      setInterval(() => {
        proxy.faults = { any: weather[memory.length % weather.length] ?? {} };
        collectGarbage();
        memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
      }, 10_000),
      setInterval(() => site.stage.fire('Sweep').catch(() => {}), 60_000),
    ];

    await repeat(clients, clients, async (client) => {
      while (elapsed() < 1) {
        const own = story(client, random());
        await editors.write(own, random(), 3);
        for (let reading = 0; reading < 4; reading++)
          await readers.read(own.slugs[random() < 0.7 ? 0 : 1], random());
      }
    });
    for (const timer of timers) clearInterval(timer);
    proxy.faults = {};

    console.log(`${tally}; ${JSON.stringify(proxy.counts)}`);
    await editors.repeatPending();
    await editors.expectNothingLost();
    await editors.expectNothingDoubled();
    for (const place of places) expect([200, 304, 404]).toContain(await readers.open(...place));
    await expectSound(site);
    console.log(`Memory in MB, every ten seconds: ${memory.join(' ')}`);
    const third = Math.ceil(memory.length / 3);
    expect(Math.max(...memory.slice(-third))).toBeLessThan(1.3 * Math.max(...memory.slice(0, third)));
    await site.close();
    await proxy.close();
  },
);

// The test's own heap, beside the functions'.
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

// Cleared often, so that what the process holds is what is in use; a function that hoards is ended, and its caller gets a 500.
function keepHeapsSmall({ Resources }: Template): void {
  setFlagsFromString('--max-semi-space-size=1');
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === 'AWS::Lambda::Function') Properties.MemorySize = 64;
}
