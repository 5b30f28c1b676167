import { resolve } from 'node:path';
import { Environments } from './environment.ts';
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
  /** Of the DynamoDB that it is to use. */
  endpoint: string;
}

/** All functions of the template, ready to run. */
export class Functions {
  readonly folders: string[];
  readonly #environments: Map<string, Environments>;

  constructor(find: FindKnown, assemblyDir: string, endpoint: string, log: Log) {
    const lambdas = find('AWS::Lambda::Function').map(({ id, properties, assetPath }) => {
      if (!assetPath) throw new Error(`${id} has no aws:asset:path: its code is not in the assembly`);
      return { id, properties, folder: resolve(assemblyDir, assetPath), endpoint };
    });
    this.folders = lambdas.map(({ folder }) => folder);
    this.#environments = new Map(
      lambdas.map((lambda) => [lambda.id, new Environments(lambda, (line) => log(line, lambda.id))]),
    );
  }

  /** By the logical id or its beginning; rejects with a FunctionError. */
  readonly invoke: Invoke = (prefix, event) => requireByPrefix(this.#environments, prefix).invoke(event);

  /** What is invoked from now on runs in new environments. */
  async recycle(): Promise<void> {
    await Promise.all([...this.#environments.values()].map((environments) => environments.recycle()));
  }
}
