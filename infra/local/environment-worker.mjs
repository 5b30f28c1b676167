// Plain JavaScript, for Node alone: the worker has no TypeScript loader, as Lambda has none.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const [file, name] = workerData.handler.split('.');
const { [name]: handler } = createRequire(import.meta.url)(join(process.env.LAMBDA_TASK_ROOT, file));
if (typeof handler !== 'function') throw new Error(`${workerData.handler} is not a function`);

parentPort.on('message', async ({ event, deadline, ...context }) => {
  const getRemainingTimeInMillis = () => deadline - Date.now();
  try {
    const result = await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis });
    parentPort.postMessage({ result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    console.error(error);
    parentPort.postMessage({ failure: { name: error?.name, message: String(error?.message ?? error) } });
  }
});
parentPort.postMessage('ready');
