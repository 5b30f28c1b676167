import { expect, test } from 'vitest';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';
import { checkFolder } from '../support/checker.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { type StartedSite, startProcess } from '../support/started-site.ts';

const rounds = Number(process.env.ROUNDS ?? 2);
const burst = 250;

test.each(['SIGTERM', 'SIGKILL'] as const)(
  `of ${rounds} bursts of ${burst} acknowledged writes that %s ends each is there, as it was acknowledged last`,
  async (signal) => {
    const environment = {
      CONTENT_DIR: contentFolder(),
      DATA_DIR: temporaryFolder(),
      BASE_URL: 'https://news.example.com',
    };
    /** Titles by slug. A write that was cut off may have been done, or not. */
    const acknowledged = new Map<string, Set<string>>();

    for (let round = 0; round < rounds; round++) {
      const site = await startProcess(environment);
      await site.line('Ctrl-C stops');
      await writeBurst(site, round, signal, acknowledged);
    }

    const site = await startProcess(environment);
    await site.line('Ctrl-C stops');
    const listed = await titles(site.url);
    await site.end('SIGTERM');
    const lost = [...acknowledged].filter(([slug, possible]) => !possible.has(listed.get(slug) ?? ''));
    expect(acknowledged.size).toBeGreaterThanOrEqual(burst);
    expect(lost).toEqual([]);
    expect(await checkFolder(environment.DATA_DIR)).toEqual([]);
  },
);

/** New articles, and edits of those of the burst before; the signal comes with the last of these answers, sixteen requests under way. */
async function writeBurst(
  site: StartedSite,
  round: number,
  signal: NodeJS.Signals,
  acknowledged: Map<string, Set<string>>,
): Promise<void> {
  let answers = 0;
  let ended: Promise<void> | undefined;
  await repeat(2 * burst, 16, async (turn) => {
    if (ended) return;
    const slug = `a-${(round * burst) / 2 + turn}`;
    const title = `Article ${turn} of burst ${round}`;
    const body = { title, text: `Text of ${title}.`, publishedAt: '2026-01-01T10:00:00+08:00' };
    const answer = await signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body }).catch(
      () => undefined,
    );
    if (answer?.ok) {
      acknowledged.set(slug, new Set([title]));
      answers += 1;
    } else acknowledged.get(slug)?.add(title);
    if (answers === burst) ended ??= site.end(signal);
  });
  await ended;
  expect(answers).toBeGreaterThanOrEqual(burst);
}

async function titles(url: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let path: string | null = '/articles'; path !== null; ) {
    const page = (await (await signedFetch(url + path)).json()) as {
      items: { slug: string; title: string }[];
      next: string | null;
    };
    for (const { slug, title } of page.items) found.set(slug, title);
    path = page.next;
  }
  return found;
}
