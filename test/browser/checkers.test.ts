import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../infra/content-folder.ts';
import { chromiumPath, launchChromium, openPage } from '../support/browser/chromium.ts';
import { pages, siteYaml, stories } from '../support/browser/stories.ts';
import { type Site, startSite } from '../support/site.ts';

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const nuChecker = join(require.resolve('vnu-jar/package.json'), '../build/dist/vnu.jar');

describe.each(['en', 'zh-CN', 'ar'])('the pages of a site in %s', (language) => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ files: { 'site.yaml': siteYaml(language), ...stories } });
    await site.save({ 'articles/gone.md': undefined });
    for (const path of ['/news/everything', '/news/arabic']) await (await site.fetch(path)).text();
    await site.stage.fire('Sweep');
    return () => site.close();
  });

  test('are valid HTML', async () => {
    const folder = temporaryFolder();
    const files = await Promise.all(
      Object.entries(pages).map(async ([kind, path]) => {
        const file = join(folder, `${kind.replaceAll(' ', '-')}.html`);
        await writeFile(file, await (await site.fetch(path, { headers: { Accept: 'text/html' } })).text());
        return file;
      }),
    );

    expect(await findErrors(files)).toEqual([]);
  });

  test.runIf(chromiumPath).each(['light', 'dark'] as const)(
    'leave nobody out on %s paper',
    async (colorScheme) => {
      const browser = await launchChromium();
      // The checker itself is a script, which our policy would refuse.
      const { page } = await openPage(browser, site.url, { bypassCSP: true, colorScheme });

      const violations: string[] = [];
      for (const [kind, path] of Object.entries(pages)) {
        await page.goto(path);
        await page.evaluate(axe);
        const results = (await page.evaluate('axe.run()')) as AxeResults;
        for (const { id, nodes } of results.violations)
          violations.push(...nodes.map(({ html }) => `${kind}: ${id} of ${html}`));
      }
      await browser.close();

      expect(violations).toEqual([]);
    },
  );
});

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What the Nu HTML checker calls an error, with its file and place; it fails when there is one. */
async function findErrors(files: string[]): Promise<string[]> {
  const check = promisify(execFile)('java', [
    '-jar',
    nuChecker,
    '--errors-only',
    '--format',
    'json',
    ...files,
  ]);
  const { stderr } = await check.catch((failed: { stderr: string }) => failed);
  const { messages } = JSON.parse(stderr) as { messages: Record<string, string>[] };
  return messages.map(({ url, lastLine, message, extract }) => `${url}:${lastLine} ${message} ${extract}`);
}
