import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { contentFolder } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { closeSound, startSite } from '../support/site.ts';
import { readStreamRecords } from '../support/stream-records.ts';

const count = Number(process.env.ARTICLES ?? 120);

/** As a shell runs it: with nobody who reads more than a line. */
function listToHead(url: string): Promise<string> {
  const command = `"$0" --import tsx/esm infra/tools/newswire.ts list --to ${url} | head -1`;
  return new Promise((resolve) => {
    execFile('sh', ['-c', command, process.execPath], (_error, out, err) => resolve(out + err));
  });
}

test(`publishes ${count} files, and nothing when all are there`, async () => {
  const articles = Array.from({ length: count }, (_, index) => [
    `in/a-${index}.md`,
    `---\ntitle: Article ${index}\ntags: [tag ${index % 50}]\n---\nText ${index} of a *small* article.\n`,
  ]);
  const folder = contentFolder(Object.fromEntries(articles));
  const site = await startSite();
  const publish = () => newswire('publish', `${folder}/in`, '--to', site.url);

  const first = await publish();
  await site.stage.drained();
  const records = await readStreamRecords(site.store);
  const second = await publish();
  await site.stage.drained();
  const recordsAfter = await readStreamRecords(site.store);
  const listed = await newswire('list', '--to', site.url);

  const total = count.toLocaleString('en');
  expect([first.out.at(-1), first.err]).toEqual([`${total} in all: ${total} created`, []]);
  expect([second.out.at(-1), second.err]).toEqual([`${total} in all: ${total} unchanged`, []]);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(records.length).toBeGreaterThanOrEqual(count);
  expect(recordsAfter).toHaveLength(records.length);
  expect(listed.out).toHaveLength(count + 1);
  expect(await listToHead(site.url)).toMatch(/^SLUG +STATUS .*\n$/);
  await closeSound(site);
});
