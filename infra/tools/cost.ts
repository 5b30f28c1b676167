import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { assumptions, dollarsPerMillionRequests, prices } from './cost/prices.ts';

export const cost: Command = {
  usage: '',
  summary: 'Measures the database units of each kind of request and prices a million of them',
  async run(args) {
    parseArgs({ args });
    // Loads the CDK, which the other commands need not wait for.
    const { measure } = await import('./cost/measure.ts');
    const requests = dollarsPerMillionRequests();
    const rows = (await measure(process.env.CONTENT_DIR || 'content')).map(({ what, units }) => {
      const database = units.read * prices.perMillionReadUnits + units.write * prices.perMillionWriteUnits;
      return [
        what,
        units.read.toFixed(1),
        units.write.toFixed(1),
        dollars(database),
        dollars(database + requests),
      ];
    });
    const heads = ['a million', 'read units each', 'write units each', 'DynamoDB, USD', 'in all, USD'];
    for (const row of [heads, heads.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
    const { memoryGb, milliseconds, logBytes } = assumptions;
    console.log(
      `\nIn all: with ${dollars(requests)} for API, function and logs, taking ${milliseconds} ms at ${memoryGb * 1024} MB and ` +
        `${logBytes} bytes of log a request; without transfer (0.09 a GB) and CloudFront. Prices of us-east-1, November 2026.`,
    );
    return 0;
  },
};

function dollars(amount: number): string {
  return amount.toFixed(2);
}
