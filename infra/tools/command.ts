/** One command of the `newswire` command line. */
export interface Command {
  /** What follows the command's name. */
  usage: string;
  /** One line for the list of commands. */
  summary: string;
  /** Answers the exit code. */
  run(args: string[]): Promise<number>;
}
