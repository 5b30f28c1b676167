import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { connectLocal } from '../support/tables.ts';
import { stageOf, table } from './assembly.ts';

function client() {
  const made = connectLocal();
  onTestFinished(() => made.destroy());
  return made;
}

test('tables are made with their keys, stream and expiry, and found again', async () => {
  const tablePrefix = `local-${crypto.randomUUID()}-`;
  const TimeToLiveSpecification = { AttributeName: 'ttl', Enabled: true };
  const resources = table('Items', { TimeToLiveSpecification });

  const [first, second] = [
    await stageOf({}, resources, { tablePrefix }),
    await stageOf({}, resources, { tablePrefix }),
  ];

  const TableName = `${tablePrefix}Items`;
  expect([first.tables, second.tables]).toEqual([{ Items: TableName }, { Items: TableName }]);
  const { Table } = await client().send(new DescribeTableCommand({ TableName }));
  expect(Table?.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
  const { TimeToLiveDescription } = await client().send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toEqual({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
});

test.each([
  [{ KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }, 'the keys pk and a stream'],
  [{ StreamSpecification: undefined }, 'no stream'],
  [{ StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }, 'a stream of KEYS_ONLY'],
])('tables of another shape are refused: %j', async (properties, found) => {
  const tablePrefix = `local-${crypto.randomUUID()}-`;
  const AttributeDefinitions = [{ AttributeName: 'pk', AttributeType: 'S' }];
  const other = 'KeySchema' in properties ? { ...properties, AttributeDefinitions } : properties;
  await stageOf({}, table('Items', other), { tablePrefix });

  const again = stageOf({}, table('Items'), { tablePrefix });

  await expect(again).rejects.toThrow(`The table ${tablePrefix}Items is there with`);
  await expect(again).rejects.toThrow(found);
});
