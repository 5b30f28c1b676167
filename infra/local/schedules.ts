import { randomUUID } from 'node:crypto';
import type { ScheduledEvent } from 'aws-lambda';
import { account, functionId } from './account.ts';
import type { Invoke } from './functions.ts';
import type { FindKnown } from './resources.ts';

/** A rule of EventBridge that runs a function at a fixed rate. */
export interface Schedule {
  everyMilliseconds: number;
  /** Runs its target and answers the result. */
  fire(): Promise<unknown>;
}

/** By the logical ids of their rules. */
export function readSchedules(find: FindKnown, invoke: Invoke): Map<string, Schedule> {
  return new Map(
    find('AWS::Events::Rule').map(({ id, properties: { ScheduleExpression, Targets } }) => [
      id,
      {
        everyMilliseconds: Number(/\d+/.exec(ScheduleExpression)) * 60_000,
        fire: () => invoke(functionId(Targets[0].Arn), scheduledEvent(id)),
      },
    ]),
  );
}

/** Answers how to stop them. A failure is logged where the function runs; the next turn tries again. */
export function startTimers(schedules: Iterable<Schedule>): () => void {
  const timers = [...schedules].map(({ everyMilliseconds, fire }) =>
    setInterval(() => fire().catch(() => {}), everyMilliseconds),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function scheduledEvent(rule: string): ScheduledEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: account.id,
    time: new Date().toISOString().replace(/\.\d+/, ''),
    region: account.region,
    resources: [`arn:aws:events:${account.region}:${account.id}:rule/${rule}`],
    detail: {},
  };
}

/** Runs what a deployment runs; `before` is called when no other deployment does. Answers the results. */
export type RunTriggers = (before?: () => unknown) => Promise<unknown[]>;

/** For the functions of CDK's triggers: one after the other, and one deployment at a time. */
export function readTriggers(find: FindKnown, invoke: Invoke): RunTriggers {
  const targets = find('Custom::Trigger').map(({ properties }) => functionId(properties.HandlerArn));
  let last: Promise<unknown> = Promise.resolve();
  return (before) => {
    const results = last.then(async () => {
      await before?.();
      const all: unknown[] = [];
      for (const target of targets) all.push(await invoke(target, {}));
      return all;
    });
    last = results.catch(() => {});
    return results;
  };
}
