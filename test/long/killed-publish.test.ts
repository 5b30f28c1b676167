import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';
import { checkFolder } from '../support/checker.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { startProcess } from '../support/started-site.ts';

const seed = Number(process.env.SEED ?? 20261124);
const articles = 150;
const kills = 5;

test(`${articles} articles that are published in spite of ${kills} kills are there once, and whole`, async () => {
  console.log(`Seed ${seed}`);
  const random = randomNumbers(seed);
  const environment = {
    CONTENT_DIR: contentFolder(),
    DATA_DIR: temporaryFolder(),
    BASE_URL: 'https://news.example.com',
  };
  const published = new Set<number>();
  let publishing = Promise.resolve<number[]>([]);

  for (let round = 0; round < kills; round++) {
    const site = await startProcess(environment);
    await site.line('Ctrl-C stops');
    // Wherever the write then under way may be: up to sixty answers, and some milliseconds, from the beginning.
    let left = Math.floor(random() * 60);
    const reached = new Promise<void>((resolve) => {
      publishing = publishAll(site.url, round, () => left-- === 0 && resolve());
    });
    await reached;
    await pause(random() * 20);
    await site.end('SIGKILL');
    for (const index of await publishing) published.add(index);
    expect(await checkFolder(environment.DATA_DIR)).toEqual([]);
  }
  const site = await startProcess(environment);
  await site.line('Ctrl-C stops');
  const completed = await publishAll(site.url, kills, () => {});
  const slugs = await listSlugs(site.url);
  await site.end('SIGTERM');

  console.log(`${published.size} articles were answered for before a kill`);
  expect(completed).toHaveLength(articles);
  expect(slugs.sort()).toEqual(Array.from({ length: articles }, (_, index) => `a-${index}`).sort());
  expect(await checkFolder(environment.DATA_DIR)).toEqual([]);
});

/** Those that the site answered for. Each round changes what the one before wrote, and begins where that was killed or so. */
async function publishAll(url: string, edition: number, onAnswer: () => void): Promise<number[]> {
  const answered: number[] = [];
  await repeat(articles, 8, async (turn) => {
    const index = (turn + edition * 30) % articles;
    const body = {
      title: `Article ${index}, edition ${edition}`,
      text: `Text of ${index}.`,
      publishedAt: `2026-01-01T10:00:${String(index % 60).padStart(2, '0')}+08:00`,
      tags: [`tag ${index % 7}`, `edition ${edition}`],
      guid: `item ${index}`,
    };
    const answer = await signedFetch(`${url}/articles/a-${index}`, { method: 'PUT', body }).catch(
      () => undefined,
    );
    if (!answer?.ok) return;
    answered.push(index);
    onAnswer();
  });
  return answered;
}

async function listSlugs(url: string): Promise<string[]> {
  const slugs: string[] = [];
  for (let path: string | null = '/articles'; path !== null; ) {
    const page = (await (await signedFetch(url + path)).json()) as {
      items: { slug: string }[];
      next: string | null;
    };
    slugs.push(...page.items.map(({ slug }) => slug));
    path = page.next;
  }
  return slugs;
}
