import { parseArgs } from 'node:util';
import { type Command, CommandError } from './command.ts';
import { requireAccess } from './desk/access.ts';
import { PatientApi } from './desk/patient-api.ts';
import { readPages } from './desk/read-pages.ts';
import { printable } from './publish/outcome.ts';

interface Listed {
  slug: string;
  title?: string;
  status: string;
  version: number;
  publishedAt?: string;
}

interface Page {
  items: Listed[];
  next: string | null;
}

const heads = ['SLUG', 'STATUS', 'VERSION', 'PUBLISHED', 'TITLE'];
const statuses = ['published', 'draft', 'gone'];

export const list: Command = {
  usage: '[--to URL] [--status published|draft|gone]',
  summary: 'Lists all articles of a site, drafts and removed ones too, newest stored first',
  help: `  --to URL         the site's write API, as for publish
  --status STATUS  only those that are published, draft or gone

Times are in UTC. A time to come is an embargo: readers see the article from then on.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, status: { type: 'string' } } });
    if (values.status !== undefined && !statuses.includes(values.status))
      throw new CommandError(`--status ${values.status} is none of ${statuses.join(', ')}`);
    const api = new PatientApi(requireAccess(values.to, process.env));
    let isRead = true;
    process.stdout.once('error', () => {
      isRead = false;
    });
    let rows = [heads];
    let widths = heads.map(() => 0);
    for await (const page of readPages<Page>(api, '/articles')) {
      const items = page.items.filter(
        ({ status }) => values.status === undefined || status === values.status,
      );
      widths = print([...rows, ...items.map(cells)], widths);
      rows = [];
      if (!isRead) break;
    }
    return 0;
  },
};

function cells({ slug, status, version, publishedAt = '', title = '' }: Listed): string[] {
  return [slug, status, String(version), publishedAt.slice(0, 16).replace('T', ' '), title];
}

/** Columns are as wide as what they have held so far, so that lines need not wait for the last page. */
function print(rows: string[][], widths: number[]): number[] {
  const wider = widths.map((width, column) =>
    Math.max(width, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows)
    console.log(
      printable(
        row
          .map((cell, column) => cell.padEnd(wider[column] ?? 0))
          .join('  ')
          .trimEnd(),
      ),
    );
  return wider;
}
