import { createReadStream } from 'node:fs';
import { CommandError } from '../../command.ts';

export interface Row {
  table: string;
  /** Within its table, from 1. */
  number: number;
  /** As it is written; undefined for one that is too large for any article. */
  json: string | undefined;
}

interface Container {
  opened: number;
  /** Under which it stands in the object around it. */
  key: string;
}

const longestKey = 100;
const deepest = 100;
const maxRowBytes = 64_000_000;
const [quote, backslash, newline, colon, comma] = [0x22, 0x5c, 0x0a, 0x3a, 0x2c];
const [brace, bracket] = [0x7b, 0x5b];
const openers = new Map([
  [0x7d, brace],
  [0x5d, bracket],
]);

/**
 * The rows of all tables of an export (`db[0].data`), one at a time: an export can be longer than any string of JavaScript. Throws
 * CommandError where it breaks off, or its brackets do not close each other.
 */
export async function* readRows(file: string): AsyncGenerator<Row> {
  const open: Container[] = [];
  const counts = new Map<string, number>();
  let [line, isInString, isEscaped, key] = [1, false, false, ''];
  let word: number[] = [];
  // Within a row only the brackets are counted: whether it is JSON is seen when it is parsed.
  let rowDepth = 0;
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === newline) line += 1;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isInString = false;
        else if (rowDepth === 0 && word.length < longestKey) word.push(byte);
      } else if (byte === quote) {
        isInString = true;
        word = [];
      } else if (rowDepth > 0) {
        if (byte === brace || byte === bracket) rowDepth += 1;
        else if (openers.has(byte)) rowDepth -= 1;
        if (rowDepth > 0) continue;
        parts.push(chunk.subarray(start, at + 1));
        const table = open.at(-1)?.key ?? '';
        const number = (counts.get(table) ?? 0) + 1;
        counts.set(table, number);
        yield { table, number, json: size > maxRowBytes ? undefined : Buffer.concat(parts).toString() };
      } else if (byte === colon) key = Buffer.from(word).toString();
      else if (byte === comma) key = '';
      else if (byte === brace && isTable(open)) [rowDepth, parts, size, start] = [1, [], 0, at];
      else if (byte === brace || byte === bracket) {
        if (open.length === deepest) throw broken(line, 'it is nested too deep');
        open.push({ opened: byte, key });
        key = '';
      } else if (openers.has(byte) && open.pop()?.opened !== openers.get(byte))
        throw broken(line, 'a bracket closes what was not opened');
    }
    if (rowDepth === 0) continue;
    size += chunk.length - start;
    if (size > maxRowBytes) parts = [];
    else parts.push(chunk.subarray(start));
  }
  if (open.length > 0 || rowDepth > 0 || isInString) throw broken(line, 'it ends too early');
}

/** Whether what is open is a list in the object `data`. */
function isTable(open: Container[]): boolean {
  const [data, table] = open.slice(-2);
  return data?.key === 'data' && data.opened === brace && table?.opened === bracket;
}

function broken(line: number, what: string): CommandError {
  return new CommandError(
    `The export is broken in line ${line}: ${what}. Export it again, in Ghost under Settings, Migration tools.`,
  );
}
