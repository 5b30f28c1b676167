import { DescribeTableCommand, DescribeTimeToLiveCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectLocal } from '../support/tables.ts';
import { echo, gate, handledBy, lambda, resource, route, stageOf, table } from './local-assembly.ts';

function client() {
  const made = connectLocal();
  onTestFinished(() => made.destroy());
  return made;
}

describe('a change of the template alone is obeyed:', () => {
  const code = { Site: echo };
  const resources = { ...lambda('Site'), ...route('ANY /', 'Site') };

  test('a route', async () => {
    const [before, after] = await Promise.all([
      stageOf(code, resources),
      stageOf(code, { ...resources, ...route('GET /sitemap.xml', 'Site') }),
    ]);

    const [missing, found] = await Promise.all([before, after].map(({ url }) => fetch(`${url}/sitemap.xml`)));

    expect([missing?.status, found?.status]).toEqual([404, 200]);
  });

  test('an environment variable', async () => {
    const variables = { Environment: { Variables: { NEW: { 'Fn::Join': ['', ['of ', { Ref: 'Site' }]] } } } };
    const stage = await stageOf(
      { Site: 'exports.handler = async () => process.env.NEW;' },
      { ...lambda('Site', variables), ...route('ANY /', 'Site') },
    );

    expect(await (await fetch(stage.url)).text()).toBe('of Site');
  });

  test('a filter', async () => {
    const keys: string[] = [];
    const follow = await handledBy((event: { Records: { dynamodb: { Keys: { pk: { S: string } } } }[] }) => {
      keys.push(...event.Records.map(({ dynamodb }) => dynamodb.Keys.pk.S));
    });
    const stage = await stageOf(
      { Follow: follow },
      {
        ...table('Items'),
        ...lambda('Follow'),
        Mapping: resource('AWS::Lambda::EventSourceMapping', {
          EventSourceArn: { 'Fn::GetAtt': ['Items', 'StreamArn'] },
          FunctionName: { Ref: 'Follow' },
          StartingPosition: 'LATEST',
          FilterCriteria: { Filters: [{ Pattern: '{"eventName":["MODIFY"]}' }] },
        }),
      },
    );
    for (const [pk, n] of [
      ['a', '1'],
      ['b', '1'],
      ['b', '2'],
    ] as const) {
      const Item = { pk: { S: pk }, sk: { S: 'x' }, n: { N: n } };
      await client().send(new PutItemCommand({ TableName: stage.tables.Items, Item }));
    }

    await stage.drained();

    expect(keys).toEqual(['b']);
  });

  test('a schedule', async () => {
    const rule = resource('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Arn: { 'Fn::GetAtt': ['Site', 'Arn'] }, Id: 'Target0' }],
    });
    const stage = await stageOf(code, { ...resources, HourlyABCD1234: rule });

    expect(await stage.fire('Hourly')).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: [expect.stringMatching(/rule\/HourlyABCD1234$/)],
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test('a trigger, whose function is named by its version', async () => {
    const stage = await stageOf(code, {
      ...resources,
      SiteVersion: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'Site' } }),
      Trigger: resource('Custom::Trigger', { HandlerArn: { Ref: 'SiteVersion' } }),
    });

    expect(await stage.runTriggers()).toEqual([{}]);
  });
});

describe('schedules', () => {
  const rules = {
    ...lambda('Work'),
    Minutely: resource('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: { 'Fn::GetAtt': ['Work', 'Arn'] } }],
    }),
    Off: resource('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'DISABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, Input: '{"off":true}' }],
    }),
  };

  test('run by the clock when asked to, and until the stage is closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const ran = gate();
    const code = { Work: await handledBy(ran.open) };
    await stageOf(code, rules);
    expect(vi.getTimerCount()).toBe(0);

    const stage = await stageOf(code, rules, { timers: true });
    vi.advanceTimersByTime(60_000);
    await ran.opened;
    await stage.close();

    expect(vi.getTimerCount()).toBe(0);
  });

  test('hand over the input that the rule has', async () => {
    const stage = await stageOf({ Work: echo }, rules);

    expect(await stage.fire('Off')).toEqual({ off: true });
  });

  test('are refused by a name that means none or several', async () => {
    const stage = await stageOf({ Work: echo }, rules);

    await expect(stage.fire('Nightly')).rejects.toThrow(
      'Not exactly one of Minutely, Off begins with Nightly',
    );
  });
});

describe('tables', () => {
  test('are made with their keys, stream and expiry, and found again', async () => {
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
  ])('of another shape are refused: %j', async (properties, found) => {
    const tablePrefix = `local-${crypto.randomUUID()}-`;
    const AttributeDefinitions = [{ AttributeName: 'pk', AttributeType: 'S' }];
    const other = 'KeySchema' in properties ? { ...properties, AttributeDefinitions } : properties;
    await stageOf({}, table('Items', other), { tablePrefix });

    const again = stageOf({}, table('Items'), { tablePrefix });

    await expect(again).rejects.toThrow(`The table ${tablePrefix}Items is there with`);
    await expect(again).rejects.toThrow(found);
  });
});

test('functions know the site by the address that is given, or by that of the stage', async () => {
  const resources = lambda('Site', {
    Environment: { Variables: { BASE_URL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
  });
  const code = { Site: 'exports.handler = async () => process.env.BASE_URL;' };

  const given = await stageOf(code, resources, { baseUrl: 'https://news.example.com' });
  const own = await stageOf(code, resources);

  expect(await given.call('Site', {})).toBe('https://news.example.com');
  expect(await own.call('Site', {})).toBe(own.url);
});

test('listens on this machine alone', async () => {
  const stage = await stageOf({}, {});

  expect(new URL(stage.url).hostname).toBe('127.0.0.1');
});

test('says which port is taken', async () => {
  const stage = await stageOf({}, {});
  const port = Number(new URL(stage.url).port);

  await expect(stageOf({}, {}, { port })).rejects.toThrow(
    `Port ${port} is in use: stop what listens there, or set PORT to another one`,
  );
});

test('gives its port back when it cannot start, and when closed', async () => {
  const stage = await stageOf({}, {});
  const port = Number(new URL(stage.url).port);
  await stage.close();
  const broken = { Broken: resource('AWS::Lambda::Function', { Handler: 'index.handler' }) };

  await expect(stageOf({}, broken, { port })).rejects.toThrow('Broken has no aws:asset:path');

  await expect(stageOf({}, {}, { port })).resolves.toMatchObject({ url: stage.url });
});
