// Plain JavaScript, for Node alone: the worker has no TypeScript loader, as Lambda has none.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { env } = process;

// Functions turn to no address of their own machine, where a stage on a laptop finds hubs and other stages: here it counts as the Internet.
const { check } = BlockList.prototype;
BlockList.prototype.check = function (address, family) {
  return !['127.0.0.1', '::1'].includes(address) && check.call(this, address, family);
};

const [file, name] = workerData.handler.split('.');
const { [name]: handler } = createRequire(import.meta.url)(join(env.LAMBDA_TASK_ROOT, file));
if (typeof handler !== 'function') throw new Error(`${workerData.handler} is not a function`);

parentPort.on('message', async ({ event, deadline }) => {
  const context = {
    awsRequestId: randomUUID(),
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: workerData.arn,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Number(process.hrtime.bigint() / 1_000_000n),
  };
  try {
    const result = await handler(JSON.parse(event), context);
    parentPort.postMessage({ result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    console.error(error);
    parentPort.postMessage({ failure: String(error?.message ?? error) });
  }
});
