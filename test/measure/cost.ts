import { runInstrument } from './measured-site.ts';
import { measureRequests } from './request-costs.ts';

/** AWS's list prices in us-east-1, November 2026, in US dollars. */
const prices = {
  perMillionReadUnits: 0.125,
  perMillionWriteUnits: 0.625,
  perMillionApiRequests: 1,
  perMillionInvocations: 0.2,
  perGbSecond: 0.0000133334,
  perGbOfLogs: 0.5,
};

// A run on this machine cannot tell these of AWS.
const assumed = { memoryGb: 0.5, milliseconds: 12, logBytes: 1000 };

await runInstrument(async (contentDir) => {
  const requests = dollarsPerMillionRequests();
  const rows = (await measureRequests(contentDir)).map(({ what, units }) => {
    const database = units.read * prices.perMillionReadUnits + units.write * prices.perMillionWriteUnits;
    return [
      what,
      units.read.toFixed(1),
      units.write.toFixed(1),
      database.toFixed(2),
      (database + requests).toFixed(2),
    ];
  });
  const heads = ['a million', 'read units each', 'write units each', 'DynamoDB, USD', 'in all, USD'];
  for (const row of [heads, heads.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
  const { memoryGb, milliseconds, logBytes } = assumed;
  console.log(
    `\nIn all: with ${requests.toFixed(2)} for API, function and logs, assuming ${milliseconds} ms at ${memoryGb * 1024} MB and ` +
      `${logBytes} bytes of log per request; without transfer (0.09 per GB) and CloudFront. Prices of us-east-1, November 2026.`,
  );
});

/** The API and the function behind it, without DynamoDB. */
function dollarsPerMillionRequests(): number {
  const { memoryGb, milliseconds, logBytes } = assumed;
  return (
    prices.perMillionApiRequests +
    prices.perMillionInvocations +
    memoryGb * milliseconds * 1000 * prices.perGbSecond +
    (logBytes / 1000) * prices.perGbOfLogs
  );
}
