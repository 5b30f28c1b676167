import type { FileFault } from '../../../functions/article/fault.ts';

/** What became of one file or article: in a word, and what there is to say of it. */
export interface Outcome {
  word: string;
  detail?: string | undefined;
}

const shownFaults = 20;

export function refused(faults: (Omit<FileFault, 'line'> & { line?: number })[]): Outcome {
  const described = faults.slice(0, shownFaults).map(({ line, pointer, message }) => {
    const place = line === undefined ? '' : `line ${line} `;
    return `${place}${pointer === '' ? '' : `${pointer.slice(1)}: `}${message}`;
  });
  const more = faults.length - shownFaults;
  if (more > 0) described.push(`and ${more} more`);
  return { word: 'refused', detail: described.join('; ') };
}

export function refusedFor(reason: string): Outcome {
  return { word: 'refused', detail: reason };
}

/** One line: names and answers from elsewhere cannot steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{FFFD}');
}
