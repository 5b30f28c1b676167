import { runCdk, stageArguments } from './cdk.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';

export const deploy: Command = {
  usage: '[--stage name] [what cdk deploy takes]',
  summary: 'Checks the content, then deploys the stage (default: dev) to your AWS account',
  async run(args) {
    const stage = stageArguments(args);
    if (!stage) return 1;
    const broken = await check.run([]);
    return broken === 0 ? runCdk(['deploy', ...stage]) : broken;
  },
};
