import { parseArgs } from 'node:util';
import { describeFault } from '../content-files.ts';
import type { Command } from './command.ts';
import { inspectContent } from './inspect-content.ts';

export const check: Command = {
  async run(args, terminal) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const found = await inspectContent(positionals[0] ?? (terminal.env.CONTENT_DIR || 'content'));
    for (const fault of found.faults) terminal.printError(describeFault(fault));
    for (const note of found.notes) terminal.printError(describeFault(note));
    const broken = new Set(found.faults.map(({ file }) => file)).size;
    const fine = `${counted(found.articles, 'article')} and ${counted(found.media, 'image')} fine`;
    const parts = [
      fine,
      broken > 0 && `${counted(broken, 'file')} broken`,
      found.notes.length > 0 && counted(found.notes.length, 'note'),
    ];
    terminal.print(parts.filter(Boolean).join(', '));
    return broken === 0 ? 0 : 1;
  },
};

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
