import { InvalidFileError, parseYaml } from './yaml.ts';

/** Fields between `---` lines, the body below them, and the line of each, the body by its name. Throws InvalidFileError. */
export function readFrontMatter(text: string, bodyName: 'markdown' | 'html' = 'markdown') {
  const match = /^---[ \t]*\n(.*?)(?<=\n)---[ \t]*(?:\n|$)/s.exec(text);
  if (!match) throw wholeFile('must begin with front matter: fields between two lines of ---');
  const { value, lineOf } = parseYaml(match[1] ?? '', 2);
  const fields = value as Record<string, unknown>;
  const lineOfBody = match[0].split('\n').length;
  return {
    fields,
    body: text.slice(match[0].length),
    lineOf: (pointer: string) =>
      pointer === `/${bodyName}` && !(bodyName in fields) ? lineOfBody : lineOf(pointer),
  };
}

/** The text of a file, with line ends as \n. Throws InvalidFileError unless it is UTF-8. */
export function decodeFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    throw wholeFile('is not UTF-8 text');
  }
}

function wholeFile(message: string): InvalidFileError {
  return new InvalidFileError([{ line: 1, pointer: '', message }]);
}
