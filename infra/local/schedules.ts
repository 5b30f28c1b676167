import { randomUUID } from 'node:crypto';
import type { ScheduledEvent } from 'aws-lambda';
import { account } from './account.ts';
import { functionId } from './resolver.ts';
import type { FindResources } from './template.ts';

/** A rule of EventBridge. */
export interface Schedule {
  id: string;
  /** Undefined for a rule that is disabled or follows another clock than a rate: it runs when fired and by no timer. */
  everyMilliseconds: number | undefined;
  /** Runs its target and answers the result. */
  fire(): Promise<unknown>;
}

/** @param invoke runs a function by its logical id */
export function schedules(
  find: FindResources,
  invoke: (functionId: string, event: unknown) => Promise<unknown>,
): Schedule[] {
  return find('AWS::Events::Rule').map(({ id, properties }) => {
    const [target, another] = properties.Targets;
    if (another) throw new Error(`${id}: the local stage knows rules with one target alone`);
    return {
      id,
      everyMilliseconds: properties.State === 'DISABLED' ? undefined : rate(properties.ScheduleExpression),
      fire: () =>
        invoke(functionId(target.Arn), target.Input ? JSON.parse(target.Input) : scheduledEvent(id)),
    };
  });
}

/** Answers how to stop them. What fails is logged where the function runs, and tried again at the next turn. */
export function startTimers(schedules: Schedule[]): () => void {
  const timers = schedules.map(
    ({ everyMilliseconds, fire }) =>
      everyMilliseconds && setInterval(() => fire().catch(() => {}), everyMilliseconds),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

const milliseconds: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function rate(expression: string): number | undefined {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return count ? Number(count) * (milliseconds[unit] ?? 0) : undefined;
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
