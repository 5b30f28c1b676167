import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type Environment, startEnvironment } from './environment.ts';
import type { FindKnown, KnownResource } from './resources.ts';
import { requireByPrefix } from './template.ts';

/** Gets each line that a function prints, and those of the stage itself (without a function's logical id). */
export type Log = (line: string, functionId?: string) => void;

export type Invoke = (functionId: string, event: unknown) => Promise<unknown>;

/** A function of the template. */
export interface LambdaFunction {
  id: string;
  properties: KnownResource<'AWS::Lambda::Function'>['properties'];
  /** Where its code and content lie. */
  folder: string;
  endpoints: Endpoints;
}

/** What functions reach instead of AWS. */
export interface Endpoints {
  dynamodb: string;
  s3: string;
}

/** All functions of the template, ready to run. */
export interface Functions {
  folders: string[];
  /** What the first function that has it is given by this variable. */
  setting(variable: string): string;
  /** By the logical id or its beginning; rejects with a FunctionError. */
  invoke: Invoke;
  /** Ends all environments as a deployment does: those with an invocation under way after it. */
  recycle(): Promise<void>;
}

export function readFunctions(
  find: FindKnown,
  assemblyDir: string,
  endpoints: Endpoints,
  log: Log,
): Functions {
  const lambdas = find('AWS::Lambda::Function').map(({ id, properties, assetPath }): LambdaFunction => {
    if (!assetPath) throw new Error(`${id} has no aws:asset:path: its code is not in the assembly`);
    return { id, properties, folder: resolve(assemblyDir, assetPath), endpoints };
  });
  const pools = new Map(
    lambdas.map((lambda) => [
      lambda.id,
      new Pool(() => startEnvironment(lambda, (line) => log(line, lambda.id))),
    ]),
  );
  return {
    folders: lambdas.map(({ folder }) => folder),
    setting: (variable) =>
      lambdas.flatMap(({ properties }) => properties.Environment?.Variables[variable] ?? [])[0] ?? '',
    invoke: (prefix, event) => requireByPrefix(pools, prefix).invoke(event),
    async recycle() {
      await Promise.all([...pools.values()].map((pool) => pool.recycle()));
    },
  };
}

/** More environments of a function would only share the same processors, each with code of its own to warm up. */
const limit = Math.max(2, availableParallelism());

/** The environments of one function: as many as there have been invocations at once, up to the limit. */
export class Pool {
  readonly #start: () => Environment;
  readonly #queue: (() => void)[] = [];
  #busy = 0;
  /** Replaced by each deployment: an environment that finds another list than its own has outlived its code. */
  #idle: Environment[] = [];

  constructor(start: () => Environment) {
    this.#start = start;
  }

  async invoke(event: unknown): Promise<unknown> {
    while (this.#busy === limit) await new Promise<void>((free) => this.#queue.push(free));
    this.#busy += 1;
    const idle = this.#idle;
    let environment = idle.pop();
    // What a function leaves behind can end its environment after an invocation, too.
    while (environment && !environment.isUsable()) environment = idle.pop();
    environment ??= this.#start();
    try {
      return JSON.parse(await environment.invoke(JSON.stringify(event)));
    } finally {
      if (environment.isUsable() && idle === this.#idle) idle.push(environment);
      else void environment.end();
      this.#busy -= 1;
      this.#queue.shift()?.();
    }
  }

  async recycle(): Promise<void> {
    const idle = this.#idle;
    this.#idle = [];
    await Promise.all(idle.map((environment) => environment.end()));
  }
}
