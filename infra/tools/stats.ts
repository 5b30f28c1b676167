import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { type CountedArticle, sumUp } from './stats/counted.ts';
import { renderPlot } from './stats/plot.ts';
import { tableOf } from './stats/table.ts';

interface Page {
  today: string;
  items: CountedArticle[];
}

const mostDays = 31;

export const stats: Command = {
  help: `  --to URL    the site's write API, as for publish
  --days N    the last N days including today: 1 to ${mostDays}; 7 by default
  --svg FILE  also draws the days and the five most read articles into this file

Days are in the site's time zone. Each curve is scaled to its own highest day; a dot is a day without views.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { to: { type: 'string' }, days: { type: 'string', default: '7' }, svg: { type: 'string' } },
    });
    const days = Number(values.days);
    if (!/^\d+$/.test(values.days) || days < 1 || days > mostDays)
      throw new UsageError(`--days ${values.days} is not a number from 1 to ${mostDays}`);
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const articles: CountedArticle[] = [];
    let today = '';
    for await (const page of api.pages<Page>('GET', '/stats', 'The list cannot be read')) {
      articles.push(...page.items);
      // From the first page: midnight may pass before the last.
      today ||= page.today;
    }
    const period = sumUp(articles, today, days);
    for (const line of tableOf(period, terminal.columns)) terminal.print(line);
    if (period.unread > 0) terminal.print(`\nNo view in these days: ${period.unread} more`);
    if (values.svg !== undefined) await draw(values.svg, renderPlot(period));
    return 0;
  },
};

async function draw(file: string, plot: string): Promise<void> {
  try {
    await writeFile(file, plot);
  } catch (cause) {
    throw new CommandError(`${file} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
