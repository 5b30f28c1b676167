import type { Page } from 'playwright-core';

/** At the local stage's desk, with its one pair of keys. */
export async function signInByKeys(page: Page, secret = 'local'): Promise<void> {
  await page.getByLabel('Access key ID').fill('local');
  await page.getByLabel('Secret access key').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export const deskButton = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Waits until the desk says so. */
export const deskTells = (page: Page, text: string | RegExp) =>
  page.locator('.notice').getByText(text).waitFor();

export async function writeAtDesk(page: Page, title: string, text: string): Promise<void> {
  await page.getByLabel('Title').fill(title);
  await page.locator('.desk-text').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}
