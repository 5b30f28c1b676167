import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** For a browser that asks nobody for anything. */
export const chromiumFlags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** CHROMIUM, or the first of its names on the PATH; undefined when this machine has none. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM || findOnPath(['chromium', 'chromium-browser', 'google-chrome']);
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
