import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InvalidStageError, requireStage } from '../stages.ts';

/**
 * The arguments as the CDK CLI takes them: `--stage prod` is our word for a context value, all else its own. Undefined, and
 * said why, when there is no such stage or it cannot be deployed: the CLI would say it in many lines more.
 */
export function stageArguments(command: 'deploy' | 'synth', args: string[]): string[] | undefined {
  // npm keeps what stands before a `--`: the default stage would be deployed without a word.
  const kept = process.env.npm_config_stage;
  if (kept) {
    const stage = kept === 'true' ? (args[0] ?? '<name>') : kept;
    console.error(`npm kept --stage for itself. Write npm run ${command} -- --stage ${stage}`);
    return undefined;
  }
  const at = args.findIndex((arg) => arg === '--stage' || arg.startsWith('--stage='));
  if (at < 0) return args;
  const [option = '', next] = args.slice(at);
  const [, name = next] = option.split('=');
  if (!name || name.startsWith('-')) {
    console.error('--stage needs a name, such as --stage prod');
    return undefined;
  }
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
