import { expect, test } from 'vitest';
import { requireStage, type Stage, stackName } from '../../infra/stages.ts';
import { everything, templateOf } from './empty-stack.ts';
import { resourcesOf, type Template } from './template.ts';

/**
 * As deployed, and never to be changed: CloudFormation makes a new, empty table when a logical id, the type, the name or one of
 * these properties is another than before. Data that must move is copied into a table beside the old one first.
 */
const asDeployed = {
  Content: {
    Type: 'AWS::DynamoDB::GlobalTable',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    TableName: undefined,
    LocalSecondaryIndexes: undefined,
  },
  Views: {
    Type: 'AWS::DynamoDB::GlobalTable',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    TableName: undefined,
    LocalSecondaryIndexes: undefined,
  },
};

test.each<[string, Stage]>([
  ['dev', requireStage('dev')],
  ['prod', requireStage('prod')],
  ['a stage with everything', everything],
])('no table that holds data is replaced in %s', (_name, stage) => {
  expect(tablesOf(templateOf(stage))).toEqual(asDeployed);
});

test('the stacks keep their names, and with them their tables', () => {
  expect(['dev', 'prod'].map((name) => stackName(requireStage(name)))).toEqual([
    'Newswire-dev',
    'Newswire-prod',
  ]);
});

function tablesOf(template: Template) {
  const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable');
  tables.push(...resourcesOf(template, 'AWS::DynamoDB::Table'));
  return Object.fromEntries(
    tables.map(([id, { Type, Properties }]) => {
      const { AttributeDefinitions, KeySchema, TableName, LocalSecondaryIndexes } = Properties;
      return [id, { Type, AttributeDefinitions, KeySchema, TableName, LocalSecondaryIndexes }];
    }),
  );
}
