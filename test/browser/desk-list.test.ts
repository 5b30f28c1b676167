import { expect, test } from 'vitest';
import { chromiumPath, launchChromium, openPage } from '../support/browser/chromium.ts';
import { signInByKeys } from '../support/browser/desk.ts';
import { articleFile, startSite } from '../support/site.ts';

test.runIf(chromiumPath)('the list of the desk searches every page', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 205 }, (_, index) => [
      `articles/note-${index}.md`,
      articleFile(`Note ${index}.`, '2026-01-01T10:00:00+08:00'),
    ]),
  );
  const site = await startSite({ files });
  const browser = await launchChromium();
  const { page, troubles } = await openPage(browser, site.url);
  await page.goto('/desk');
  await signInByKeys(page);
  const links = page.locator('.list li a');
  await links.first().waitFor();
  expect(await links.count()).toBe(100);

  await page.getByRole('searchbox').fill('note');

  await links.nth(204).waitFor();
  expect(troubles).toEqual([]);
  await browser.close();
  await site.close();
});
