import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from './find-chromium.ts';

export const chromiumPath = findChromium();

if (!chromiumPath) console.log('Left out: the tests in a browser, for there is no Chromium on this machine');

/** In a profile of its own, and silent: it asks nobody for anything. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumFlags });
}

/** A page, and what no page of ours may cause: messages of errors, refusals by the content security policy, requests to others. */
export interface WatchedPage {
  page: Page;
  troubles: string[];
}

export async function openPage(
  browser: Browser,
  siteUrl: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: siteUrl, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(siteUrl)) troubles.push(`asked for ${request.url()}`);
  });
  return { page, troubles };
}
