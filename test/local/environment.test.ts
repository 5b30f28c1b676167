import { expect, onTestFinished, test, vi } from 'vitest';
import { gate, lambda, stageOf, table } from './assembly.ts';

test('an error of a function comes with its message, and the environment lives on', async () => {
  const code = `let count = 0;
    exports.handler = async (event) => {
      count += 1;
      if (event.bad) throw new TypeError('no such thing');
      return count;
    };`;
  const stage = await stageOf({ Bad: code }, lambda('Bad'));

  const error = await stage.call('Bad', { bad: true }).catch((thrown) => thrown);

  expect(error).toMatchObject({ name: 'FunctionError', message: 'no such thing' });
  expect(await stage.call('Bad', {})).toBe(2);
});

test('a result of more than 6 MB is none', async () => {
  const stage = await stageOf({ Big: "exports.handler = async () => 'x'.repeat(6_291_556);" }, lambda('Big'));

  await expect(stage.call('Big', {})).rejects.toMatchObject({ name: 'FunctionError' });
});

test('the environment holds what the template and Lambda set, and nothing of this machine', async () => {
  const stage = await stageOf(
    { Env: 'exports.handler = async () => process.env;' },
    {
      ...table('Items'),
      ...lambda('Env', { Environment: { Variables: { TABLE: { Ref: 'Items' }, TOLD: 'yes' } } }),
    },
  );

  const environment = (await stage.call('Env', {})) as Record<string, string>;

  expect(environment).toMatchObject({
    TABLE: stage.tables.Items,
    TOLD: 'yes',
    AWS_LAMBDA_FUNCTION_NAME: 'Env',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:/),
    LAMBDA_TASK_ROOT: expect.stringMatching(/asset\.Env$/),
  });
  expect(environment).not.toHaveProperty('PATH');
});

test('the handler is the one that the template names, and knows its time whatever the clock says', async () => {
  const code =
    'exports.other = async (_, context) => [context.functionName, context.getRemainingTimeInMillis()];';
  const stage = await stageOf({ Other: code }, lambda('Other', { Handler: 'index.other', Timeout: 100 }));

  // Set back for this thread alone: as if it were put right before the invocation begins.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  const [name, remaining] = (await stage.call('Other', {})) as [string, number];

  expect(name).toBe('Other');
  expect(remaining).toBeGreaterThan(1000);
  expect(remaining).toBeLessThanOrEqual(100_000);
});

test('what a function prints goes to the log under its name', async () => {
  const code = "exports.handler = async () => { console.log('one\\ntwo'); console.error('three'); };";
  const printed: unknown[] = [];
  const all = gate();
  const log = (...line: unknown[]) => {
    if (printed.push(line) === 3) all.open();
  };
  const stage = await stageOf({ Talk: code }, lambda('Talk'), { log });

  await stage.call('Talk', {});
  await all.opened;

  expect(printed.sort()).toEqual([
    ['one', 'Talk'],
    ['three', 'Talk'],
    ['two', 'Talk'],
  ]);
});
