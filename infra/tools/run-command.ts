import type { Terminal } from './command.ts';
import { commands } from './commands.ts';

// By name: their modules load the CDK.
const explained = ['CommandError', 'GivenUpError', 'StartError', 'InvalidSiteError', 'InvalidStageError'];

/** Runs one command line. Returns the exit code: 1 for faults that were found, 2 for a command typed wrongly. */
export async function runCommand([name, ...args]: string[], terminal: Terminal): Promise<number> {
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    terminal.print(overview());
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) {
    terminal.printError(
      `There is no command ${name}${suggestion(name)}; npm run newswire -- --help lists them`,
    );
    return 2;
  }
  const usage = `Usage: npm run newswire -- ${name} ${entry.usage}`.trim();
  const command = await entry.load();
  if (args.includes('--help') || args.includes('-h')) {
    terminal.print([usage, entry.summary, ...(command.help ? [command.help] : [])].join('\n\n'));
    return 0;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    if (String(code).startsWith('ERR_PARSE_ARGS')) {
      // The advice that Node adds after its first sentence does not apply here.
      const [reason] = message.split(/\.\s/);
      terminal.printError(`${reason}\n${usage}`);
      return 2;
    }
    if (name !== 'UsageError' && !explained.includes(name)) throw error;
    terminal.printError(message);
    return name === 'UsageError' ? 2 : 1;
  }
}

function overview(): string {
  const calls = Object.entries(commands).map(([name, { usage, summary }]) => ({
    call: `${name} ${usage}`.trim(),
    summary,
  }));
  const width = Math.max(...calls.map(({ call }) => call.length));
  const lines = calls.map(({ call, summary }) => `  ${call.padEnd(width)}  ${summary}`);
  return ['Usage: npm run newswire -- <command>', '', ...lines].join('\n');
}

function suggestion(typed: string): string {
  const [nearest] = Object.keys(commands)
    .map((name) => ({ name, edits: editsBetween(typed, name) }))
    .filter(({ edits }) => edits <= 2)
    .sort((one, other) => one.edits - other.edits);
  return nearest ? `: did you mean ${nearest.name}?` : '';
}

/** How many letters have to be put in, taken out or changed (Levenshtein's distance). */
function editsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...one].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= other.length; column += 1)
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1),
        ),
      );
    above = current;
  }
  return above[other.length] ?? 0;
}
