/** AWS's list prices in us-east-1, November 2026, in US dollars. */
export const prices = {
  perMillionReadUnits: 0.125,
  perMillionWriteUnits: 0.625,
  perMillionApiRequests: 1,
  perMillionInvocations: 0.2,
  perGbSecond: 0.0000133334,
  perGbOfLogs: 0.5,
} as const;

/** What a run on this machine cannot tell of AWS: these are assumed. */
export const assumptions = { memoryGb: 0.5, milliseconds: 12, logBytes: 1000 } as const;

/** Of one request to the API and the function behind it, without DynamoDB. */
export function dollarsPerMillionRequests(): number {
  const { memoryGb, milliseconds, logBytes } = assumptions;
  return (
    prices.perMillionApiRequests +
    prices.perMillionInvocations +
    memoryGb * milliseconds * 1000 * prices.perGbSecond +
    (logBytes / 1000) * prices.perGbOfLogs
  );
}
