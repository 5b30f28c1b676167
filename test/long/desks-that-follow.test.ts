import { expect, inject, onTestFinished, test } from 'vitest';
import { readListing } from '../../functions/store/listing.ts';
import { readSources } from '../../functions/store/sources.ts';
import { pullAll, startDesk, startFront } from '../support/desk.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { signedFetch } from '../support/sign.ts';
import { expectSound, type Site } from '../support/site.ts';

const seed = Number(process.env.SEED ?? 20261127);
/** An hour of sources that are asked every five minutes. */
const rounds = 12;

async function publish(site: Site, slug: string, title: string): Promise<void> {
  const body = {
    title,
    text: `Text of ${title}.`,
    source: { name: 'Agency', credit: `By the Agency: ${slug}` },
  };
  const { status } = await signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body });
  expect([200, 201]).toContain(status);
}

async function titlesOf({ store }: Site): Promise<string[]> {
  return (await readListing(store)).map(({ title }) => title).sort();
}

test('desks that follow each other, and themselves by another name, have each article once', async () => {
  console.log(`Seed ${seed}`);
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  onTestFinished(() => proxy.close());
  const { endpoint } = proxy;
  const fronts = { east: await startFront(), west: await startFront(), mirror: await startFront() };
  const { east: eastFront, west: westFront, mirror } = fronts;
  const east = await startDesk('East', {
    ...{ endpoint, front: eastFront },
    follows: { West: `${westFront.url}/atom.xml`, Mirror: `${mirror.url}/rss.xml` },
  });
  mirror.leadTo(east.url);
  const west = await startDesk('West', {
    ...{ endpoint, front: westFront },
    follows: { East: `${eastFront.url}/rss.xml` },
  });
  const both = await startDesk('Both', {
    ...{ endpoint, front: await startFront() },
    follows: { East: `${eastFront.url}/feed.json`, West: `${westFront.url}/atom.xml` },
  });
  const desks = [east, west, both];

  proxy.faults = { any: { delay: 0.1, throttle: 0.05, errorAfter: 0.02, lostAnswer: 0.02, conflict: 0.02 } };
  for (let round = 1; round <= rounds; round++) {
    const faults = proxy.faults;
    // What the desks publish themselves is not what is tried.
    proxy.faults = {};
    await publish(east, `east-${round}`, `East ${round}`);
    await publish(west, `west-${round}`, `West ${round}`);
    if (round > 3) await publish(east, `east-${round - 3}`, `East ${round - 3} again`);
    proxy.faults = faults;
    await Promise.all(desks.map((desk) => pullAll(desk).catch(() => [])));
  }
  proxy.faults = {};
  for (const desk of desks) await pullAll(desk);
  for (const desk of desks) await pullAll(desk);

  const numbers = Array.from({ length: rounds }, (_, index) => index + 1);
  const expected = numbers
    .flatMap((n) => [`West ${n}`, n <= rounds - 3 ? `East ${n} again` : `East ${n}`])
    .sort();
  for (const desk of desks) {
    expect(await titlesOf(desk)).toEqual(expected);
    // One's own is known as such before it is refused for its id.
    for (const { leftOut } of (await readSources(desk.store)).values())
      for (const what of leftOut)
        expect(what).toMatch(/^(?:This site's own|Left to another source that is followed): /);
  }
  const { slug } = (await readListing(west.store)).find(({ title }) => title === 'East 12') ?? { slug: '' };
  expect(await west.json(`/news/${slug}`)).toMatchObject({
    source: { name: 'East', credit: 'By the Agency: east-12' },
    original: `${eastFront.url}/news/east-12`,
  });
  for (const desk of desks) {
    await desk.stage.drained();
    await expectSound(desk);
  }
});
