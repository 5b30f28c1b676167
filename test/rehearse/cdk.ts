import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { credentials, endpoint, region, run, stack, work } from './run.ts';

export const contentDir = join(work, 'content');
const log = join(work, 'cdk.log');

const tsx = createRequire(import.meta.url).resolve('tsx/esm');
/** The app, with the accounts of editors so far as the emulator has them. */
const app = `node --import tsx/esm ${join(import.meta.dirname, 'app.ts')}`;
const outputsFile = join(work, 'outputs.json');

export function bootstrap(signal: AbortSignal): Promise<void> {
  return runCdk(signal, 'bootstrap');
}

/** Returns the stack's outputs by their names. */
export async function deploy(signal: AbortSignal): Promise<Record<string, string>> {
  await runCdk(signal, 'deploy', '--require-approval', 'never', '--outputs-file', outputsFile);
  return readOutputs();
}

export function readOutputs(): Record<string, string> {
  return JSON.parse(readFileSync(outputsFile, 'utf8'))[stack];
}

export function destroy(signal: AbortSignal): Promise<void> {
  return runCdk(signal, 'destroy', '--force');
}

/**
 * Deploys as editors do, with time for one step of the import in each run. Returns what is printed, of which the report of the import
 * comes last.
 */
export function deployInShortRuns(signal: AbortSignal): Promise<string> {
  const program = [tsx, join(import.meta.dirname, '../../infra/tools/newswire.ts'), 'deploy'];
  const options = ['--require-approval', 'never', '--outputs-file', outputsFile];
  return runWithEmulator(signal, ['--import', ...program, ...options], { IMPORT_SECONDS: '0' });
}

/** Runs the pinned CDK CLI as users do. */
async function runCdk(signal: AbortSignal, ...args: string[]): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  await runWithEmulator(signal, [cli, ...args]);
}

/** With the emulator in place of AWS. Returns what is printed; throws with the last error that was. */
async function runWithEmulator(signal: AbortSignal, args: string[], settings: NodeJS.ProcessEnv = {}) {
  const all = [...args, '--app', app, '--output', join(work, 'cdk.out'), '--progress', 'events'];
  const env = { ...environment(), ...settings };
  const { code, printed } = await run(process.execPath, all, { log, signal, env });
  if (code === 0) return printed;
  const reason = printed
    .trim()
    .split('\n')
    .findLast((line) => /failed|error/i.test(line));
  throw new Error(`${reason?.trim() ?? `it ended with ${code}`} (see ${log})`);
}

function environment(): NodeJS.ProcessEnv {
  // No real account may be within reach: no profile, no role, no other endpoint.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    CONTENT_DIR: contentDir,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_CONFIG_FILE: join(work, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(work, 'no-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // A bucket's name in front of a loopback address resolves nowhere.
    CDK_S3_FORCE_PATH_STYLE: 'true',
  };
}
