/** One command of the `newswire` command line. */
export interface Command {
  /** What `--help` says beyond the usage and the summary. */
  help?: string;
  /** Returns the exit code: 0, or 1 when it found faults. */
  run(args: string[], terminal: Terminal): Promise<number>;
}

/** All that a command knows of its surroundings, so that a test can be a terminal too. */
export interface Terminal {
  env: Record<string, string | undefined>;
  /** Prints a line of the result. */
  print(line: string): void;
  /** Prints a line for whoever typed the command. */
  printError(line: string): void;
  /** The line that is typed in answer; empty when nobody is there to type. */
  ask(question: string): Promise<string>;
  /** Infinite when the result goes to a file or a pipe. */
  columns: number;
  /** Where a progress bar is drawn, if it is a terminal. */
  progress: { isTTY: boolean; write(text: string): unknown };
  /** Aborted when nobody reads the result any more, as behind `| head`. */
  unread: AbortSignal;
}

/** Something whoever typed the command can put right: they are shown the message alone. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The command was typed wrongly: exit code 2. */
export class UsageError extends CommandError {
  override name = 'UsageError';
}

/** Without control characters: names and answers from elsewhere must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{FFFD}');
}
