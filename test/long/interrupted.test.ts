import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';
import { runNode } from '../local/process.ts';

const program = join(import.meta.dirname, '../measure/lighthouse.ts');

/** In place of npx: a shell with a child that would run for ever and tells its id. */
function endlessLighthouse(): { path: string; started: string } {
  const [path, started] = [temporaryFolder(), join(temporaryFolder(), 'pid')];
  const endless = `require("fs").writeFileSync("${started}", String(process.pid)); setInterval(() => {}, 1e6)`;
  writeFileSync(join(path, 'npx'), `#!/bin/sh\n'${process.execPath}' -e '${endless}'\necho ended\n`);
  chmodSync(join(path, 'npx'), 0o755);
  return { path, started };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'lighthouse ended by %s leaves no process and no folder',
  async (signal) => {
    const { path, started } = endlessLighthouse();
    const TMPDIR = temporaryFolder();
    const command = runNode([program], {
      CONTENT_DIR: contentFolder(),
      CHROMIUM: process.execPath,
      TMPDIR,
      PATH: `${path}:${process.env.PATH}`,
    });
    await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 60_000 });
    const pid = Number(readFileSync(started, 'utf8'));
    onTestFinished(() => void (isAlive(pid) && process.kill(pid)));

    command.process.kill(signal);

    expect(await command.ended).toMatchObject({ code: 1, err: 'Interrupted\n' });
    expect(isAlive(pid)).toBe(false);
    expect(readdirSync(TMPDIR).filter((name) => name.startsWith('newswire-'))).toEqual([]);
  },
);
