import { isMap, LineCounter, parseDocument } from 'yaml';
import { type FileFault, InvalidFileError } from './fault.ts';

const maxYamlLength = 64 * 1024;
const tooDeep = 'is nested too deeply';

/**
 * Reads a YAML mapping of plain values; lines are counted from `firstLine`. Throws InvalidFileError. Custom tags, repeated
 * keys and aliases are refused: no file needs them, and they can hide or multiply content.
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

  /** The line of the field at the JSON pointer, or of the nearest field around it. */
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

// The parser reports one broken bracket several times.
function distinct(faults: FileFault[]): FileFault[] {
  return [...new Map(faults.map((fault) => [`${fault.line} ${fault.message}`, fault])).values()];
}

// The parser recurses: it throws on crafted depth, and on aliases.
function guardDepth<Result>(parse: () => Result, line: number): Result {
  try {
    return parse();
  } catch (cause) {
    const message = cause instanceof ReferenceError ? 'must not use aliases (*name)' : tooDeep;
    throw new InvalidFileError([fault(line, message)]);
  }
}
