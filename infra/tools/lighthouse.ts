import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { chromiumFlags, findChromium } from './browser/chromium.ts';
import { showPages } from './browser/shown-pages.ts';
import { type Command, CommandError } from './command.ts';

/** The last that runs on Node 20. Not among our dependencies: it is as large as all of them together. */
const lighthousePackage = 'lighthouse@12.8.2';
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

interface Report {
  categories: Record<string, { score: number }>;
  audits: Record<string, { numericValue: number }>;
}

export const lighthouse: Command = {
  usage: '',
  summary: 'Judges every kind of page with Lighthouse, as a phone would load it',
  help: `Runs the content folder's site in the local stage, on a database in memory. Lighthouse is taken from npm for the time
of the run. Needs Chromium: CHROMIUM, or chromium, chromium-browser or google-chrome on the PATH.
LCP is when the largest part of the page is painted, on a simulated phone; KB is all that is sent, compressed.`,
  async run(args) {
    parseArgs({ args });
    const chromium = findChromium();
    if (!chromium) throw new CommandError('There is no Chromium: install it, or name it in CHROMIUM');
    const { withSite } = await import('./measured-site.ts');
    const heads = ['page', ...categories, 'LCP, s', 'KB'];
    for (const row of [heads, heads.map(() => '---')]) console.log(`| ${row.join(' | ')} |`);
    await withSite(process.env.CONTENT_DIR || 'content', async (stage, interrupted) => {
      for (const [name, path] of await showPages(stage)) {
        const { audits, ...report } = await judge(stage.url + path, chromium, interrupted);
        const scores = categories.map(
          (category) => `${Math.round((report.categories[category]?.score ?? 0) * 100)}`,
        );
        const seconds = ((audits['largest-contentful-paint']?.numericValue ?? 0) / 1000).toFixed(1);
        const sent = ((audits['total-byte-weight']?.numericValue ?? 0) / 1000).toFixed(1);
        console.log(`| ${[name, ...scores, seconds, sent].join(' | ')} |`);
      }
    });
    return 0;
  },
};

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
    ...['--quiet', '--output=json', `--output-path=${output}`, `--chrome-flags=${flags}`],
    ...['--ignore-status-code', `--only-categories=${categories}`],
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
