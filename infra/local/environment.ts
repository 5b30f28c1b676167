import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { setting } from '../../functions/runtime/environment.ts';
import { account, functionArn } from './account.ts';
import type { LambdaFunction } from './functions.ts';

/** Lambda's limit of a result. */
const maxBytes = 6_291_556;

/** What the caller of a function gets when it threw, ended itself or took too long. */
export class FunctionError extends Error {
  override name = 'FunctionError';
}

/** One execution environment: its state lasts from one invocation to the next, and it handles one at a time. */
export interface Environment {
  isUsable(): boolean;
  /** Takes and gives JSON; rejects with a FunctionError. Loading the function is part of its first invocation. */
  invoke(event: string): Promise<string>;
  end(): Promise<unknown>;
}

/** @param log gets each line that the function prints */
export function startEnvironment(lambda: LambdaFunction, log: (line: string) => void): Environment {
  const { Handler, Timeout } = lambda.properties;
  const ending = new AbortController();
  const { signal } = ending;
  const worker = new Worker(new URL('./environment-worker.mjs', import.meta.url), {
    env: environmentOf(lambda),
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { handler: Handler, arn: functionArn(lambda.id) },
  });
  for (const input of [worker.stdout, worker.stderr]) createInterface({ input }).on('line', log);
  worker.on('error', ({ message, stack }) => fail(message, stack));
  worker.on('exit', (code) => fail(`The function ended its process with ${code}`));

  function fail(message: string, logged = message): void {
    if (signal.aborted) return;
    log(logged);
    ending.abort(new FunctionError(message));
    void worker.terminate();
  }

  return {
    isUsable: () => !signal.aborted,
    async invoke(event) {
      worker.postMessage({ event, deadline: steadyMilliseconds() + Timeout * 1000 });
      const timer = setTimeout(
        () => fail(`Task timed out after ${Timeout.toFixed(2)} seconds`),
        Timeout * 1000,
      );
      const answered = once(worker, 'message', { signal }).catch(() => Promise.reject(signal.reason));
      const [{ result, failure }] = await answered.finally(() => clearTimeout(timer));
      if (failure !== undefined) throw new FunctionError(failure);
      if (Buffer.byteLength(result) > maxBytes)
        throw new FunctionError(`The result has more than ${maxBytes} bytes`);
      return result;
    },
    end() {
      ending.abort(new FunctionError('The environment was ended'));
      return worker.terminate();
    },
  };
}

/** By the one clock of all threads that nobody sets. */
function steadyMilliseconds(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/** A function's whole environment: what the template gives it and what Lambda sets by itself. */
function environmentOf({ id, properties, folder, endpoints }: LambdaFunction): Record<string, string> {
  // There is no pool here: the desk asks for the one pair of keys.
  const { [setting.deskSignIn]: _, ...variables } = properties.Environment?.Variables ?? {};
  return {
    ...variables,
    AWS_ACCESS_KEY_ID: account.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.credentials.secretAccessKey,
    AWS_REGION: account.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: id,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    // About this machine's Node, which is not the function's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_TASK_ROOT: folder,
  };
}
