import { parseArgs } from 'node:util';
import { requireStage } from '../stages.ts';
import { EditorAccounts } from './api/editor-accounts.ts';
import { type Command, CommandError, printable, UsageError } from './command.ts';

export const editors: Command = {
  help: `  list            the accounts, and who has not taken the invitation yet; also without a word
  add ADDRESS     invites by mail; who has an account already gets the role that is asked for
  remove ADDRESS  deletes the account with its passkeys; who is signed in can go on for an hour at most
  --contributor   with add: may only draft
  --stage name    which stage of infra/stages.ts

Whom the stage itself names is added and removed by a deployment. Takes your AWS credentials, as deploy does.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { stage: { type: 'string', default: 'dev' }, contributor: { type: 'boolean' } },
    });
    if (terminal.env.npm_config_stage)
      throw new UsageError('npm kept --stage for itself. Write npm run newswire -- editors … --stage name');
    const [action = 'list', written, ...others] = positionals;
    const address = written?.toLowerCase();
    const isWhole = address === undefined ? action === 'list' : ['add', 'remove'].includes(action);
    if (!isWhole || others.length > 0)
      throw new UsageError('Write editors list, editors add ADDRESS or editors remove ADDRESS');
    const stage = requireStage(values.stage);
    const named = [...(stage.editors ?? []), ...(stage.contributors ?? [])];
    if (named.length === 0)
      throw new CommandError(
        `Stage ${stage.name} has no accounts: name the first in editors of infra/stages.ts, and deploy`,
      );
    if (address !== undefined && named.includes(address))
      throw new CommandError(`Stage ${stage.name} names ${address}: change infra/stages.ts, and deploy`);
    const accounts = new EditorAccounts(stage, terminal.env);
    if (address === undefined) {
      for (const { address, group, isActive } of await accounts.list())
        terminal.print(printable([group, address, ...(isActive ? [] : ['invited'])].join('  ')));
    } else if (action === 'add') {
      const group = values.contributor ? 'contributors' : 'editors';
      const isNew = await accounts.add(address, group);
      terminal.print(`${isNew ? 'invited' : 'changed'}  ${printable(address)}: ${group}`);
    } else {
      await accounts.remove(address);
      terminal.print(`removed  ${printable(address)}`);
    }
    return 0;
  },
};
