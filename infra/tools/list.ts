import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, printable, UsageError } from './command.ts';

interface Listed {
  slug: string;
  title?: string;
  erasedAt?: string;
  status: string;
  version: number;
  publishedAt?: string;
}

const heads = ['SLUG', 'STATUS', 'VERSION', 'PUBLISHED', 'TITLE'];
const statuses = ['published', 'scheduled', 'draft', 'gone'];

export const list: Command = {
  help: `  --to URL         the site's write API, as for publish
  --status STATUS  only published, scheduled, draft or gone articles

Times are in UTC. Readers see a scheduled article from its time on.`,
  async run(args, terminal) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, status: { type: 'string' } } });
    if (values.status !== undefined && !statuses.includes(values.status))
      throw new UsageError(`--status ${values.status} is none of ${statuses.join(', ')}`);
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    let rows = [heads];
    let widths = heads.map(() => 0);
    for await (const page of api.pages<{ items: Listed[] }>('GET', '/articles', 'The list cannot be read')) {
      const items = page.items.map(scheduled).filter(({ status }) => status === (values.status ?? status));
      const lines = [...rows, ...items.map(cells)];
      widths = widenedBy(lines, widths);
      for (const cells of lines) terminal.print(printable(aligned(cells, widths)));
      rows = [];
      if (terminal.unread.aborted) break;
    }
    return 0;
  },
};

/** A published article whose time has not come. */
function scheduled(item: Listed): Listed {
  const isAhead = item.status === 'published' && Date.parse(item.publishedAt ?? '') > Date.now();
  return isAhead ? { ...item, status: 'scheduled' } : item;
}

function cells({ slug, status, version, publishedAt = '', title = '', erasedAt }: Listed): string[] {
  return [
    slug,
    erasedAt ? 'erased' : status,
    String(version),
    publishedAt.slice(0, 16).replace('T', ' '),
    title,
  ];
}

/** Columns grow as wider cells come, so that lines need not wait for the last page. */
function widenedBy(rows: string[][], widths: number[]): number[] {
  return widths.map((width, column) => Math.max(width, ...rows.map((row) => row[column]?.length ?? 0)));
}

function aligned(cells: string[], widths: number[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();
}
