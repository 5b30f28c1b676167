import { availableParallelism } from 'node:os';
import { Environment } from './environment.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** More would only share the same processors, each with a heap of its own: what comes on top waits in line. */
const limit = Math.min(16, 4 * availableParallelism());

/** The execution environments of one function: as many as there have been invocations at once, up to the limit. */
export class Environments {
  readonly #start: () => Environment;
  readonly #line: (() => void)[] = [];
  #busy = 0;
  /** Replaced by each deployment: an environment that finds another list than its own has outlived its code. */
  #idle: Environment[] = [];

  constructor(lambda: LambdaFunction, log: (line: string) => void) {
    this.#start = () => new Environment(lambda, log);
  }

  /** Rejects with a FunctionError. */
  async invoke(event: unknown): Promise<unknown> {
    while (this.#busy === limit) await new Promise<void>((free) => this.#line.push(free));
    this.#busy += 1;
    const idle = this.#idle;
    const environment = takeUsable(idle) ?? this.#start();
    try {
      return JSON.parse(await environment.invoke(JSON.stringify(event)));
    } finally {
      if (environment.isUsable && idle === this.#idle) idle.push(environment);
      else void environment.end();
      this.#busy -= 1;
      this.#line.shift()?.();
    }
  }

  /** Ends all environments as a deployment does: those with an invocation under way after it. */
  async recycle(): Promise<void> {
    const idle = this.#idle;
    this.#idle = [];
    await Promise.all(idle.map((environment) => environment.end()));
  }
}

/** What a function leaves behind can end its environment after an invocation, too. */
function takeUsable(idle: Environment[]): Environment | undefined {
  const environment = idle.pop();
  return !environment || environment.isUsable ? environment : takeUsable(idle);
}
