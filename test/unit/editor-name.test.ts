import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { beforeEach, expect, test, vi } from 'vitest';
import { editorName as nameOf } from '../../functions/store/editor-name.ts';

const provider = 'cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12';
const identityOf = (sub: string) => ({
  amr: ['authenticated', provider, `${provider}:CognitoSignIn:${sub}`],
});

const editorName = (identity: Parameters<typeof nameOf>[0]) =>
  nameOf(identity, ({ message }) => reported.push(message));

/** Answers as Cognito's AdminGetUser is documented to. */
let asked: unknown[];
let reported: string[];
let answer: { status: number; body: object };

beforeEach(async () => {
  asked = [];
  reported = [];
  answer = {
    status: 200,
    body: { Username: 'x', UserAttributes: [{ Name: 'email', Value: 'mara@example.com' }] },
  };
  const server = createServer(async (request, response) => {
    const { authorization = '', 'x-amz-target': target } = request.headers;
    asked.push([
      target,
      /Credential=\w+\/\d+\/[\w-]+\/cognito-idp\//.test(authorization),
      await json(request),
    ]);
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  return () => {
    vi.unstubAllEnvs();
    server.close();
  };
});

test('names whoever signed in by the mail address of the account, asking once', async () => {
  expect(await editorName(identityOf('11-aa'))).toBe('mara@example.com');
  expect(await editorName(identityOf('11-aa'))).toBe('mara@example.com');

  expect(asked).toEqual([
    [
      'AWSCognitoIdentityProviderService.AdminGetUser',
      true,
      { UserPoolId: 'eu-central-1_Ab12', Username: '11-aa' },
    ],
  ]);
});

test('says the id where the pool does not say more, and asks again', async () => {
  answer = { status: 400, body: { __type: 'UserNotFoundException' } };
  expect(await editorName(identityOf('22-bb'))).toBe('22-bb');
  expect(reported).toEqual([expect.stringContaining('Cognito answered 400')]);
  answer = { status: 200, body: { UserAttributes: [{ Name: 'email', Value: 'tom@example.com' }] } };
  expect(await editorName(identityOf('22-bb'))).toBe('tom@example.com');
});

test.each([
  [undefined],
  [null],
  [{}],
  [{ amr: null }],
  [{ amr: ['unauthenticated'] }],
  [{ amr: ['a:CognitoSignIn:b'] }],
])('knows nobody by %j', async (identity) => {
  expect(await editorName(identity)).toBeUndefined();
  expect(asked).toEqual([]);
});
