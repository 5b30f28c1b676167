import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pictureEndings } from '../../infra/media-files.ts';
import { requireStage } from '../../infra/stages.ts';
import { mayInvoke } from '../../infra/writer-role.ts';
import { everything, templateOf } from '../infra/empty-stack.ts';
import { accessesOf } from '../support/permissions/accesses.ts';
import { grant } from '../support/permissions/change-role.ts';
import { resolved, starsOf } from '../support/permissions/roles.ts';

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const prefix = '01234567-89ab-cdef-0123-456789abcdef-';
const TableName = `${prefix}Content`;

const queried = {
  TableName,
  KeyConditionExpression: 'pk = :key AND sk < :end',
  ExpressionAttributeValues: { ':key': { S: 'DUE' }, ':end': { S: '2' } },
};

test.each([
  ['GetItem', { TableName, Key: key('A') }, ['GetItem table/Content A']],
  ['PutItem', { TableName, Item: key('A') }, ['PutItem table/Content A']],
  ['Scan', { TableName }, ['Scan table/Content ']],
  ['Query', queried, ['Query table/Content DUE']],
  ['Query', { ...queried, IndexName: 'By' }, ['Query table/Content/index/By DUE']],
  [
    'BatchGetItem',
    {
      RequestItems: { [TableName]: { Keys: [key('A'), key('B')] }, [`${prefix}Views`]: { Keys: [key('C')] } },
    },
    ['BatchGetItem table/Content A,B', 'BatchGetItem table/Views C'],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName, Item: key('A') } },
        { Delete: { TableName, Key: key('B') } },
        { Update: { TableName, Key: key('C') } },
        { ConditionCheck: { TableName, Key: key('D') } },
      ],
    },
    [
      'PutItem table/Content A',
      'DeleteItem table/Content B',
      'UpdateItem table/Content C',
      'ConditionCheckItem table/Content D',
    ],
  ],
])('%s asks for what IAM is asked for', (operation, body, expected) => {
  const asked = accessesOf(operation, body);

  const words = asked.map(({ action, resource, keys }) =>
    [action.split(':')[1], resource.split(':').at(-1), keys].join(' '),
  );
  expect(words).toEqual(expected);
});

const root = join(import.meta.dirname, '../..');

test('the simulator, whose licence is the AGPL, is for tests alone', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  const code = ['functions', 'infra'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ),
  );
  const users = code.filter(({ parentPath, name }) =>
    readFileSync(join(parentPath, name), 'utf8').includes('@cloud-copilot'),
  );

  expect(users).toEqual([]);
  expect(Object.keys(dependencies).join()).not.toContain('@cloud-copilot');
  expect(devDependencies['@cloud-copilot/iam-simulate']).toMatch(/^\d/);
});

/** Every star that stands in a role, with its reason. */
const reasons = {
  'arn:aws:lambda:us-east-1:000000000000:function:ImportContentFunction:*':
    'CDK has its triggers run the version of a deployment, whose number changes with each: every version of the one function',
  'arn:aws:lambda:us-east-1:000000000000:function:MediaFunction:*':
    'The same, for the pictures of content/media',
  'arn:aws:s3:::Media/media/*': 'The pictures: their names are not known before',
  'arn:aws:s3:::Media/uploads/*': 'What is to become a picture',
  ...Object.fromEntries(
    pictureEndings
      .map((ending) => `arn:aws:s3:::cdk-hnb659fds-assets/*.${ending}`)
      .sort()
      .map((arn) => [arn, "A deployment's pictures: they are named by their content"]),
  ),
};

const { editors, contributors, ...withoutAccounts } = everything;
const stages = [requireStage('dev'), requireStage('prod'), withoutAccounts];

test.each(stages)('$name has no star in a role without a reason', (stage) => {
  expect(starsOf(templateOf(stage)).map(withoutHash)).toEqual(Object.keys(reasons));
});

test('accounts of those who write bring no other star than slugs and names of pictures', () => {
  const more = starsOf(templateOf(everything)).filter((star) => !Object.hasOwn(reasons, withoutHash(star)));

  const routes = Object.values(mayInvoke)
    .flat()
    .filter((route) => route.includes('*'));
  expect(more.map((arn) => arn.replace(/^.*:HttpApi\w*\/\$default\//, ''))).toEqual(
    [...new Set(routes)].sort(),
  );
});

test('a star is found wherever it is put', () => {
  const template = templateOf(requireStage('dev'));
  grant(template, 'Sweep', 'dynamodb:*', 'Content');

  expect(starsOf(template)).toContain('dynamodb:*');
});

test.each(stages)('$name grants what dev grants', (stage) => {
  expect(policiesOf(stage)).toEqual(policiesOf(requireStage('dev')));
});

function policiesOf(stage: (typeof stages)[number]) {
  const policies = resolved(templateOf(stage))('AWS::IAM::Policy');
  return policies.map(({ id, properties }) => `${id} ${anywhere(JSON.stringify(properties))}`);
}

function withoutHash(arn: string): string {
  return anywhere(arn.replace(/Function[0-9A-F]{8}/, 'Function'));
}

/** Without account and region. */
function anywhere(text: string): string {
  return text.replaceAll(/-assets-\d{12}-[a-z]+-[a-z]+-\d/g, '-assets');
}
