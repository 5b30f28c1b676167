import { expect, inject, test } from 'vitest';
import type { ImportSummary } from '../../functions/store/import-state.ts';
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
  const importInto = ({ stage }: Site) => stage.call('ImportContent', {}) as Promise<ImportSummary>;

  // Slow enough that both are at work on the same articles.
  proxy.faults = { any: { delay: 0.5 } };
  const [reports, edits] = await Promise.all([
    Promise.all([ours, theirs].map(importInto)),
    Promise.all(Array.from({ length: edited }, (_, index) => edit(ours, index))),
  ]);
  proxy.faults = {};

  // The later of two stops the other at its next step.
  expect(reports.every(({ counts }) => counts.removed === 0)).toBe(true);
  expect(new Set(edits)).toEqual(new Set([200]));
  const texts: string[] = [];
  for (let index = 0; index < count; index++) {
    const { article } = (await (await signedFetch(`${ours.url}/articles/a-${index}`)).json()) as Stored;
    const [name = ''] = article.tags;
    texts.push(name);
    expect([index, (article.markdown ?? article.text)?.trim()]).toEqual([index, `Text of ${name}.`]);
  }
  const share = (name: string) => texts.filter((text) => text === name).length;
  console.log(`At the end ${share('ours')} ours, ${share('theirs')} theirs, ${share('edited')} edited`);
  expect(texts.filter((name) => !['ours', 'theirs', 'edited', 'first'].includes(name))).toEqual([]);
  await expectSound(ours);

  // What is left is done by whoever comes last, except for the edits.
  await importInto(ours);
  const last = await importInto(ours);
  expect(last.counts).toMatchObject({ created: 0, changed: 0, removed: 0 });
  expect(last.counts.unchanged + last.counts.broken).toBe(count);
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
}
