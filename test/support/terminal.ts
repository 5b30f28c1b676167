import type { Terminal } from '../../infra/tools/command.ts';

/** A terminal that keeps what is printed, a line each; nothing is drawn on it. */
export function recordingTerminal(env: Terminal['env'] = process.env) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    env,
    print: (text) => void out.push(...text.split('\n')),
    printError: (text) => void err.push(...text.split('\n')),
    ask: async () => '',
    columns: Number.POSITIVE_INFINITY,
    progress: { isTTY: false, write: () => true },
    unread: new AbortController().signal,
  };
  return { terminal, out, err };
}
