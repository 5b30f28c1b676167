import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.ts';
import { runVitest } from './run-vitest.ts';

const limits = `Not rehearsed: CloudFront (it carries no traffic there), permissions and signatures (MiniStack asks for a
signature and believes it), alarms, caps and throttling, OPTIONS; the accounts that a stage names, and signing in with one (the
pool, its groups and invitations are). Functions run on this machine's Node and processor.`;

export const rehearse: Command = {
  help: `  --port N        where the emulator listens; 4566 if not given
  --results FILE  also writes the results into this file, in vitest's JSON

A step that fails ends the rest. Logs stay in .rehearsal/run. ${limits}`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string', default: '4566' }, results: { type: 'string' } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new UsageError(`--port ${values.port} is no port`);
    const { hasPassed, isInterrupted } = await runVitest({
      config: 'test/rehearse/vitest.config.ts',
      env: { REHEARSAL_PORT: String(port) },
      results: values.results,
    });
    terminal.print(`\n${limits}`);
    if (isInterrupted) terminal.printError('Interrupted');
    return hasPassed ? 0 : 1;
  },
};
