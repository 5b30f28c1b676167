import { Environments } from './environments.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { requireByPrefix } from './template.ts';

/** Gets each line that a function prints, and what the stage itself has to tell (without a function's logical id). */
export type Log = (line: string, functionId?: string) => void;

/** All functions of the template, ready to run. */
export class Functions {
  readonly #environments: Map<string, Environments>;

  constructor(lambdas: LambdaFunction[], log: Log) {
    this.#environments = new Map(
      lambdas.map((lambda) => [lambda.id, new Environments(lambda, (line) => log(line, lambda.id))]),
    );
  }

  /** By the logical id or how it begins; rejects with a FunctionError. */
  readonly invoke = (prefix: string, event: unknown): Promise<unknown> =>
    requireByPrefix(this.#environments, prefix).invoke(event);

  /** What is invoked from now on runs in new environments. */
  async recycle(): Promise<void> {
    await Promise.all([...this.#environments.values()].map((environments) => environments.recycle()));
  }
}
