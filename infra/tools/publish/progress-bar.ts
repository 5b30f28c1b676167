import type { Terminal } from '../command.ts';

const width = 30;

/** A line below everything printed; draws nothing where there is no terminal. */
export class ProgressBar {
  readonly #total: number;
  readonly #stream: Terminal['progress'];
  readonly #start = performance.now();

  constructor(total: number, stream: Terminal['progress']) {
    this.#total = total;
    this.#stream = stream;
  }

  show(done: number): void {
    const full = Math.floor((width * done) / this.#total);
    const seconds = (performance.now() - this.#start) / 1000;
    const left = done === 0 ? '' : `, ${Math.ceil((seconds / done) * (this.#total - done))} s left`;
    this.#write(`[${'#'.repeat(full)}${' '.repeat(width - full)}] ${done} of ${this.#total}${left}`);
  }

  clear(): void {
    this.#write('');
  }

  // \r: back to the first column; \x1b[K: clear the rest of the line.
  #write(text: string): void {
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[K${text}`);
  }
}
