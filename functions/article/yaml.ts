import { isMap, LineCounter, parseDocument } from 'yaml';
import type { Fault } from './fault.ts';

/** A fault in a file, with its line (1-based). */
export interface FileFault extends Fault {
  line: number;
}

/** Throws this file's faults, all of them. */
export class InvalidFileError extends Error {
  override name = 'InvalidFileError';
  readonly faults: FileFault[];

  constructor(faults: FileFault[]) {
    super(faults.map(({ line, pointer, message }) => `line ${line}: ${pointer} ${message}`).join('; '));
    this.faults = faults;
  }
}

const maxYamlLength = 64 * 1024;
const tooDeep = 'is nested too deeply';

/**
 * A YAML mapping of plain values and the line each field stands on, counted from `firstLine`.
 * Own tags, repeated keys and aliases are refused: nothing here needs them, and they can hide or multiply content.
 */
export function parseYaml(text: string, firstLine = 1) {
  if (text.length > maxYamlLength)
    throw new InvalidFileError([fault(firstLine, `has more than ${maxYamlLength} characters`)]);
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const yaml = guardDepth(() => parseDocument(text, { lineCounter: lines, prettyErrors: false }), firstLine);
  const faults = [...yaml.errors, ...yaml.warnings].map(({ pos, message }) =>
    fault(lineAt(pos[0]), message.startsWith('Maximum call stack') ? tooDeep : message),
  );
  if (faults.length > 0) throw new InvalidFileError(distinct(faults));
  if (!isMap(yaml.contents)) throw new InvalidFileError([fault(firstLine, 'needs fields, such as title: …')]);
  const value: unknown = guardDepth(() => yaml.toJS({ maxAliasCount: 0 }), firstLine);

  /** The line of the field that `pointer` names, or of the nearest one around it. */
  const lineOf = (pointer: string): number => {
    for (let path = stepsOf(pointer); path.length > 0; path = path.slice(0, -1)) {
      const node = yaml.getIn(path, true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lineAt(node.range[0]);
    }
    return firstLine;
  };
  return { value, lineOf };
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function fault(line: number, message: string): FileFault {
  return { line, pointer: '', message };
}

// One broken bracket makes the parser repeat itself.
function distinct(faults: FileFault[]): FileFault[] {
  return [...new Map(faults.map((fault) => [`${fault.line} ${fault.message}`, fault])).values()];
}

// The parser recurses; a crafted depth or an alias is its error to throw and ours to report.
function guardDepth<Result>(parse: () => Result, line: number): Result {
  try {
    return parse();
  } catch (cause) {
    const message = cause instanceof ReferenceError ? 'must not use aliases (*name)' : tooDeep;
    throw new InvalidFileError([fault(line, message)]);
  }
}
