import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** CHROMIUM, or the first of its names on the PATH; undefined when this machine has none. */
export const chromiumPath =
  process.env.CHROMIUM || findOnPath(['chromium', 'chromium-browser', 'google-chrome']);

if (!chromiumPath) console.log('Left out: the tests in a browser, for there is no Chromium on this machine');

/** In a profile of its own, and silent: it asks nobody for anything. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
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

function findOnPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
