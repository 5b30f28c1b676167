import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { CommandError } from '../../infra/tools/command.ts';
import { findChromium } from '../support/browser/find-chromium.ts';
import { temporaryFolder } from './content-folder.ts';

afterEach(() => vi.unstubAllEnvs());

test('finds the first browser on the PATH that can be run', () => {
  const [none, broken, whole] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  writeFileSync(join(broken, 'chromium'), '');
  writeFileSync(join(whole, 'google-chrome'), '');
  chmodSync(join(whole, 'google-chrome'), 0o755);
  vi.stubEnv('CHROMIUM', '');

  const found = [
    [none, broken],
    [none, broken, whole],
  ].map((folders) => {
    vi.stubEnv('PATH', folders.join(':'));
    return findChromium();
  });

  expect(found).toEqual([undefined, join(whole, 'google-chrome')]);
});

test('takes the browser that CHROMIUM names', () => {
  vi.stubEnv('CHROMIUM', process.execPath);

  expect(findChromium()).toBe(process.execPath);
});

test('refuses a CHROMIUM that is not there, whatever is on the PATH', () => {
  vi.stubEnv('CHROMIUM', '/nosuch');

  expect(findChromium).toThrow(new CommandError('CHROMIUM=/nosuch is not there, or cannot be run'));
});
