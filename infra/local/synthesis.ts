import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { StartError } from './start-error.ts';

/**
 * Synthesises the app as `cdk` does, but for the check against CloudFormation's rules, which deploying needs. In a process of its own:
 * the CDK would stay in memory. Rejects with StartError.
 */
export async function synthesise(contentDir: string, outdir: string, signal: AbortSignal): Promise<void> {
  const app = spawn(process.execPath, ['--import', 'tsx/esm', join(import.meta.dirname, '../app.ts')], {
    env: { ...process.env, CONTENT_DIR: contentDir, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  const [printed, [code]] = await Promise.all([text(app.stderr), once(app, 'exit')]);
  if (code !== 0) throw new StartError(printed.trim() || `infra/app.ts ended with ${code}`);
}
