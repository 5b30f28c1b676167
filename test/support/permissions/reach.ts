import { keyOf, partitionOf } from '../../../functions/store/rows.ts';
import { accessesOf } from './accesses.ts';
import { describeAccess, isAllowed } from './judge.ts';
import type { Roles } from './roles.ts';

const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchGetItem', 'Scan'];

const time = '2026-01-02T02:00:00.000Z';
/** One item of each kind that the Content table holds. */
const items = [
  keyOf('article', { slug: 'port' }),
  keyOf('guid', { hash: '0' }),
  keyOf('card', { stream: 'news', time, slug: 'port' }),
  keyOf('listed', { time, slug: 'port' }),
  keyOf('stream', { stream: 'tag/port' }),
  keyOf('tombstone', { stream: 'news', time, slug: 'port' }),
  keyOf('document', { stream: 'news', format: 'rss', chunk: 0 }),
  keyOf('embargo', { time, slug: 'port' }),
  keyOf('note', { time, slug: 'port' }),
  keyOf('picture', { name: 'port.jpg' }),
  keyOf('copy', { name: 'copy-0' }),
  keyOf('ranking', { period: 'week' }),
  keyOf('source', { name: 'Desk' }),
  keyOf('subscription', { id: 'one' }),
  keyOf('directory', { list: 'streams' }),
  keyOf('change', { time, what: 'port#1' }),
];

/** What the function may do to which kinds of items, apart from reading them by GetItem and Query. */
export async function reachOf(roles: Roles, caller: string): Promise<string[]> {
  const [{ resource } = { resource: '' }] = accessesOf('Scan', { TableName: 'Content' });
  // Without keys: a condition on keys must not hold for a request that has none.
  const keys = [[], ...items.map(({ pk }) => [pk])];
  // A permitted key must not carry another one along.
  keys.push([
    partitionOf('document', { stream: 'news', format: 'rss' }),
    partitionOf('article', { slug: 'port' }),
  ]);
  const accesses = actions.flatMap((action) =>
    keys.map((keys) => ({ caller, action: `dynamodb:${action}`, resource, keys })),
  );
  const reached: string[] = [];
  for (const access of accesses)
    if (await isAllowed(roles.get(caller) ?? [], access)) reached.push(describeAccess(access));
  return reached;
}
