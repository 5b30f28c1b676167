import { parseArgs } from 'node:util';
import { describeFault } from '../content-files.ts';
import type { Command } from './command.ts';
import { inspectContent } from './inspect-content.ts';

export const check: Command = {
  async run(args, terminal) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const found = await inspectContent(positionals[0] ?? (terminal.env.CONTENT_DIR || 'content'));
    for (const fault of found.faults) terminal.printError(describeFault(fault));
    const broken = new Set(found.faults.map(({ file }) => file)).size;
    const fine = `${counted(found.articles, 'article')} and ${counted(found.media, 'image')} fine`;
    terminal.print(broken === 0 ? fine : `${fine}, ${counted(broken, 'file')} broken`);
    return broken === 0 ? 0 : 1;
  },
};

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
