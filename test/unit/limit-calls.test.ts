import { afterEach, expect, test, vi } from 'vitest';
import { failureResponse } from '../../functions/runtime/problem.ts';
import { connectStore, limitCalls } from '../../functions/store/connection.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import { listen } from '../../infra/local/server.ts';

afterEach(() => vi.unstubAllEnvs());

test('ends a call that is never answered five seconds before the function would be stopped', async () => {
  const { server, url } = await listen(0, () => {});
  const settings = {
    CONTENT_TABLE: 'Content',
    VIEWS_TABLE: 'Views',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  limitCalls({ getRemainingTimeInMillis: () => 5_100 });

  const error = await findArticle(connectStore(), 'storm').catch((error: Error) => error);

  expect(error).toMatchObject({ name: 'AbortError' });
  expect(failureResponse(error).status).toBe(503);
  server.close();
  server.closeAllConnections();
});
