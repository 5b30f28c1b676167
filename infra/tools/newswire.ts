import { check } from './check.ts';
import type { Command } from './command.ts';
import { cost } from './cost.ts';
import { deploy } from './deploy.ts';
import { rehearse } from './rehearse.ts';
import { smoke } from './smoke.ts';
import { synth } from './synth.ts';

const commands = new Map<string, Command>([
  ['check', check],
  ['cost', cost],
  ['deploy', deploy],
  ['rehearse', rehearse],
  ['smoke', smoke],
  ['synth', synth],
]);

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(overview());
    return name === undefined ? 1 : 0;
  }
  const command = commands.get(name);
  if (!command) return refuse(`There is no command ${name}; npm run newswire -- --help lists them`);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`Usage: ${callOf(name, command)}\n\n${command.summary}`);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (isUsageError(error)) return refuse(`${error.message}\nUsage: ${callOf(name, command)}`);
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
