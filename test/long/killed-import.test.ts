import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';
import { checkFolder } from '../support/checker.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { articleFile } from '../support/site.ts';
import { countJava, type StartedSite, startProcess } from '../support/started-site.ts';

const seed = Number(process.env.SEED ?? 20261123);
const articles = 300;

test('an import that is killed five times ends as one that is left alone', async () => {
  console.log(`Seed ${seed}`);
  const random = randomNumbers(seed);
  const content = contentFolder(
    Object.fromEntries(
      Array.from({ length: articles }, (_, index) => [
        `articles/a-${index}.md`,
        articleFile(`Article ${index}`, `2026-01-01T10:00:${String(index % 60).padStart(2, '0')}+08:00`, [
          `tags: [tag ${index % 7}, tag ${index % 11}]`,
        ]),
      ]),
    ),
  );
  const killed = temporaryFolder();
  const environment = { CONTENT_DIR: content, BASE_URL: 'https://news.example.com' };

  for (let round = 0; round < 5; round++) {
    const site = await startProcess({ ...environment, DATA_DIR: killed });
    await site.line('Tables, routes');
    await pause(random() * 1500);
    await site.end('SIGKILL');
  }
  const survivor = await startProcess({ ...environment, DATA_DIR: killed });
  const undisturbed = await startProcess({ ...environment, DATA_DIR: temporaryFolder() });
  const [ours, theirs] = await Promise.all([survivor, undisturbed].map(readEverything));

  expect(countJava(killed)).toBe(1);
  expect(ours).toEqual(theirs);
  await Promise.all([survivor.end('SIGTERM'), undisturbed.end('SIGTERM')]);
  expect(countJava(killed)).toBe(0);
  expect(await checkFolder(killed)).toEqual([]);
});

async function readEverything(site: StartedSite): Promise<string[]> {
  await site.line('Ctrl-C stops');
  const documents: string[] = [];
  for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/tag/tag-3/atom.xml', '/'])
    documents.push(await (await fetch(site.url + path)).text());
  let path: string | null = '/news';
  while (path !== null) {
    const page = await fetch(site.url + path, { headers: { Accept: 'application/json' } });
    const text = await page.text();
    documents.push(text);
    const { older } = JSON.parse(text) as { older: string | null };
    path = older && new URL(older).pathname + new URL(older).search;
  }
  expect(documents.join('').match(/"slug":"a-\d+"/g)).toHaveLength(articles);
  return documents;
}
