import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CommandError } from '../command.ts';
import { credentials, region } from './ministack.ts';
import { run } from './run.ts';

/** The stack's outputs by their names. */
export type Outputs = Record<string, string>;

export interface CdkOptions {
  endpoint: string;
  contentDir: string;
  /** For the assembly, the log and the outputs. */
  folder: string;
}

/** The pinned CDK CLI as users run it, with the emulator in place of AWS. */
export class Cdk {
  readonly #options: CdkOptions;

  constructor(options: CdkOptions) {
    this.#options = options;
  }

  bootstrap(): Promise<void> {
    return this.#run('bootstrap');
  }

  async deploy(): Promise<Outputs> {
    const file = join(this.#options.folder, 'outputs.json');
    await this.#run('deploy', '--require-approval', 'never', '--outputs-file', file);
    const [outputs] = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outputs>);
    if (!outputs) throw new CommandError('The stack was deployed without outputs');
    return outputs;
  }

  destroy(): Promise<void> {
    return this.#run('destroy', '--force');
  }

  /** Throws CommandError with the last error that it printed. */
  async #run(...args: string[]): Promise<void> {
    const { folder } = this.#options;
    const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
    const log = join(folder, 'cdk.log');
    const common = ['--output', join(folder, 'cdk.out'), '--progress', 'events'];
    const { code, printed } = await run(process.execPath, [cli, ...args, ...common], {
      log,
      env: this.#environment(),
    });
    if (code === 0) return;
    const reason = printed
      .trim()
      .split('\n')
      .findLast((line) => /failed|error/i.test(line));
    throw new CommandError(`${reason?.trim() ?? `it ended with ${code}`} (see ${log})`);
  }

  #environment(): NodeJS.ProcessEnv {
    const { endpoint, contentDir, folder } = this.#options;
    // No real account may be within reach: no profile, no role, no other endpoint.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
    return {
      ...Object.fromEntries(inherited),
      CONTENT_DIR: contentDir,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_CONFIG_FILE: join(folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      // A bucket's name in front of a loopback address resolves nowhere.
      CDK_S3_FORCE_PATH_STYLE: 'true',
    };
  }
}
