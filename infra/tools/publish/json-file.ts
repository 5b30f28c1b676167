import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type FileFault, InvalidFileError } from '../../../functions/article/fault.ts';
import type { SourceText } from './read-source.ts';

/** The body of a write request. Throws InvalidFileError with every syntax error. */
export function readJsonFile(text: string): SourceText {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { errors } = readTree(text);
    const faults = errors.map(({ offset, error }) => fault(lineAt(offset), wordsOf(error)));
    // The parser that knows places forgives some errors.
    throw new InvalidFileError(faults.length > 0 ? faults : [fault(1, (cause as Error).message)]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidFileError([{ ...fault(1, ''), message: 'needs fields, such as {"title": …}' }]);
  let root: ReturnType<typeof readTree> | undefined;
  return {
    fields: value as Record<string, unknown>,
    lineOf(pointer) {
      root ??= readTree(text);
      return lineAt(offsetOf(root.tree, pointer));
    },
  };
}

/** Every error, and the parts that can be read nevertheless. */
function readTree(text: string): { tree?: Node | undefined; errors: ParseError[] } {
  const errors: ParseError[] = [];
  try {
    return { tree: parseTree(text, errors, { disallowComments: true }), errors };
  } catch (cause) {
    // It recurses, and JSON may be nested deeper than the stack.
    if (!(cause instanceof RangeError)) throw cause;
    return { errors };
  }
}

/** Where the field of a JSON pointer is, or the nearest one around it. */
function offsetOf(root: Node | undefined, pointer: string): number {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
  for (; root && steps.length > 0; steps.pop()) {
    const node = findNodeAtLocation(root, steps);
    if (node) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return 0;
}

function fault(line: number, reason: string): FileFault {
  return { line, pointer: '', message: `is no JSON: ${reason}` };
}

/** CommaExpected: comma expected */
function wordsOf(error: ParseError['error']): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
