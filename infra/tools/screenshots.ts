import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { chromiumFlags, findChromium } from './browser/chromium.ts';
import { showPages } from './browser/shown-pages.ts';
import { type Command, CommandError } from './command.ts';

const screens = { desk: { width: 1280, height: 1000 }, phone: { width: 390, height: 844 } };

export const screenshots: Command = {
  usage: '[--out FOLDER]',
  summary: 'Takes a picture of every kind of page, wide and narrow, light and dark',
  help: `  --out FOLDER  where the PNGs go; screenshots if not given

Runs the content folder's site in the local stage, on a database in memory. Needs Chromium: CHROMIUM, or chromium,
chromium-browser or google-chrome on the PATH.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { out: { type: 'string', default: 'screenshots' } } });
    const executablePath = findChromium();
    if (!executablePath) throw new CommandError('There is no Chromium: install it, or name it in CHROMIUM');
    const { chromium } = await import('playwright-core');
    const { withSite } = await import('./measured-site.ts');
    await mkdir(values.out, { recursive: true });
    await withSite(process.env.CONTENT_DIR || 'content', async (stage) => {
      const pages = await showPages(stage);
      // Signals are the site's: without it no page opens, which ends this as well.
      const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
      const browser = await chromium.launch({ executablePath, args: chromiumFlags, ...signals });
      await takePictures(browser, stage.url, pages, values.out).finally(() => browser.close());
    });
    return 0;
  },
};

async function takePictures(
  browser: Browser,
  siteUrl: string,
  pages: Map<string, string>,
  folder: string,
): Promise<void> {
  for (const [screen, viewport] of Object.entries(screens))
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport, colorScheme, baseURL: siteUrl });
      for (const [name, path] of pages) {
        await page.goto(path);
        const file = join(folder, `${name}-${screen}-${colorScheme}.png`);
        await page.screenshot({ path: file });
        console.log(file);
      }
      await page.close();
    }
}
