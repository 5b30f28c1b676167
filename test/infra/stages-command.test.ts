import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { requireCredentials } from '../../infra/tools/api/credentials.ts';
import { stageArguments } from '../../infra/tools/cdk.ts';
import { UsageError } from '../../infra/tools/command.ts';
import { newswire, newswireIn } from '../support/newswire.ts';
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

  const { code } = await newswireIn(
    { env: settingsOf(contentFolder(), nobody) },
    ...['synth', '--stage', 'prod', '--output', out],
  );

  expect(code).toBe(0);
  expect(existsSync(join(out, 'Newswire-prod.template.json'))).toBe(true);
});

const withOurApp = ['deploy', '--app', 'echo The CLI was here; false'];

test('deploy goes on to the CLI with sound content and credentials', async () => {
  const env = settingsOf(contentFolder(), { ...nobody, ...somebody });

  const { code, out, err } = await newswireIn({ env }, ...withOurApp, '--stage', 'dev');

  expect(code).toBe(1);
  expect([...out, ...err].join('\n')).toContain('The CLI was here');
});

test('deploy stops at broken content', async () => {
  stubEnvironment(settingsOf(contentFolder({ 'articles/a.md': 'broken' }), { ...nobody, ...somebody }));

  expect(await newswire(...withOurApp)).toEqual({
    code: 1,
    out: ['0 articles and 0 images fine, 1 file broken'],
    err: [expect.stringContaining('articles/a.md:1 must begin with front matter')],
  });
});

test.each([
  [
    'nobody has signed in',
    [],
    /^No AWS credentials: .*Sign in \(aws sso login\), or set AWS_PROFILE, or AWS_ACC/,
  ],
  ['the profile is unknown', ['--profile', 'nobodys'], /^No AWS credentials in profile nobodys: /],
])('deploy says how to sign in before the CLI does anything where %s', async (_what, args, reason) => {
  stubEnvironment(settingsOf(contentFolder(), nobody));

  const { code, err } = await newswire(...withOurApp, ...args);

  expect([code, err]).toEqual([1, [expect.stringMatching(reason)]]);
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

test.each(['keys', 'role'])('the profile %s is found, without asking AWS', async (profile) => {
  const file = join(temporaryFolder(), 'config');
  writeFileSync(file, profiles);
  stubEnvironment({ ...nobody, AWS_CONFIG_FILE: file });

  await expect(requireCredentials(profile)).resolves.toBeUndefined();
});

function settingsOf(content: string, who: Record<string, string>): Record<string, string> {
  return { CONTENT_DIR: content, CDK_VALIDATION: 'false', ...who };
}

function stubEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
