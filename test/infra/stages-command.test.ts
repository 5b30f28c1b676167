import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stageArguments } from '../../infra/tools/cdk.ts';
import { UsageError } from '../../infra/tools/command.ts';
import { contentFolder, temporaryFolder } from './content-folder.ts';

/** A machine on which nobody has signed in, and no AWS to ask: whoever asked would fail. */
const nobody = {
  AWS_ACCESS_KEY_ID: '',
  AWS_PROFILE: '',
  AWS_DEFAULT_PROFILE: '',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};
const somebody = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret' };

test.each([
  ['nothing', [], []],
  ['--stage prod', ['--stage', 'prod'], ['--context', 'stage=prod']],
  ['--stage=prod', ['--stage=prod', '--quiet'], ['--context', 'stage=prod', '--quiet']],
  [
    "what is the CDK CLI's own",
    ['--profile', 'backend', '--stage', 'dev', '--require-approval', 'never'],
    ['--context', 'stage=dev', '--profile', 'backend', '--require-approval', 'never'],
  ],
])('%s reaches the CDK CLI', (_what, args, expected) => {
  expect(stageArguments('deploy', args, {})).toEqual(expected);
});

test.each([
  [['--stage', 'prd'], 'There is no stage "prd"; use one of dev, prod'],
  [['--stage='], '--stage needs a name, such as --stage prod'],
  [['--stage'], '--stage needs a name, such as --stage prod'],
  [['--stage', '--quiet'], '--stage needs a name, such as --stage prod'],
])('%j stops before anything runs', (args, expected) => {
  expect(() => stageArguments('deploy', args, {})).toThrow(new UsageError(expected));
});

test.each([
  ['--stage=prod', 'prod', [], 'npm run deploy -- --stage prod'],
  ['--stage prod', 'true', ['prod'], 'npm run deploy -- --stage prod'],
  ['--stage', 'true', [], 'npm run deploy -- --stage <name>'],
])('%s is refused when npm kept it for itself', (_written, kept, args, instead) => {
  expect(() => stageArguments('deploy', args, { npm_config_stage: kept })).toThrow(
    new UsageError(`npm kept --stage for itself. Write ${instead}`),
  );
});

test('synth writes the template of the stage with the pinned CLI', async () => {
  const out = temporaryFolder();

  const { code } = await newswire(contentFolder(), ['synth', '--stage', 'prod', '--output', out], nobody);

  expect(code).toBe(0);
  expect(existsSync(join(out, 'Newswire-prod.template.json'))).toBe(true);
});

test.each([
  ['stops at broken content', { 'articles/a.md': 'broken' }, false],
  ['goes on to the CLI with sound content', {}, true],
])('deploy %s', async (_what, files, reachesCli) => {
  const { code, printed } = await deploy(['--stage', 'dev'], { ...nobody, ...somebody }, files);

  expect(code).toBe(1);
  expect(printed.includes('The CLI was here')).toBe(reachesCli);
});

test('deploy says how to sign in before the CLI does anything', async () => {
  const { code, printed } = await deploy([], nobody);

  expect(code).toBe(1);
  expect(printed).toMatch(
    /^No AWS credentials: .*Sign in \(aws sso login\), or set AWS_PROFILE, or AWS_ACC/m,
  );
  expect(printed).not.toContain('The CLI was here');
});

const profiles = `[profile keys]
aws_access_key_id = mine
aws_secret_access_key = secret
[profile role]
role_arn = arn:aws:iam::123456789012:role/desk
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/me
region = eu-west-1
`;

test.each([
  ['keys', true],
  ['role', true],
  ['nobodys', false],
])('deploy looks into the profile %s that it is given, without asking AWS', async (profile, reachesCli) => {
  const file = join(temporaryFolder(), 'config');
  writeFileSync(file, profiles);

  const { printed } = await deploy(['--profile', profile], { ...nobody, AWS_CONFIG_FILE: file });

  expect(printed.includes('The CLI was here')).toBe(reachesCli);
  expect(printed.includes(`No AWS credentials in profile ${profile}: `)).toBe(!reachesCli);
});

function deploy(args: string[], env: NodeJS.ProcessEnv, files: Record<string, string> = {}) {
  const app = 'echo The CLI was here; false';
  return newswire(contentFolder(files), ['deploy', ...args, '--app', app], env);
}

/** As a person types it. */
function newswire(
  content: string,
  args: string[],
  who: NodeJS.ProcessEnv,
): Promise<{ code: number; printed: string }> {
  const env = { ...process.env, CONTENT_DIR: content, CDK_VALIDATION: 'false', ...who };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx/esm', 'infra/tools/newswire.ts', ...args],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), printed: out + err }),
    );
  });
}
