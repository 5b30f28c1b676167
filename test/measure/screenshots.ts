import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { chromiumFlags, requireChromium } from '../support/browser/find-chromium.ts';
import { runInstrument, withSite } from './measured-site.ts';
import { showPages } from './shown-pages.ts';

const screens = { desk: { width: 1280, height: 1000 }, phone: { width: 390, height: 844 } };

const { values } = parseArgs({ options: { out: { type: 'string', default: 'screenshots' } } });

await runInstrument(async (contentDir) => {
  const executablePath = requireChromium();
  await mkdir(values.out, { recursive: true });
  await withSite(contentDir, async (stage) => {
    const pages = await showPages(stage);
    // Signals are the site's: without it no page opens, which ends this as well.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    const browser = await chromium.launch({ executablePath, args: chromiumFlags, ...signals });
    await takePictures(browser, stage.url, pages, values.out).finally(() => browser.close());
  });
});

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
