import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { CommandError } from '../../infra/tools/command.ts';
import { startMeter } from '../measure/meter.ts';
import { unitsOf } from '../measure/request-units.ts';
import { findChromium } from '../support/browser/find-chromium.ts';
import { connectLocal } from '../support/tables.ts';
import { temporaryFolder } from './content-folder.ts';

const item = (bytes: number) => ({ pk: { S: 'x'.repeat(bytes - 'pk'.length) } });

test.each([
  ['one kilobyte', [{ Put: { Item: item(1024) } }], 2],
  ['a byte more', [{ Put: { Item: item(1025) } }], 4],
  ['several items', [{ Put: { Item: item(3000) } }, { Put: { Item: item(10) } }], 8],
  ['an update', [{ Update: { Key: item(10) } }], 2],
  ['a removal', [{ Delete: { Key: item(10) } }], 2],
])('counts twice a unit for each kilobyte begun in a transaction: %s', (_, TransactItems, write) => {
  expect(unitsOf('TransactWriteItems', { TransactItems }, {})).toEqual({ read: 0, write });
});

test('takes an item for as large as DynamoDB does', () => {
  const Item = {
    pk: { S: '港' },
    n: { N: '1234' },
    b: { B: Buffer.alloc(1000).toString('base64') },
    l: { L: [{ S: 'a' }] },
    m: { M: { k: { BOOL: true } } },
  };

  // 5 + 4 + 1001 + (1 + 3 + 1 + 1) + (1 + 3 + 1 + 1 + 1) = 1023
  expect(unitsOf('TransactWriteItems', { TransactItems: [{ Put: { Item } }] }, {}).write).toBe(2);
});

test('adds up what a database says of each request', async () => {
  const meter = await startMeter(inject('dynamodbEndpoint'));
  const client = connectLocal({ endpoint: meter.endpoint });
  const TableName = crypto.randomUUID();
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  meter.read();

  await client.send(
    new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, text: { S: 'x'.repeat(5000) } } }),
  );
  await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' } } }));

  expect(meter.read()).toEqual({ read: 1, write: 5 });
  expect(meter.read()).toEqual({ read: 0, write: 0 });
  meter.close();
});

afterEach(() => vi.unstubAllEnvs());

test('finds the first browser on the PATH that can be run', () => {
  const [none, broken, whole] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  writeFileSync(join(broken, 'chromium'), '');
  writeFileSync(join(whole, 'google-chrome'), '');
  chmodSync(join(whole, 'google-chrome'), 0o755);
  vi.stubEnv('CHROMIUM', '');

  const found = [
    [none, broken],
    [none, broken, whole],
  ].map((folders) => {
    vi.stubEnv('PATH', folders.join(':'));
    return findChromium();
  });

  expect(found).toEqual([undefined, join(whole, 'google-chrome')]);
});

test('takes the browser that CHROMIUM names', () => {
  vi.stubEnv('CHROMIUM', process.execPath);

  expect(findChromium()).toBe(process.execPath);
});

test('refuses a CHROMIUM that is not there, whatever is on the PATH', () => {
  vi.stubEnv('CHROMIUM', '/nosuch');

  expect(findChromium).toThrow(new CommandError('CHROMIUM=/nosuch is not there, or cannot be run'));
});
