import { runCdk, stageArguments } from './cdk.ts';
import type { Command } from './command.ts';

export const synth: Command = {
  usage: '[--stage name] [what cdk synth takes]',
  summary: 'Writes the template of the stage (default: dev) to cdk.out; needs no network and no account',
  async run(args) {
    const stage = stageArguments('synth', args);
    return stage ? runCdk(['synth', '--quiet', ...stage]) : 1;
  },
};
