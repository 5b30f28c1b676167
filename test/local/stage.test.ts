import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import { echo, gate, handledBy, lambda, resource, route, stageOf } from './assembly.ts';

function trigger(HandlerArn: object) {
  return resource('Custom::Trigger', { HandlerArn, InvocationType: 'RequestResponse' });
}

describe('a change of the template alone is obeyed:', () => {
  const code = { Site: echo };
  const resources = { ...lambda('Site'), ...route('ANY /', 'Site') };

  test('a route', async () => {
    const [before, after] = await Promise.all([
      stageOf(code, resources),
      stageOf(code, { ...resources, ...route('ANY /sitemap/{proxy+}', 'Site') }),
    ]);

    const [missing, found] = await Promise.all(
      [before, after].map(({ url }) => fetch(`${url}/sitemap/1.xml`)),
    );

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

  test('a schedule', async () => {
    const rule = resource('AWS::Events::Rule', {
      ScheduleExpression: 'rate(60 minutes)',
      State: 'ENABLED',
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
      Trigger: trigger({ Ref: 'SiteVersion' }),
    });

    expect(await stage.runTriggers()).toEqual([{}]);
  });
});

test('triggers of two deployments do not run at once, and content does not change while they do', async () => {
  const steps: string[] = [];
  const [started, goOn] = [gate(), gate()];
  const code = await handledBy(async () => {
    steps.push('start');
    started.open();
    await goOn.opened;
    steps.push('end');
  });
  const stage = await stageOf(
    { Import: code, Other: echo },
    {
      ...lambda('Import'),
      ...lambda('Other'),
      Trigger: trigger({ 'Fn::GetAtt': ['Import', 'Arn'] }),
    },
  );

  const deployments = [stage.runTriggers(), stage.runTriggers(() => void steps.push('content changes'))];
  await started.opened;
  await stage.call('Other', {});
  goOn.open();
  await Promise.all(deployments);

  expect(steps).toEqual(['start', 'end', 'content changes', 'start', 'end']);
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
  const { server } = await listen(0, () => {});
  onTestFinished(() => void server.close());

  expect(server.address()).toMatchObject({ address: '127.0.0.1' });
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
  const broken = lambda('Broken');
  delete broken.Broken?.Metadata;

  await expect(stageOf({}, broken, { port })).rejects.toThrow('Broken has no aws:asset:path');

  await expect(stageOf({}, {}, { port })).resolves.toMatchObject({ url: stage.url });
});
