/** One command of the `newswire` command line. */
export interface Command {
  /** What follows the command's name. */
  usage: string;
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` adds to it. */
  help?: string;
  /** Answers the exit code. */
  run(args: string[]): Promise<number>;
}

/** What whoever typed the command can mend: its message is all that they are told. */
export class CommandError extends Error {
  override name = 'CommandError';
}
