import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test, vi } from 'vitest';
import { EditorAccounts } from '../../infra/tools/api/editor-accounts.ts';
import { newswire } from '../support/newswire.ts';
import { everything } from './empty-stack.ts';

const pool = 'eu-central-1_Ab12';

/** What each action is answered with, as Cognito is documented to; its last answer is repeated. */
let answers: Record<string, [status: number, body: object][]>;
let asked: [action: string, body: object][];
let signedFor: Set<string>;
let endpoint: string;
let accounts: EditorAccounts;

beforeEach(async () => {
  answers = {};
  asked = [];
  signedFor = new Set();
  const server = createServer(async (request, response) => {
    const { authorization = '', 'x-amz-target': target } = request.headers;
    signedFor.add(/Credential=\w+\/\d+\/([\w-]+\/[\w-]+)\//.exec(authorization)?.[1] ?? '');
    const body = await text(request);
    if (!target) {
      const id = new URLSearchParams(body).get('LogicalResourceId');
      const isThere = new URLSearchParams(body).get('StackName') === 'Newswire-everything';
      if (isThere && id === 'EditorAccounts')
        response.end(`<R><PhysicalResourceId>${pool}</PhysicalResourceId></R>`);
      else response.writeHead(400).end('<E><Message>There is no such stack</Message></E>');
      return;
    }
    const action = String(target).split('.')[1] ?? '';
    const { UserPoolId, ...rest } = JSON.parse(body);
    expect(UserPoolId).toBe(pool);
    asked.push([action, rest]);
    const known = answers[action] ?? [[200, {}]];
    const [status, answer] = (known.length > 1 ? known.shift() : known[0]) ?? [500, {}];
    response.writeHead(status).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  endpoint = `http://127.0.0.1:${port}`;
  accounts = new EditorAccounts(everything, { AWS_ENDPOINT_URL: endpoint });
  return () => {
    vi.unstubAllEnvs();
    server.close();
  };
});

function user(address: string, UserStatus = 'CONFIRMED') {
  return { UserStatus, Attributes: [{ Name: 'email', Value: address }] };
}

test('lists both groups to their ends', async () => {
  answers.ListUsersInGroup = [
    [200, { Users: [user('mara@example.com')], NextToken: 'more' }],
    [200, { Users: [user('new@example.com', 'FORCE_CHANGE_PASSWORD')] }],
    [200, { Users: [user('tom@example.com')] }],
  ];

  expect(await accounts.list()).toEqual([
    { address: 'mara@example.com', group: 'editors', isActive: true },
    { address: 'new@example.com', group: 'editors', isActive: false },
    { address: 'tom@example.com', group: 'contributors', isActive: true },
  ]);
  expect(asked.map(([, body]) => body)).toEqual([
    { GroupName: 'editors' },
    { GroupName: 'editors', NextToken: 'more' },
    { GroupName: 'contributors' },
  ]);
  expect([...signedFor]).toEqual(['eu-central-1/cloudformation', 'eu-central-1/cognito-idp']);
});

test('invites somebody new by mail, in the group', async () => {
  expect(await accounts.add('new@example.com', 'contributors')).toBe(true);

  expect(asked).toEqual([
    ['AdminCreateUser', expect.objectContaining({ DesiredDeliveryMediums: ['EMAIL'] })],
    ['AdminAddUserToGroup', { Username: 'new@example.com', GroupName: 'contributors' }],
  ]);
});

test('takes somebody who is there from one group to the other', async () => {
  answers.AdminCreateUser = [[400, { __type: 'UsernameExistsException' }]];
  answers.ListUsersInGroup = [
    [200, { Users: [user('tom@example.com')] }],
    [200, { Users: [user('tom@example.com'), user('ada@example.com')] }],
  ];

  expect(await accounts.add('tom@example.com', 'editors')).toBe(false);

  expect(asked.filter(([action]) => /Group$/.test(action) && !action.startsWith('List'))).toEqual([
    ['AdminAddUserToGroup', { Username: 'tom@example.com', GroupName: 'editors' }],
    ['AdminRemoveUserFromGroup', { Username: 'tom@example.com', GroupName: 'contributors' }],
  ]);
});

test('says why an account is not removed', async () => {
  answers.AdminDeleteUser = [[400, { __type: 'UserNotFoundException', message: 'User does not exist.' }]];

  await expect(accounts.remove('nobody@example.com')).rejects.toThrow('User does not exist.');
});

test('says that a stage has no accounts, or is not there', async () => {
  expect((await newswire('editors', '--stage', 'dev')).err[0]).toMatch(/^Stage dev has no accounts/);
  const elsewhere = new EditorAccounts({ ...everything, name: 'gone' }, { AWS_ENDPOINT_URL: endpoint });

  await expect(elsewhere.list()).rejects.toThrow('Newswire-gone cannot be found: There is no such stack');
});

test.each([
  [['add']],
  [['list', 'a@example.com']],
  [['remove', 'a@example.com', 'b@example.com']],
  [['grant']],
])('does not guess what is meant by %j', async (words) => {
  const { code, err } = await newswire('editors', ...words);

  expect(code).toBe(2);
  expect(err[0]).toMatch(/^Write editors list/);
});
