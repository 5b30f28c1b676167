import { CST, type Document, isMap, isNode, isScalar, isSeq, Lexer, LineCounter, parseDocument } from 'yaml';
import { type FileFault, InvalidFileError, pointerTo } from './fault.ts';

const usualLength = 64 * 1024;
const maxDepth = 100;
/** Fields in which people write sentences. */
const prose =
  'title summary category tags authors name alt caption credit description address footer label text reason'.split(
    ' ',
  );
const quote = 'put the whole text in quotes';
/** What the parser's errors mean to whoever wrote the file. */
const yamlWords: Record<string, string> = {
  BLOCK_AS_IMPLICIT_KEY: `holds a colon that begins another field: ${quote}`,
  MULTILINE_IMPLICIT_KEY: `is no field: write name: text, or ${quote}`,
  BAD_SCALAR_START: `begins with a character that means something else in YAML: ${quote}`,
  UNEXPECTED_TOKEN: `goes on behind its end, as behind a closing quotation mark or bracket: ${quote}`,
  TAB_AS_INDENT: 'is indented with a tab: use spaces',
  BAD_INDENT: 'is indented otherwise than the lines around it',
  BAD_DQ_ESCAPE: 'holds a backslash within double quotes: write two of them, or use single quotes',
  TAG_RESOLVE_FAILED: `begins with "!", which means something else in YAML: ${quote}`,
};

/**
 * Reads a YAML mapping of plain values, at most `length` characters; lines are counted from `firstLine`. Throws InvalidFileError. Custom tags, repeated
 * keys and aliases are refused: no file needs them, and they can hide or multiply content.
 */
export function parseYaml(text: string, firstLine = 1, length = usualLength) {
  if (text.length > length)
    throw new InvalidFileError([fault(firstLine, `has more than ${length} characters`)]);
  assertShallow(text, firstLine);
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  // The parser looks for a repeated key by comparing each with all others; the walk below does it by name.
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const { places, repeated, cut } = placesOf(yaml);
  const problems = [...yaml.errors, ...yaml.warnings].map(({ pos, code, message }) => ({
    pos,
    message: yamlWords[code] ?? message,
  }));
  const faults = [...problems, ...repeated, ...cut].map(({ pos, message }) => fault(lineAt(pos[0]), message));
  if (faults.length > 0) throw new InvalidFileError(distinct(faults));
  if (!isMap(yaml.contents)) throw new InvalidFileError([fault(firstLine, 'needs fields, such as title: …')]);
  const value = plainValue(yaml, firstLine);

  /** The line of the field at the JSON pointer, or of the nearest field around it. */
  const lineOf = (pointer: string): number => {
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const place = places.get(at);
      if (place !== undefined) return lineAt(place);
    }
    return firstLine;
  };
  return { value, lineOf };
}

/** Where each value begins, by its JSON pointer, and the keys that a mapping has twice. */
function placesOf(yaml: Document) {
  const places = new Map<string, number>();
  const repeated: { pos: [number]; message: string }[] = [];
  const cut: { pos: [number]; message: string }[] = [];
  const walk = (value: unknown, path: string[], key?: unknown): void => {
    const pointer = pointerTo(path);
    const start = startOf(value) ?? startOf(key) ?? 0;
    if (places.has(pointer))
      repeated.push({ pos: [startOf(key) ?? start], message: 'Map keys must be unique' });
    else places.set(pointer, start);
    const name = path.filter((step) => !/^\d+$/.test(step)).at(-1) ?? '';
    if (isScalar(value) && value.type === 'PLAIN' && value.comment !== undefined && prose.includes(name))
      cut.push({
        pos: [start],
        message: `${name} ends before " #", which begins a comment: put the text in quotes`,
      });
    if (isMap(value))
      for (const pair of value.items)
        walk(pair.value, [...path, String(isScalar(pair.key) ? pair.key.value : pair.key)], pair.key);
    if (isSeq(value)) for (const [index, item] of value.items.entries()) walk(item, [...path, String(index)]);
  };
  walk(yaml.contents, []);
  return { places, repeated, cut };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function fault(line: number, message: string): FileFault {
  return { line, pointer: '', message };
}

// The parser reports one broken bracket several times.
function distinct(faults: FileFault[]): FileFault[] {
  return [...new Map(faults.map((fault) => [`${fault.line} ${fault.message}`, fault])).values()];
}

const opening = ['flow-map-start', 'flow-seq-start'];
const closing = ['flow-map-end', 'flow-seq-end'];
const indicators = ['seq-item-ind', 'explicit-key-ind', 'map-value-ind'];

/**
 * Refuses collections that nest too deeply, by brackets or on one line as `- - -` does. The parser recurses, and a
 * stack that runs out may end the whole process. Indentation needs no bound: text of this size has room for 360 levels.
 */
function assertShallow(text: string, firstLine: number): void {
  let line = firstLine;
  let brackets = 0;
  let onLine = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token) ?? '';
    if (opening.includes(type)) brackets += 1;
    if (closing.includes(type)) brackets -= 1;
    if (indicators.includes(type)) onLine += 1;
    if (type === 'newline' || type === 'comma') onLine = 0;
    if (brackets + onLine > maxDepth) throw new InvalidFileError([fault(line, 'is nested too deeply')]);
    line += token.split('\n').length - 1;
  }
}

function plainValue(yaml: Document, line: number): unknown {
  try {
    return yaml.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw new InvalidFileError([fault(line, 'must not use aliases (*name)')]);
  }
}
