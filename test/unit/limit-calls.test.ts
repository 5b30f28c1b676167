import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { failureResponse } from '../../functions/runtime/problem.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import { listen } from '../../infra/local/server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A database that never answers, and this process's store on it. `asked` resolves at that many requests. */
async function silentStore(requests = 1) {
  let open = requests;
  let tell = () => {};
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { server, url } = await listen(0, () => {
    open -= 1;
    if (open === 0) tell();
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const settings = {
    CONTENT_TABLE: 'Content',
    VIEWS_TABLE: 'Views',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const { connectStore, limitCalls } = await import('../../functions/store/connection.ts');
  return { store: connectStore(), limitCalls, asked };
}

/** Time passes when the test says so. */
function playedTime() {
  const limits: number[] = [];
  const end = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
    limits.push(milliseconds);
    return end.signal;
  });
  return { limits, end };
}

test('ends a call that is never answered five seconds before the function would be stopped', async () => {
  const { store, limitCalls, asked } = await silentStore();
  const { limits, end } = playedTime();
  limitCalls({ getRemainingTimeInMillis: () => 25_000 });

  const call = findArticle(store, 'storm').catch((error: Error) => error);
  await asked;
  end.abort();
  const error = await call;

  expect(limits).toEqual([20_000]);
  expect(error).toMatchObject({ name: 'AbortError' });
  expect(failureResponse(error).status).toBe(503);
});

test('lets many calls share the limit without a warning of Node', async () => {
  const { store, limitCalls, asked } = await silentStore(30);
  const { end } = playedTime();
  const warned = vi.fn();
  process.on('warning', warned);
  onTestFinished(() => void process.off('warning', warned));
  limitCalls({ getRemainingTimeInMillis: () => 25_000 });

  const calls = Array.from({ length: 30 }, () => findArticle(store, 'storm'));
  await asked;
  end.abort();
  await Promise.allSettled(calls);

  expect(warned).not.toHaveBeenCalled();
});

test('gives up a try that hangs for three seconds, so that the SDK makes another', async () => {
  const { store, limitCalls, asked } = await silentStore();
  const { end } = playedTime();
  limitCalls({ getRemainingTimeInMillis: () => 25_000 });
  const call = findArticle(store, 'storm').catch(() => undefined);
  await asked;
  end.abort();
  await call;

  // The handler knows its settings from its first request on. Left to itself it would only warn.
  const handler = store.client.config.requestHandler as unknown as { httpHandlerConfigs(): object };
  expect(handler.httpHandlerConfigs()).toMatchObject({
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    throwOnRequestTimeout: true,
  });
});
