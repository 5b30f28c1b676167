import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../command.ts';

const journalName = 'export.json';

interface Journal {
  /** The site that the folder is an export of. */
  from: string;
  /** Each file that was written: what it tells of, its SHA-256, and what it has no room for. */
  files: Record<string, { of: string; hash: string; more?: string[] | undefined }>;
}

/** A folder that a site is exported to. What was written stands in its journal, so that a later run goes on, and overwrites nothing else. */
export class ExportFolder {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #seen = new Set<string>();
  /** Files that stay as they are because somebody has changed them. */
  readonly kept: string[] = [];
  written = 0;

  /** Throws CommandError for a folder that holds something else. */
  constructor(folder: string, from: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    const there = readJournal(join(folder, journalName));
    if (!there && readdirSync(folder).length > 0)
      throw new CommandError(`${folder} is not empty and no earlier export: name a new folder`);
    if (there && there.from !== from)
      throw new CommandError(`${folder} is an export of ${there.from}: name another folder`);
    this.#journal = there ?? { from, files: {} };
    this.save();
  }

  /** Whether the file tells of this already. */
  isCurrent(path: string, of: string): boolean {
    this.#seen.add(path);
    return this.#journal.files[path]?.of === of && this.#hashOf(path) !== undefined;
  }

  /** Writes the file unless somebody has changed it since it was written, or brought it. */
  write(path: string, of: string, content: string | Buffer, more?: string[]): void {
    this.#seen.add(path);
    const hash = createHash('sha256').update(content).digest('hex');
    const there = this.#hashOf(path);
    if (there !== undefined && there !== hash && there !== this.#journal.files[path]?.hash) {
      this.kept.push(path);
      return;
    }
    const file = join(this.#folder, path);
    this.#journal.files[path] = { of, hash, ...(more?.length && { more }) };
    if (there === hash) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    this.written += 1;
  }

  /** Takes away what an earlier run wrote and this one, which must be complete, has not named: the file of a renamed article. */
  removeOthers(): void {
    for (const [path, { hash }] of Object.entries(this.#journal.files)) {
      if (this.#seen.has(path)) continue;
      if (this.#hashOf(path) === hash) rmSync(join(this.#folder, path));
      else if (this.#hashOf(path) !== undefined) this.kept.push(path);
      delete this.#journal.files[path];
    }
  }

  /** The files of this run in a folder of the export, with their texts and what they have no room for. */
  *textsIn(part: string): Generator<{ name: string; text: string; more: string[] }> {
    for (const path of this.#seen) {
      if (!path.startsWith(`${part}/`)) continue;
      const text = readIfThere(join(this.#folder, path))?.toString() ?? '';
      yield { name: path.slice(part.length + 1), text, more: this.#journal.files[path]?.more ?? [] };
    }
  }

  /** Keeps how far the export is. */
  save(): void {
    const file = join(this.#folder, journalName);
    writeFileSync(`${file}.new`, `${JSON.stringify(this.#journal)}\n`);
    renameSync(`${file}.new`, file);
  }

  #hashOf(path: string): string | undefined {
    const bytes = readIfThere(join(this.#folder, path));
    return bytes && createHash('sha256').update(bytes).digest('hex');
  }
}

function readJournal(file: string): Journal | undefined {
  const bytes = readIfThere(file);
  if (!bytes) return undefined;
  try {
    const { from, files } = JSON.parse(bytes.toString());
    return { from, files };
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: name a new folder`, { cause });
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
