import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidStageError, requireStage } from '../stages.ts';
import { requireCredentials } from './api/credentials.ts';
import { check } from './check.ts';
import { type Command, type Terminal, UsageError } from './command.ts';

export const synth: Command = {
  async run(args, terminal) {
    return runCdk(['synth', '--quiet', ...stageArguments('synth', args, terminal.env)]);
  },
};

export const deploy: Command = {
  async run(args, terminal) {
    const stage = stageArguments('deploy', args, terminal.env);
    const broken = await check.run([], terminal);
    if (broken !== 0) return broken;
    await requireCredentials(profileOf(args));
    return runCdk(['deploy', ...stage]);
  },
};

/**
 * Turns `--stage prod` into the CDK CLI's `--context stage=prod`; all other arguments are the CLI's own.
 * Throws UsageError for a stage that cannot be deployed, which the CLI would tell in many more lines.
 */
export function stageArguments(command: 'deploy' | 'synth', args: string[], env: Terminal['env']): string[] {
  // npm takes options before a `--` for itself: without this check the default stage would be deployed silently.
  const kept = env.npm_config_stage;
  if (kept) {
    const stage = kept === 'true' ? (args[0] ?? '<name>') : kept;
    throw new UsageError(`npm kept --stage for itself. Write npm run ${command} -- --stage ${stage}`);
  }
  const at = args.findIndex((arg) => arg === '--stage' || arg.startsWith('--stage='));
  if (at < 0) return args;
  const [option = '', next] = args.slice(at);
  const [, name = next] = option.split('=');
  if (!name || name.startsWith('-')) throw new UsageError('--stage needs a name, such as --stage prod');
  try {
    requireStage(name);
  } catch (cause) {
    if (!(cause instanceof InvalidStageError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
  return ['--context', `stage=${name}`, ...args.toSpliced(at, option === '--stage' ? 2 : 1)];
}

/** Runs the pinned CLI, whatever `cdk` is on the PATH. Returns its exit code. */
async function runCdk(args: string[]): Promise<number> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  const [code] = await once(spawn(process.execPath, [cli, ...args], { stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

function profileOf(args: string[]): string | undefined {
  const { profile } = parseArgs({ args, strict: false, options: { profile: { type: 'string' } } }).values;
  return typeof profile === 'string' ? profile : undefined;
}
