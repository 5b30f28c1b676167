import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { failureResponse } from '../../functions/runtime/problem.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import { listen } from '../../infra/local/server.ts';

afterEach(() => vi.unstubAllEnvs());

/** A database that never answers, and this process's store on it. */
async function silentStore() {
  const { server, url } = await listen(0, () => {});
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
  return { store: connectStore(), limitCalls };
}

test('ends a call that is never answered five seconds before the function would be stopped', async () => {
  const { store, limitCalls } = await silentStore();
  limitCalls({ getRemainingTimeInMillis: () => 5_100 });

  const error = await findArticle(store, 'storm').catch((error: Error) => error);

  expect(error).toMatchObject({ name: 'AbortError' });
  expect(failureResponse(error).status).toBe(503);
});

test('lets many calls share the limit without a warning of Node', async () => {
  const { store, limitCalls } = await silentStore();
  const warned = vi.fn();
  process.on('warning', warned);
  onTestFinished(() => void process.off('warning', warned));
  limitCalls({ getRemainingTimeInMillis: () => 5_100 });

  await Promise.allSettled(Array.from({ length: 30 }, () => findArticle(store, 'storm')));

  expect(warned).not.toHaveBeenCalled();
});
