import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { account, functionArn } from './account.ts';
import type { LambdaFunction } from './functions.ts';

/** More would only share the same processors, each with a heap of its own: further invocations wait in line. */
const limit = Math.min(16, 4 * availableParallelism());

/** Lambda's own limit for loading a function. */
const initSeconds = 10;

/** Lambda's limit of a result. */
const maxBytes = 6_291_556;

/** What the caller of a function gets when it threw, ended itself or took too long. */
export class FunctionError extends Error {
  override name = 'FunctionError';
  /** The name of the error inside the function. */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

type Answer = { result: string } | { failure: { name: string; message: string } };

/** One execution environment: its state lasts from one invocation to the next, and it handles one at a time. */
export class Environment {
  readonly #function: LambdaFunction;
  readonly #log: (line: string) => void;
  readonly #worker: Worker;
  /** Aborted, with the reason, once the environment is of no use any more. */
  readonly #end = new AbortController();
  readonly #ready: Promise<unknown>;

  /** @param log gets each line that the function prints */
  constructor(lambda: LambdaFunction, log: (line: string) => void) {
    this.#function = lambda;
    this.#log = log;
    this.#worker = new Worker(new URL('./environment-worker.mjs', import.meta.url), {
      env: environmentOf(lambda),
      execArgv: [],
      stdout: true,
      stderr: true,
      workerData: { handler: lambda.properties.Handler },
    });
    for (const input of [this.#worker.stdout, this.#worker.stderr])
      createInterface({ input }).on('line', log);
    this.#worker.on('error', (error) => {
      log(String(error.stack));
      this.#end.abort(new FunctionError(error.name, error.message));
    });
    this.#worker.on('exit', (code) =>
      this.#end.abort(new FunctionError('Runtime.ExitError', `The function ended its process with ${code}`)),
    );
    this.#ready = this.#message(initSeconds);
    // Told to the first invocation, which may come later.
    this.#ready.catch(() => {});
  }

  get isUsable(): boolean {
    return !this.#end.signal.aborted;
  }

  /** Takes and gives JSON; rejects with a FunctionError. */
  async invoke(event: string): Promise<string> {
    await this.#ready;
    const { id, properties } = this.#function;
    this.#worker.postMessage({
      event,
      deadline: Date.now() + properties.Timeout * 1000,
      awsRequestId: randomUUID(),
      functionName: id,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn(id),
      memoryLimitInMB: String(properties.MemorySize),
    });
    const answer = (await this.#message(properties.Timeout)) as Answer;
    if ('failure' in answer) throw new FunctionError(answer.failure.name, answer.failure.message);
    if (Buffer.byteLength(answer.result) > maxBytes)
      throw new FunctionError('Function.ResponseSizeTooLarge', `The result has more than ${maxBytes} bytes`);
    return answer.result;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #message(seconds: number): Promise<unknown> {
    const { signal } = this.#end;
    const timeout = new FunctionError(
      'Sandbox.Timedout',
      `Task timed out after ${seconds.toFixed(2)} seconds`,
    );
    const timer = setTimeout(() => this.#end.abort(timeout), seconds * 1000);
    try {
      const [message] = await once(this.#worker, 'message', { signal });
      return message;
    } catch {
      void this.#worker.terminate();
      this.#log(signal.reason.message);
      throw signal.reason;
    } finally {
      clearTimeout(timer);
    }
  }
}

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

/** A function's whole environment: what the template gives it and what Lambda sets by itself. */
function environmentOf({ id, properties, folder, endpoint }: LambdaFunction): Record<string, string> {
  return {
    ...properties.Environment?.Variables,
    _HANDLER: properties.Handler,
    AWS_ACCESS_KEY_ID: account.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.credentials.secretAccessKey,
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: id,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    // About this machine's Node, which is not the function's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_TASK_ROOT: folder,
  };
}
