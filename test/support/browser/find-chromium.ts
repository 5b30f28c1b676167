import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError } from '../../../infra/tools/command.ts';

/** The browser sends no request of its own. */
export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** CHROMIUM, or the first of its names on the PATH; undefined when this machine has none. Throws CommandError. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  if (!CHROMIUM) return findOnPath(['chromium', 'chromium-browser', 'google-chrome']);
  if (!isExecutable(CHROMIUM)) throw new CommandError(`CHROMIUM=${CHROMIUM} is not there, or cannot be run`);
  return CHROMIUM;
}

/** Throws CommandError when this machine has none. */
export function requireChromium(): string {
  const found = findChromium();
  if (!found) throw new CommandError('There is no Chromium: install it, or name it in CHROMIUM');
  return found;
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
