import { runCdk, stageArguments } from './cdk.ts';
import type { Command } from './command.ts';

export const synth: Command = {
  async run(args, terminal) {
    return runCdk(['synth', '--quiet', ...stageArguments('synth', args, terminal.env)]);
  },
};
