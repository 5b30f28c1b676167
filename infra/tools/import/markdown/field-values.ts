import { extname } from 'node:path/posix';
import { InvalidFileError } from '../../../../functions/article/fault.ts';
import { CommandError } from '../../command.ts';
import { type Fields, readFields } from './front-matter.ts';
import type { ProjectFiles } from './project-files.ts';

/** A line of text, a number or a date; undefined for all else, and for empty text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The texts of a list, or the one text that stands in place of a list. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(text).filter((item) => item !== undefined);
}

export function table(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** With names in lower case. */
export function lowered(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
}

/** With names as `lastmodifiedat`, whichever way they were written. */
export function normalized(fields: Fields): Fields {
  const inner = ['params', 'extra', 'taxonomies'].map((name) => table(fields[name]));
  const entries = [...inner, fields].flatMap((each) => Object.entries(each));
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase().replace(/[-_]/g, ''), value]));
}

const endings = ['yml', 'yaml', 'toml', 'json'];

/** The fields of the first of these data files that is there; names without their endings. Throws CommandError. */
export function readData(files: ProjectFiles, names: string[]): Fields {
  const path = names
    .flatMap((name) => endings.map((ending) => `${name}.${ending}`))
    .find((each) => files.has(each));
  return path === undefined ? {} : readDataFile(files, path);
}

export function readDataFile(files: ProjectFiles, path: string): Fields {
  try {
    return readFields(files.text(path), extname(path).slice(1));
  } catch (cause) {
    if (!(cause instanceof InvalidFileError)) throw cause;
    const [fault] = cause.faults;
    throw new CommandError(`${path}:${fault?.line} ${fault?.message}`, { cause });
  }
}
