import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** How far a shard has been read: to a record, or to its end when it gets no more. */
export type Place = { sequenceNumber: string /** Of the record, in seconds. */; createdAt: number } | 'end';

/** By shard. */
export type Places = Record<string, Place>;

/** How far each event source mapping has read its stream. */
export class Checkpoints {
  readonly #file: string | undefined;
  readonly #places: Record<string, Places>;

  /** @param file survives a restart; without one nothing does */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#places = file ? read(file) : {};
  }

  placesOf(source: string): Places {
    return this.#places[source] ?? {};
  }

  /** In one step: a process killed meanwhile leaves the former state. */
  keep(source: string, places: Places): void {
    this.#places[source] = places;
    if (!this.#file) return;
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#places));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function read(file: string): Record<string, Places> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
