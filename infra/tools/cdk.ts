import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { setting } from '../../functions/runtime/environment.ts';
import { describeImport, type ImportSummary } from '../import-report.ts';
import { InvalidStageError, requireStage } from '../stages.ts';
import { requireAccess } from './api/access.ts';
import { awsCredentials, requireCredentials } from './api/credentials.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { problemFaults } from './api/write-api.ts';
import { check } from './check.ts';
import { type Command, CommandError, type Terminal, UsageError } from './command.ts';

export const synth: Command = {
  async run(args, terminal) {
    return runCdk(['synth', '--quiet', ...stageArguments('synth', args, terminal.env)], {});
  },
};

export const deploy: Command = {
  help: `  --stage name  which stage of infra/stages.ts
  --take-files  content files win against edits and deletions through the API; these stay as versions

With PUBLISH_URL the site is asked first which files it would refuse. After the deployment the report of its import is printed.
Exit code 1 if a file is faulty or was not imported.`,
  async run(args, terminal) {
    const stage = stageArguments('deploy', args, terminal.env);
    const rest = stage.filter((arg) => arg !== '--take-files');
    const choices = rest.length < stage.length ? { [setting.takeFiles]: 'yes' } : {};
    const broken = await check.run([], { ...terminal, env: { ...terminal.env, ...choices } });
    if (broken !== 0) return broken;
    await requireCredentials(optionOf('profile', rest));
    const folder = await mkdtemp(join(tmpdir(), 'newswire-outputs-'));
    try {
      const named = optionOf('outputs-file', rest);
      const outputs = named ?? join(folder, 'outputs.json');
      const code = await runCdk(
        ['deploy', ...rest, ...(named === undefined ? ['--outputs-file', outputs] : [])],
        choices,
      );
      return code === 0 ? await printImport(outputs, optionOf('profile', rest), terminal) : code;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Prints what the import of this deployment has done. Returns the exit code. */
async function printImport(
  outputs: string,
  profile: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const stacks = await readFile(outputs, 'utf8').catch(() => '{}');
  const publishUrl = Object.values<{ PublishUrl?: string }>(JSON.parse(stacks))[0]?.PublishUrl;
  // The CLI has only prepared the deployment.
  if (publishUrl === undefined) return 0;
  try {
    const access = requireAccess(publishUrl, terminal.env);
    const credentials = profile === undefined ? access.credentials : awsCredentials({ profile });
    const answer = await new RetryingClient({ ...access, credentials }).send('GET', '/import');
    if (answer.status !== 200) throw new CommandError(problemFaults(answer)[0]?.message);
    const { summary }: { summary: (ImportSummary & { at: string }) | null } = JSON.parse(answer.text);
    const contentDir = terminal.env.CONTENT_DIR || 'content';
    terminal.print(`\nImport of the content, ${summary ? `as of ${summary.at}` : 'not done yet'}`);
    for (const line of summary ? describeImport(summary, contentDir) : []) terminal.print(line);
    return (summary?.counts.broken ?? 0) > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.printError(
      `Deployed, but what the import did cannot be read (${error.message}): its log says it`,
    );
    return 0;
  }
}

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
  if (env.npm_config_take_files)
    throw new UsageError(`npm kept --take-files for itself. Write npm run ${command} -- --take-files`);
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

/** Runs the pinned CLI, whatever `cdk` is on the PATH, with more in its environment. Returns its exit code. */
async function runCdk(args: string[], choices: Record<string, string>): Promise<number> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  const env = { ...process.env, ...choices };
  const [code] = await once(spawn(process.execPath, [cli, ...args], { env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

function optionOf(name: string, args: string[]): string | undefined {
  const value = parseArgs({ args, strict: false, options: { [name]: { type: 'string' } } }).values[name];
  return typeof value === 'string' ? value : undefined;
}
