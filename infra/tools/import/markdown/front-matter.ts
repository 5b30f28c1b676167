import { parse as parseToml, TomlDate, TomlError } from 'smol-toml';
import { InvalidFileError } from '../../../../functions/article/fault.ts';
import { parseYaml } from '../../../../functions/article/yaml.ts';
import { readJsonFile } from '../../publish/json-file.ts';

export type Fields = Record<string, unknown>;

export interface SourceText {
  /** Dates are text as it was written. */
  fields: Fields;
  body: string;
  hasFrontMatter: boolean;
}

/** Fields in YAML (`---`), TOML (`+++`) or JSON (`{`, `;;;` or `---json`), and the body below. Throws InvalidFileError. */
export function splitFrontMatter(text: string): SourceText {
  const written = text.replace(/^\uFEFF/, '');
  const [opening, mark = '', language = ''] = /^(---|\+\+\+|;;;)[ \t]*([a-z]*)[ \t]*\n/.exec(written) ?? [];
  if (opening === undefined)
    return written.startsWith('{\n')
      ? splitJson(written)
      : { fields: {}, body: written, hasFrontMatter: false };
  const rest = written.slice(opening.length);
  const closing = new RegExp(`^${mark.replace(/\+/g, '\\+')}[ \\t]*(?:\\n|$)`, 'm').exec(rest);
  if (!closing) throw fault(1, `has no second line of ${mark}, where its fields end`);
  const block = rest.slice(0, closing.index);
  return {
    fields: readFields(block, { '+++': 'toml', ';;;': 'json' }[mark] ?? language, 2),
    body: rest.slice(closing.index + closing[0].length),
    hasFrontMatter: true,
  };
}

/** The fields of a settings or data file, by the ending of its name. Throws InvalidFileError. */
export function readFields(text: string, language: string, firstLine = 1): Fields {
  if (text.trim() === '') return {};
  if (/^(?:|ya?ml)$/.test(language))
    return /^(?:\s*(?:#.*)?\n)*$/.test(`${text}\n`) ? {} : (parseYaml(text, firstLine).value as Fields);
  if (language === 'toml') return readToml(text, firstLine);
  if (language === 'json') return readJson(text, firstLine);
  throw fault(1, `has fields in ${language}, which is not read: write them in YAML`);
}

function readToml(text: string, firstLine: number): Fields {
  try {
    return plain(parseToml(text)) as Fields;
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [, reason = cause.message] = /^Invalid TOML document: (.*)/.exec(cause.message) ?? [];
    throw fault(cause.line + firstLine - 1, `is no TOML: ${reason}`);
  }
}

function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function readJson(text: string, firstLine: number): Fields {
  try {
    return readJsonFile(text).fields;
  } catch (cause) {
    if (!(cause instanceof InvalidFileError)) throw cause;
    throw new InvalidFileError(cause.faults.map((each) => ({ ...each, line: each.line + firstLine - 1 })));
  }
}

/** Hugo: an object at the very beginning, without a mark. */
function splitJson(text: string): SourceText {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth > 0) continue;
    const end = index + 1;
    return {
      fields: readJson(text.slice(0, end), 1),
      body: text.slice(end).replace(/^[ \t]*\n/, ''),
      hasFrontMatter: true,
    };
  }
  throw fault(1, 'begins with { and has no } where its fields end');
}

function fault(line: number, message: string): InvalidFileError {
  return new InvalidFileError([{ line, pointer: '', message }]);
}
