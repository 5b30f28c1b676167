import type { Terminal } from '../command.ts';

const width = 30;

/** On a terminal one line below all that is printed; elsewhere nothing. */
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

  // Back to the first column, with nothing behind it.
  #write(text: string): void {
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[K${text}`);
  }
}
