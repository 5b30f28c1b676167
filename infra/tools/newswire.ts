import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { runCommand } from './run-command.ts';

// The functions run on a newer Node than this machine may have.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const unread = new AbortController();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  unread.abort();
});
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  async ask(question) {
    const typing = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await Promise.race([typing.question(question), once(typing, 'close').then(() => '')]);
    typing.close();
    return answer;
  },
  columns: process.stdout.columns ?? Number.POSITIVE_INFINITY,
  progress: process.stderr,
  unread: unread.signal,
});
