import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { chromiumPath, launchChromium, openPage } from '../support/browser/chromium.ts';
import { deskButton, deskTells, signInByKeys, writeAtDesk } from '../support/browser/desk.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

/** Of what the desk asks from signing in to a changed article: the check of the keys, then each time a write and a look at it. */
const requests = 5;

describe.runIf(chromiumPath)('where the connection is cut once', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await startSite({ files: { 'site.yaml': siteYaml } });
    browser = await launchChromium();
    return async () => {
      await browser.close();
      await closeSound(site);
    };
  });

  /** Writes a story, with the request of this number cut off before it arrives, or its answer on the way back. */
  async function writeThrough(cut: number, where: 'there' | 'back'): Promise<number> {
    const { page } = await openPage(browser, site.url);
    let count = 0;
    await page.route(/\/articles/, async (route) => {
      if (count++ !== cut) return route.continue();
      if (where === 'back') await route.fetch();
      return route.abort('connectionreset');
    });
    const title = `Story ${cut} ${where}`;
    await page.goto('/desk#/new');
    await signInByKeys(page);
    if (cut === 0) {
      await page.getByRole('alert').getByText('No connection').waitFor();
      await deskButton(page, 'Sign in').click();
    }
    await writeAtDesk(page, title, 'One.');
    await deskButton(page, 'Publish').click();
    await deskTells(page, 'Published.');
    await writeAtDesk(page, title, ' Two.');
    await deskButton(page, 'Update').click();
    await deskTells(page, 'Published.');
    const text = await (await site.fetch(`/news/story-${cut}-${where}`)).text();
    expect(text).toContain('<p>One. Two.</p>');
    await page.context().close();
    return count;
  }

  test.each(['there', 'back'] as const)(
    'on the way %s, at each request in turn, no word is lost and no article doubled',
    async (where) => {
      const counts = await Promise.all([...Array(requests).keys()].map((cut) => writeThrough(cut, where)));

      // Each was cut at a request that there is, and asked again.
      for (const count of counts) expect(count).toBeGreaterThan(requests);
      const { items } = await site.json('/feed.json');
      expect(items.filter(({ title }: { title: string }) => title.endsWith(where))).toHaveLength(requests);
    },
  );
});
