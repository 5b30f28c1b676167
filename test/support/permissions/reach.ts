import { contentKey } from '../../../functions/store/rows.ts';
import { accessesOf } from './accesses.ts';
import { describeAccess, isAllowed } from './judge.ts';
import type { Roles } from './roles.ts';

const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchGetItem', 'Scan'];

/** One item of each kind that the Content table holds. */
const items = [
  contentKey.article('port'),
  contentKey.guid('0'),
  contentKey.card('news', '2026-01-02T02:00:00.000Z', 'port'),
  contentKey.listed('2026-01-02T02:00:00.000Z', 'port'),
  contentKey.stream('tag/port'),
  contentKey.tombstone('news', '2026-01-02T02:00:00.000Z', 'port'),
  contentKey.document('news', 'rss', 0),
  contentKey.due('2026-01-02T02:00:00.000Z', 'EMBARGO#port'),
  contentKey.read('2026-01-02T02:00:00.000Z', 'port'),
  contentKey.mostRead('week'),
];

/** What the function may do to which kinds of items, apart from reading them by GetItem and Query. */
export async function reachOf(roles: Roles, caller: string): Promise<string[]> {
  const [{ resource } = { resource: '' }] = accessesOf('Scan', { TableName: 'Content' });
  // Without keys: a condition on keys must not hold for a request that has none.
  const keys = [[], ...items.map(({ pk }) => [pk])];
  // A permitted key must not carry another one along.
  keys.push([contentKey.document('news', 'rss', 0).pk, contentKey.article('port').pk]);
  const accesses = actions.flatMap((action) =>
    keys.map((keys) => ({ caller, action: `dynamodb:${action}`, resource, keys })),
  );
  const reached: string[] = [];
  for (const access of accesses)
    if (await isAllowed(roles.get(caller) ?? [], access)) reached.push(describeAccess(access));
  return reached;
}
