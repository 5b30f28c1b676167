import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Store } from '../../../functions/store/connection.ts';

/** What the readers of one process do. */
export interface Order {
  /** Articles that they open in turn. */
  ids: string[];
  views: number;
  atOnce: number;
  /** Opens so many a second, however many are under way. */
  perSecond?: number;
  /** How many times longer than in a Lambda a view has until its deadline: a busy machine does everything later. */
  patience?: number;
  /** Counts by a plain ADD instead of by our own code. */
  plain?: boolean;
}

/** How it went in one process. */
export interface Counted {
  missed: number;
  /** Of the views counted, those whose number could not be read. */
  unread: number;
  /** Numbers shown that left out a view which the same process had counted before. */
  wrong: number;
  /** Milliseconds that counting took at the most. */
  slowest: number;
}

const run = promisify(execFile);

/** Lets two processes of readers at these tables, each doing what the order says, and adds up how it went. */
export async function openInTwoProcesses(store: Store, endpoint: string, order: Order): Promise<Counted> {
  const env = {
    ...process.env,
    ...{ CONTENT_TABLE: store.content, VIEWS_TABLE: store.views },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  };
  const child = async () => {
    const args = ['--import', 'tsx', 'test/support/counting/count-views.ts', JSON.stringify(order)];
    const { stdout } = await run(process.execPath, args, { env });
    return JSON.parse(stdout) as Counted;
  };
  const [one, two] = await Promise.all([child(), child()]);
  return {
    missed: one.missed + two.missed,
    unread: one.unread + two.unread,
    wrong: one.wrong + two.wrong,
    slowest: Math.max(one.slowest, two.slowest),
  };
}
