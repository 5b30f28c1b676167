import { expect, inject, test } from 'vitest';
import type { ImportReport } from '../../functions/write/import-articles.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, expectSound, type Site, startSite } from '../support/site.ts';

const seed = Number(process.env.SEED ?? 20261126);
const count = 40;
/** The first so many are edited by the API meanwhile. */
const edited = 12;

/** The same files in a version of their own: every text differs, and so do tags and a third of the old addresses. */
function edition(name: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `articles/a-${index}.md`,
      articleFile(
        `Article ${index}`,
        `2026-01-01T10:00:${String(index).padStart(2, '0')}+08:00`,
        [`tags: [${name}, Tag ${index % 7}]`, ...(index % 3 ? [] : [`aliases: [old-${name}-${index}]`])],
        `Text of ${name}.`,
      ),
    ]),
  );
}

test('two imports of different versions at once, beside edits, leave every article whole, in one of them', async () => {
  console.log(`Seed ${seed}`);
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed });
  const { endpoint } = proxy;
  const ours = await startSite({ files: edition('ours'), endpoint });
  const tablePrefix = (ours.stage.tables.Content ?? '').replace(/Content$/, '');
  const theirs = await startSite({ files: edition('theirs'), endpoint, tablePrefix });
  await (await startSite({ files: edition('first'), endpoint, tablePrefix })).close();
  const importInto = ({ stage }: Site) => stage.call('ImportContent', {}) as Promise<ImportReport>;

  // Slow enough that both are at work on the same articles.
  proxy.faults = { any: { delay: 0.5 } };
  const [reports, edits] = await Promise.all([
    Promise.all([ours, theirs].map(importInto)),
    Promise.all(Array.from({ length: edited }, (_, index) => edit(ours, index))),
  ]);
  proxy.faults = {};

  const published = expect.toSatisfy((slugs: string[]) => slugs.length === count);
  expect(reports).toMatchObject(Array(2).fill({ published, removed: [], broken: [] }));
  expect(new Set(edits)).toEqual(new Set([200]));
  const texts: string[] = [];
  for (let index = 0; index < count; index++) {
    const { article, version } = (await (
      await signedFetch(`${ours.url}/articles/a-${index}`)
    ).json()) as Stored;
    const [name = ''] = article.tags;
    texts.push(name);
    expect([index, (article.markdown ?? article.text)?.trim()]).toEqual([index, `Text of ${name}.`]);
    // Stored, imported in two more versions, then twice at once: each write came after another, and none was lost.
    expect([index, version]).toEqual([index, index < edited ? 6 : 5]);
  }
  const share = (name: string) => texts.filter((text) => text === name).length;
  console.log(`At the end ${share('ours')} ours, ${share('theirs')} theirs, ${share('edited')} edited`);
  expect(texts.filter((name) => !['ours', 'theirs', 'edited'].includes(name))).toEqual([]);
  await expectSound(ours);

  // Both have been imported by now: nothing is left to do for whoever comes last.
  await importInto(ours);
  expect(await importInto(ours)).toMatchObject({ published: [], unchanged: count, removed: [], broken: [] });
  await expectSound(theirs);
  await ours.close();
  await theirs.close();
  await proxy.close();
});

async function edit({ url }: Site, index: number): Promise<number> {
  const body = { title: `Article ${index}`, text: 'Text of edited.', tags: ['edited'] };
  return (await signedFetch(`${url}/articles/a-${index}`, { method: 'PUT', body })).status;
}

interface Stored {
  article: { markdown?: string; text?: string; tags: string[] };
  version: number;
}
