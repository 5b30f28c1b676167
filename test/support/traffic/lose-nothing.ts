import { expect, inject } from 'vitest';
import { type Rates, startFaultProxy } from '../fault-proxy.ts';
import { randomNumbers } from '../random-numbers.ts';
import { repeat } from '../repeat.ts';
import { closeSound, startSite } from '../site.ts';
import { Tally } from './answers.ts';
import { Editors } from './editors.ts';
import { places, Readers } from './readers.ts';
import type { Story } from './story.ts';

export const seed = Number(process.env.SEED ?? 20261126);

interface Load {
  editors: number;
  /** Each followed by two readings. */
  steps: number;
  /** How often an editor asks before he waits for better times. */
  patience: number;
  /** How many times longer than in a Lambda an answer may take. */
  slowness: number;
}

/** Editors and readers at a site of their own, while these faults befall every call of its database. */
export async function loseNothing(rates: Rates, load: Load): Promise<void> {
  const random = randomNumbers(seed);
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  const site = await startSite({ endpoint: proxy.endpoint, patience: load.slowness });
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
  console.log(`Seed ${seed}, ${JSON.stringify(rates)}: ${tally}; ${JSON.stringify(proxy.counts)}`);
  proxy.faults = {};

  // At once, and without a restart.
  for (const place of places) expect([200, 304]).toContain(await readers.open(...place));
  await editors.expectNothingLost();
  await editors.repeatPending();
  await editors.expectNothingLost();
  await editors.expectNothingDoubled();
  await closeSound(site);
  await proxy.close();
}
