import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '../../../infra/local/server.ts';
import { type Figure, figure } from './figures.ts';
import { articleFile, fileOf, writeSite } from './site.ts';
import { ask } from './speed.ts';

/** `npm start` on so many files: their import, a start that finds nothing new, and a save until its page is right. */
export async function measureContent(articles: number): Promise<Figure[]> {
  const contentDir = await mkdtemp(join(tmpdir(), 'newswire-bench-'));
  const dataDir = await mkdtemp(join(tmpdir(), 'newswire-bench-'));
  try {
    await writeSite(contentDir, articles);
    const name = `${articles} files`;
    const first = await start(contentDir, dataDir);
    const importing = first.importing;
    await first.end();
    const again = await start(contentDir, dataDir);
    const saves: number[] = [];
    for (let round = 0; round < 3; round++) {
      const title = `Saved as number ${round}`;
      const begun = performance.now();
      await writeFile(fileOf(contentDir, round), articleFile(round, title));
      // As JSON, which counts no view.
      while (!(await ask(`${again.url}/news/bench-${round}.json`)).body.includes(title)) await pause(20);
      saves.push(performance.now() - begun);
    }
    await again.end();
    const isLarge = articles === 10_000;
    return [
      figure(
        'content',
        `${name}, imported`,
        'a second',
        [articles / (importing / 1000)],
        isLarge ? { goal: '≥ 150' } : {},
      ),
      figure(
        'content',
        `${name}, started again`,
        's',
        [again.starting / 1000],
        isLarge ? { goal: '≤ 15' } : {},
      ),
      figure(
        'content',
        `${name}, one saved`,
        's',
        saves.map((ms) => ms / 1000),
        { goal: '≤ 2' },
      ),
    ];
  } finally {
    await rm(contentDir, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function start(contentDir: string, dataDir: string) {
  const { server, url } = await listen(0, () => {});
  server.close();
  const port = new URL(url).port;
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx/esm', 'infra/local/start.ts'], {
    env: { ...process.env, PORT: port, CONTENT_DIR: contentDir, DATA_DIR: dataDir, BASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ready = begun;
  let printed = '';
  // Read to the end: a site that nobody listens to could print nothing more, and would end.
  const lines = child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (ready === begun && printed.includes('schedules ready')) ready = performance.now();
  });
  while (!printed.includes('Ctrl-C stops') && child.exitCode === null)
    await Promise.race([once(lines, 'data'), once(child, 'exit')]);
  if (!printed.includes('Ctrl-C stops')) throw new Error(`The site did not start: ${printed}`);
  const started = performance.now();
  return {
    url,
    importing: started - ready,
    starting: started - begun,
    async end() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
