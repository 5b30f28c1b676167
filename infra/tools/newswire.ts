import { StartError } from '../local/start-error.ts';
import { InvalidSiteError } from '../prepared-content.ts';
import { bench } from './bench.ts';
import { check } from './check.ts';
import { type Command, CommandError } from './command.ts';
import { cost } from './cost.ts';
import { deploy } from './deploy.ts';
import { lighthouse } from './lighthouse.ts';
import { lint } from './lint.ts';
import { list } from './list.ts';
import { publish } from './publish.ts';
import { rehearse } from './rehearse.ts';
import { repair } from './repair.ts';
import { screenshots } from './screenshots.ts';
import { smoke } from './smoke.ts';
import { stats } from './stats.ts';
import { synth } from './synth.ts';
import { unpublish } from './unpublish.ts';

const commands = new Map<string, Command>([
  ['bench', bench],
  ['check', check],
  ['cost', cost],
  ['deploy', deploy],
  ['lighthouse', lighthouse],
  ['lint', lint],
  ['list', list],
  ['publish', publish],
  ['rehearse', rehearse],
  ['repair', repair],
  ['screenshots', screenshots],
  ['smoke', smoke],
  ['stats', stats],
  ['synth', synth],
  ['unpublish', unpublish],
]);

/** Whoever typed the command can mend these: the message says how. */
const mendable = [CommandError, StartError, InvalidSiteError];

// The SDK's word about this machine's Node, which is not the functions'.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// `| head` has seen enough; what the command does is done all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await run(process.argv.slice(2));

async function run([name, ...args]: string[]): Promise<number> {
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    console.log(overview());
    return name === undefined ? 1 : 0;
  }
  const command = commands.get(name);
  if (!command) return refuse(`There is no command ${name}; npm run newswire -- --help lists them`);
  if (args.includes('--help') || args.includes('-h')) {
    const { summary, help } = command;
    console.log([`Usage: ${callOf(name, command)}`, summary, ...(help ? [help] : [])].join('\n\n'));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (isUsageError(error)) {
      // What Node says after its first sentence does not help here, and lacks its end.
      const [reason] = error.message.split(/\.\s/);
      return refuse(`${reason}\nUsage: ${callOf(name, command)}`);
    }
    if (mendable.some((kind) => error instanceof kind)) return refuse((error as Error).message);
    throw error;
  }
}

function overview(): string {
  const calls = [...commands].map(([name, command]) => ({
    call: `${name} ${command.usage}`.trim(),
    summary: command.summary,
  }));
  const width = Math.max(...calls.map(({ call }) => call.length));
  const lines = calls.map(({ call, summary }) => `  ${call.padEnd(width)}  ${summary}`);
  return ['Usage: npm run newswire -- <command>', '', ...lines].join('\n');
}

function callOf(name: string, { usage }: Command): string {
  return `npm run newswire -- ${name} ${usage}`.trim();
}

function refuse(message: string): number {
  console.error(message);
  return 1;
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
