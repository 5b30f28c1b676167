import type { Store } from '../../functions/store/connection.ts';
import { countView } from '../../functions/store/count-view.ts';
import { readShownCount } from '../../functions/store/shown-count.ts';
import { requireStage, type Stage } from '../../infra/stages.ts';
import { type Crowd, openBy } from './hot-article/crowd.ts';
import { PlayedTable } from './hot-article/played-table.ts';
import { enterVirtualTime } from './hot-article/virtual-time.ts';

// Node 20 is the oldest that we support, and the SDK says so at every start.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const seed = Number(process.env.SEED ?? 20261126);
const crowds = [
  { perSecond: 25, seconds: 60 },
  { perSecond: 50, seconds: 20 },
  { perSecond: 100, seconds: 15 },
  { perSecond: 200, seconds: 15 },
  { perSecond: 1_000, seconds: 10 },
];
const heads = [
  ...[
    'caps',
    'views/s',
    'told 429',
    'rows',
    'p50',
    'p90',
    'p99',
    'slowest',
    'without number',
    'environments',
  ],
  ...['not counted', 'doubled or lost', 'too low', 'conflicts', 'throttles'],
];

async function openPage(store: Store, view: { id: string; token: string; day: string }) {
  const row = await countView(store, view);
  return (await readShownCount(store, view.id, row).catch(() => undefined))?.total;
}

enterVirtualTime(seed);
for (const row of [heads, heads.map(() => '---')]) printRow(row);
for (const caps of [requireStage('prod').caps, undefined])
  for (const crowd of crowds) printRow(await measure(crowd, caps));

async function measure({ perSecond, seconds }: Crowd, caps: Stage['caps']) {
  const table = new PlayedTable(caps?.views);
  const fared = await openBy(table, openPage, { perSecond, seconds, requests: caps?.requests });
  const rows = [...table.rows.values()];
  const times = fared.times.toSorted((one, other) => one - other);
  const part = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? Number.NaN);
  const stored = rows.reduce((sum, { n = 0 }) => sum + n, 0);
  return [
    caps ? 'prod' : 'none',
    `${perSecond} for ${seconds} s`,
    fared.refused,
    table.rows.get('VIEWS#tag:hot')?.shards ?? 1,
    ...[part(0.5), part(0.9), part(0.99), part(1)],
    `${fared.withoutNumber} of ${times.length}`,
    fared.environments,
    fared.uncounted,
    stored - (times.length - fared.uncounted),
    fared.tooLow,
    ...[table.refused.conflicts, table.refused.throttles],
  ];
}

function printRow(row: unknown[]): void {
  console.log(`| ${row.join(' | ')} |`);
}
