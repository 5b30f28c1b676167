import { expect, test } from 'vitest';
import { accessesOf } from '../support/permissions/accesses.ts';

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
