import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CommandError } from '../../infra/tools/command.ts';
import { chromiumFlags, requireChromium } from '../support/browser/find-chromium.ts';
import { runInstrument, withSite } from './measured-site.ts';
import { showPages } from './shown-pages.ts';

/** The last one that runs on Node 20. Not a dependency: it is as large as all of ours together. */
const lighthousePackage = 'lighthouse@12.8.2';
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

interface Report {
  categories: Record<string, { score: number }>;
  audits: Record<string, { numericValue: number }>;
}

// LCP is when the largest part of the page is painted, on a simulated phone; KB is everything that is sent, compressed.
await runInstrument(async (contentDir) => {
  const chromium = requireChromium();
  const heads = ['page', ...categories, 'LCP, s', 'KB'];
  for (const row of [heads, heads.map(() => '---')]) console.log(`| ${row.join(' | ')} |`);
  await withSite(contentDir, async (stage, interrupted) => {
    for (const [name, path] of await showPages(stage)) {
      const { audits, ...report } = await judge(stage.url + path, chromium, interrupted);
      const scores = categories.map((category) =>
        String(Math.round((report.categories[category]?.score ?? 0) * 100)),
      );
      const seconds = ((audits['largest-contentful-paint']?.numericValue ?? 0) / 1000).toFixed(1);
      const sent = ((audits['total-byte-weight']?.numericValue ?? 0) / 1000).toFixed(1);
      console.log(`| ${[name, ...scores, seconds, sent].join(' | ')} |`);
    }
  });
});

async function judge(url: string, chromium: string, interrupted: AbortSignal): Promise<Report> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await runLighthouse(url, chromium, interrupted);
    } catch (error) {
      interrupted.throwIfAborted();
      // Now and then the browser starts too slowly for it.
      if (attempt < 3) continue;
      throw new CommandError(`Lighthouse could not judge ${url}: ${(error as Error).message}`);
    }
}

async function runLighthouse(url: string, chromium: string, interrupted: AbortSignal): Promise<Report> {
  interrupted.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'newswire-lighthouse-'));
  const output = join(folder, 'report.json');
  const flags = [...chromiumFlags, `--user-data-dir=${join(folder, 'profile')}`].join(' ');
  const options = [
    '--quiet',
    '--output=json',
    `--output-path=${output}`,
    `--chrome-flags=${flags}`,
    '--ignore-status-code',
    `--only-categories=${categories}`,
  ];
  // A group of its own, whose every process is told to end; Lighthouse then ends its browser, which is in another.
  const child = spawn('npx', ['--yes', lighthousePackage, url, ...options], {
    env: { ...process.env, CHROME_PATH: chromium, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const end = () => child.pid && process.kill(-child.pid, 'SIGINT');
  interrupted.addEventListener('abort', end);
  try {
    const [printed, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    if (code !== 0) throw new Error(printed.trim() || `it ended with ${code}`);
    return JSON.parse(await readFile(output, 'utf8'));
  } finally {
    interrupted.removeEventListener('abort', end);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
