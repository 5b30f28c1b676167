import { expect, onTestFinished, test, vi } from 'vitest';
import { echo, gate, handledBy, lambda, resource, stageOf } from './assembly.ts';

const rules = {
  ...lambda('Work'),
  Minutely: resource('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [{ Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, Id: 'Target0' }],
  }),
};

test('schedules run by the clock when asked to, and until the stage is closed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const ran = gate();
  const code = { Work: await handledBy(ran.open) };
  await stageOf(code, rules);
  expect(vi.getTimerCount()).toBe(0);

  const stage = await stageOf(code, rules, { timers: true });
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(60_000);
  await ran.opened;
  await stage.close();

  expect(vi.getTimerCount()).toBe(0);
});

test('schedules are refused by a name that means none or several', async () => {
  const stage = await stageOf({ Work: echo }, rules);

  await expect(stage.fire('Nightly')).rejects.toThrow('Not exactly one of Minutely begins with Nightly');
});
