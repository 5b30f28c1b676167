import { parseArgs } from 'node:util';
import { runCdk, stageArguments } from './cdk.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { requireCredentials } from './desk/credentials.ts';

export const deploy: Command = {
  usage: '[--stage name] [what cdk deploy takes]',
  summary: 'Checks the content, then deploys the stage (default: dev) to your AWS account',
  async run(args) {
    const stage = stageArguments('deploy', args);
    if (!stage) return 1;
    const broken = await check.run([]);
    if (broken !== 0) return broken;
    await requireCredentials(profileOf(args));
    return runCdk(['deploy', ...stage]);
  },
};

function profileOf(args: string[]): string | undefined {
  const { profile } = parseArgs({ args, strict: false, options: { profile: { type: 'string' } } }).values;
  return typeof profile === 'string' ? profile : undefined;
}
