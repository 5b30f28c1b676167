import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command.ts';

/** What came is not what was expected. */
export class Mismatch extends Error {
  override name = 'Mismatch';
}

/** Thrown by a check that has nothing to look at, with the reason. */
export class LeftOut extends Error {
  override name = 'LeftOut';
}

interface CheckOptions {
  /** Seconds for what may take a moment to be seen. */
  patience?: number;
  /** Also after `stop`. */
  always?: boolean;
}

const pauseMilliseconds = 250;

/** Tells of each check in a line and counts them. */
export class Report {
  passed = 0;
  failed = 0;
  readonly #log: (line: string) => void;
  readonly #leftOut: Record<string, string>;
  readonly #longestPatience: number;
  /** Whether checks were left out for `stop`. */
  isStopped = false;

  /**
   * @param leftOut reasons by the names of checks that the place cannot pass
   * @param longestPatience seconds that no check waits beyond
   */
  constructor(
    log: (line: string) => void,
    leftOut: Record<string, string> = {},
    longestPatience = Number.POSITIVE_INFINITY,
  ) {
    this.#log = log;
    this.#longestPatience = longestPatience;
    this.#leftOut = leftOut;
  }

  /** Checks nothing more, but for cleaning up. */
  stop(): void {
    this.isStopped = true;
  }

  /** Whether the check passes. */
  async check(name: string, look: () => unknown, options: CheckOptions = {}): Promise<boolean> {
    const { patience = 0, always = false } = options;
    if (this.isStopped && !always) return false;
    const start = performance.now();
    const end = start + Math.min(patience, this.#longestPatience) * 1000;
    let fault = await this.#look(name, look);
    while (fault instanceof Error && !(fault instanceof LeftOut) && performance.now() < end) {
      await delay(pauseMilliseconds);
      fault = await this.#look(name, look);
    }
    if (fault instanceof LeftOut) {
      this.#log(`–     ${name}: left out, ${fault.message}`);
      return false;
    }
    if (fault) this.failed += 1;
    else this.passed += 1;
    const seconds = (performance.now() - start) / 1000;
    const time = seconds < 1 ? '' : ` (${seconds.toFixed(1)} s)`;
    this.#log(fault ? `FAIL  ${name}: ${describe(fault)}${time}` : `ok    ${name}${time}`);
    return fault === undefined;
  }

  async #look(name: string, look: () => unknown): Promise<Error | undefined> {
    const reason = this.#leftOut[name];
    if (reason !== undefined) return new LeftOut(reason);
    try {
      await look();
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }
}

function describe(error: Error): string {
  if (error instanceof Mismatch || error instanceof CommandError || error.name === 'RehearsalError')
    return error.message;
  const { name, message, code } = error as NodeJS.ErrnoException;
  return message ? `${name}: ${message}` : (code ?? name);
}

/** Throws Mismatch unless both are the same as JSON. */
export function expectSame(what: string, came: unknown, expected: unknown): void {
  if (JSON.stringify(came) !== JSON.stringify(expected))
    throw new Mismatch(`${what}: expected ${brief(expected)}, came ${brief(came)}`);
}

/** Throws Mismatch unless the text has the part, or matches it. */
export function expectIn(what: string, text: string | undefined, part: string | RegExp): void {
  const isThere = typeof part === 'string' ? text?.includes(part) : part.test(text ?? '');
  if (!isThere) throw new Mismatch(`${what}: expected ${part} in it, came ${brief(text)}`);
}

/** Throws Mismatch when it does not hold. */
export function expectThat(holds: boolean, expected: string, came?: unknown): void {
  if (!holds) throw new Mismatch(`expected ${expected}${came === undefined ? '' : `, came ${brief(came)}`}`);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
