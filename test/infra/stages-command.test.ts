import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { stageArguments } from '../../infra/tools/cdk.ts';
import { contentFolder, temporaryFolder } from './content-folder.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['nothing', [], []],
  ['--stage prod', ['--stage', 'prod'], ['--context', 'stage=prod']],
  ['--stage=prod', ['--stage=prod', '--quiet'], ['--context', 'stage=prod', '--quiet']],
  [
    "what is the CDK CLI's own",
    ['--profile', 'desk', '--stage', 'dev', '--require-approval', 'never'],
    ['--context', 'stage=dev', '--profile', 'desk', '--require-approval', 'never'],
  ],
])('%s reaches the CDK CLI', (_what, args, expected) => {
  expect(stageArguments(args)).toEqual(expected);
});

test.each([
  [['--stage', 'prd'], 'There is no stage "prd"; use one of dev, prod'],
  [['--stage='], 'There is no stage ""; use one of dev, prod'],
])('%j stops before anything runs, in one line', (args, expected) => {
  const error = vi.spyOn(console, 'error').mockReturnValue();

  expect(stageArguments(args)).toBeUndefined();
  expect(error.mock.calls).toEqual([[expected]]);
});

test('synth writes the template of the stage with the pinned CLI', { timeout: 60_000 }, async () => {
  const out = temporaryFolder();

  const { code } = await newswire(contentFolder(), 'synth', '--stage', 'prod', '--output', out);

  expect(code).toBe(0);
  expect(existsSync(join(out, 'Newswire-prod.template.json'))).toBe(true);
});

test.each([
  ['stops at broken content', { 'articles/a.md': 'broken' }, false],
  ['goes on to the CLI with sound content', {}, true],
])('deploy %s', { timeout: 60_000 }, async (_what, files, reachesCli) => {
  const app = 'echo The CLI was here; false';

  const { code, printed } = await newswire(contentFolder(files), 'deploy', '--stage', 'dev', '--app', app);

  expect(code).toBe(1);
  expect(printed.includes('The CLI was here')).toBe(reachesCli);
});

/** As a person types it. */
function newswire(content: string, ...args: string[]): Promise<{ code: number; printed: string }> {
  const env = { ...process.env, CONTENT_DIR: content, CDK_VALIDATION: 'false' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx/esm', 'infra/tools/newswire.ts', ...args],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), printed: out + err }),
    );
  });
}
