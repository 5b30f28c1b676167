import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { LambdaFunction } from './lambda-function.ts';
import { functionArn } from './resolver.ts';

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
      env: lambda.environment,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: lambda.memoryMegabytes },
      stdout: true,
      stderr: true,
      workerData: { handler: lambda.handler },
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
    const { id, timeoutSeconds, memoryMegabytes } = this.#function;
    this.#worker.postMessage({
      event,
      deadline: Date.now() + timeoutSeconds * 1000,
      awsRequestId: randomUUID(),
      functionName: id,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn(id),
      memoryLimitInMB: String(memoryMegabytes),
    });
    const answer = (await this.#message(timeoutSeconds)) as Answer;
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
