import { readFileSync } from 'node:fs';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { expect, test } from 'vitest';

const guide = readFileSync('infra/README.md', 'utf8');
const policies = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));
const policy = policies.find(({ Statement: [first] }) => first.Action === 'execute-api:Invoke');
const [api, other] = ['a1b2c3d4e5', 'f6g7h8i9j0'];

/** By IAM's rules, for a request that is signed by somebody who has the guide's policy and no other. */
async function mayInvoke(api: string, request: string): Promise<boolean> {
  const resource = `arn:aws:execute-api:eu-central-1:123456789012:${api}/$default/${request}`;
  const outcome = await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::123456789012:role/editor',
        action: 'execute-api:Invoke',
        resource: { resource, accountId: '123456789012' },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'editor', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult === 'Allowed';
}

test.each([
  'GET/articles',
  'POST/articles',
  'PUT/articles/harbour-opens',
  'GET/articles/harbour-opens',
  'DELETE/articles/harbour-opens',
  'POST/articles/harbour-opens/restore',
  'POST/articles/harbour-opens/preview',
  'POST/preview',
  'GET/stats',
  'GET/media',
  'PUT/media/pier.jpg',
  'GET/import',
  'GET/sources',
  'GET/settings',
  'PUT/redirects',
  'DELETE/redirects',
])("an editor who has the guide's policy may send %s", async (request) => {
  expect(await mayInvoke(api, request)).toBe(true);
});

test.each([
  [api, 'POST/repair'],
  [api, 'POST/articles/harbour-opens/erase'],
  [api, 'POST/stats'],
  [other, 'PUT/articles/harbour-opens'],
])('but not to %s %s', async (to, request) => {
  expect(await mayInvoke(to, request)).toBe(false);
});
