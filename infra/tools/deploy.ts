import { parseArgs } from 'node:util';
import { requireCredentials } from './api/credentials.ts';
import { runCdk, stageArguments } from './cdk.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';

export const deploy: Command = {
  async run(args, terminal) {
    const stage = stageArguments('deploy', args, terminal.env);
    const broken = await check.run([], terminal);
    if (broken !== 0) return broken;
    await requireCredentials(profileOf(args));
    return runCdk(['deploy', ...stage]);
  },
};

function profileOf(args: string[]): string | undefined {
  const { profile } = parseArgs({ args, strict: false, options: { profile: { type: 'string' } } }).values;
  return typeof profile === 'string' ? profile : undefined;
}
