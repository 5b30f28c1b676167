import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InvalidStageError, requireStage } from '../stages.ts';

/**
 * The arguments as the CDK CLI takes them: `--stage prod` is our word for a context value, all else its own. Undefined, and
 * said why, when there is no such stage or it cannot be deployed: the CLI would say it in many lines more.
 */
export function stageArguments(args: string[]): string[] | undefined {
  const at = args.findIndex((arg) => arg === '--stage' || arg.startsWith('--stage='));
  if (at < 0) return args;
  const [option = '', next] = args.slice(at);
  const [, name = next] = option.split('=');
  try {
    requireStage(name);
  } catch (error) {
    if (!(error instanceof InvalidStageError)) throw error;
    console.error(error.message);
    return undefined;
  }
  const rest = args.toSpliced(at, option === '--stage' ? 2 : 1);
  return ['--context', `stage=${name}`, ...rest];
}

/** Runs the pinned CLI, whatever `cdk` is elsewhere on this machine; answers its exit code. */
export async function runCdk(args: string[]): Promise<number> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  const [code] = await once(spawn(process.execPath, [cli, ...args], { stdio: 'inherit' }), 'exit');
  return code ?? 1;
}
