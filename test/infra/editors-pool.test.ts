import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, test } from 'vitest';
import { requireStage } from '../../infra/stages.ts';
import { everything, templateOf } from './empty-stack.ts';
import { requireOnly, resourcesOf } from './template.ts';

const template = templateOf(everything);
const [account, region, api] = ['123456789012', 'eu-central-1', 'a1b2c3d4e5'];

/** What the role's policy says in a deployed stage. */
function policyOf(role: string) {
  const found = resourcesOf(template, 'AWS::IAM::Policy').find(([, { Properties }]) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.includes(`Editors${role}`)),
  );
  const text = JSON.stringify(found?.[1].Properties.PolicyDocument);
  return JSON.parse(
    text.replaceAll(/\{"Fn::Join":\["",\["([^"]*)",\{"Ref":"HttpApi\w*"\},"([^"]*)"\]\]\}/g, `"$1${api}$2"`),
  );
}

async function mayInvoke(role: string, request: string, at = api): Promise<boolean> {
  const resource = `arn:aws:execute-api:${region}:${account}:${at}/$default/${request}`;
  const outcome = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${account}:assumed-role/${role}/CognitoIdentityCredentials`,
        action: 'execute-api:Invoke',
        resource: { resource, accountId: account },
        contextVariables: {},
      },
      identityPolicies: [{ name: role, policy: policyOf(role) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult === 'Allowed';
}

const reading = [
  'GET/articles',
  'GET/articles/harbour',
  'GET/articles/harbour/versions/3',
  'GET/stats',
  'GET/settings',
];
const writing = [
  ...['POST/articles', 'PUT/articles/harbour', 'DELETE/articles/harbour', 'POST/articles/harbour/restore'],
  ...['POST/articles/harbour/preview', 'PUT/media/pier.jpg', 'GET/media'],
];
const drafting = ['POST/drafts', 'PUT/drafts/harbour', 'PUT/drafts/media/pier.jpg'];
const never = [
  ...['POST/articles/harbour/erase', 'POST/repair', 'PUT/redirects', 'DELETE/media/pier.jpg', 'POST/stats'],
  ...['GET/sources', 'GET/import', 'PUT/settings'],
];

describe('the two roles', () => {
  test.each([...reading, ...writing, 'POST/preview'])('an editor may send %s', async (request) => {
    expect(await mayInvoke('Editor', request)).toBe(true);
  });

  test.each([...reading, ...drafting, 'POST/preview'])('a contributor may send %s', async (request) => {
    expect(await mayInvoke('Contributor', request)).toBe(true);
  });

  test.each(never)('an editor may not send %s', async (request) => {
    expect(await mayInvoke('Editor', request)).toBe(false);
  });

  test.each([...never, ...writing])('a contributor may not send %s', async (request) => {
    expect(await mayInvoke('Contributor', request)).toBe(false);
  });

  test('neither may send anything to another API', async () => {
    for (const role of ['Editor', 'Contributor'])
      expect(await mayInvoke(role, 'GET/articles', 'f6g7h8i9j0')).toBe(false);
  });

  test('belong to whoever has signed in at this pool, in the group that the token says', () => {
    const identities = resourcesOf(template, 'AWS::Cognito::IdentityPool');
    const [[pool = '', { Properties }] = ['', { Properties: {} }]] = identities;
    expect(Properties.AllowUnauthenticatedIdentities).toBe(false);
    for (const [id, { Properties: role }] of resourcesOf(template, 'AWS::IAM::Role'))
      if (/Editors(Editor|Contributor)/.test(id))
        expect(role.AssumeRolePolicyDocument.Statement).toEqual([
          {
            Action: 'sts:AssumeRoleWithWebIdentity',
            Effect: 'Allow',
            Principal: { Federated: 'cognito-identity.amazonaws.com' },
            Condition: {
              StringEquals: { 'cognito-identity.amazonaws.com:aud': { Ref: pool } },
              'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
            },
          },
        ]);
    const { RoleMappings } = requireOnly(template, 'AWS::Cognito::IdentityPoolRoleAttachment').Properties;
    expect(Object.values(RoleMappings)).toMatchObject([{ Type: 'Token', AmbiguousRoleResolution: 'Deny' }]);
  });
});

test('a stage with editors has their accounts, in their groups, and nobody makes one', () => {
  const members = resourcesOf(template, 'AWS::Cognito::UserPoolUserToGroupAttachment').map(
    ([, { Properties }]) => [Properties.Username, Properties.GroupName],
  );

  expect(members.sort()).toEqual([
    ['ada@example.com', 'contributors'],
    ['mara@example.com', 'editors'],
    ['tom@example.com', 'contributors'],
  ]);
  expect(Object.keys(template.Resources)).toContain('EditorAccounts');
  const pool = requireOnly(template, 'AWS::Cognito::UserPool').Properties;
  expect(pool.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
  expect(pool.Policies.SignInPolicy.AllowedFirstAuthFactors.sort()).toEqual(['PASSWORD', 'WEB_AUTHN']);
  const client = requireOnly(template, 'AWS::Cognito::UserPoolClient').Properties;
  expect(client).toMatchObject({ GenerateSecret: false, AllowedOAuthFlows: ['code'] });
  expect(JSON.stringify(client.CallbackURLs)).toMatch(/ApiEndpoint.*\/desk/);
});

test('who stores articles may ask this pool who an account is, and nothing more of it', () => {
  const statements = resourcesOf(template, 'AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) =>
      JSON.stringify(Action).includes('cognito'),
    ).map(({ Action, Resource }: { Action: string; Resource: unknown }) => [
      id.slice(0, 14),
      Action,
      Resource,
    ]),
  );

  expect(statements).toEqual([
    ['PublishArticle', 'cognito-idp:AdminGetUser', { 'Fn::GetAtt': ['EditorAccounts', 'Arn'] }],
  ]);
});

test('a stage without editors has no pool, and the desk asks for keys', () => {
  const plain = templateOf(requireStage('dev'));

  const types = Object.values(plain.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => type.startsWith('AWS::Cognito'))).toEqual([]);
  expect(JSON.stringify(plain)).not.toContain('DESK_SIGN_IN');
});
