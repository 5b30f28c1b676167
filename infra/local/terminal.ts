/** Prints that a step of the start is done and how long it took. */
export async function showStep<Result>(name: string, work: Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${seconds.padStart(5)} s  ${name}`);
  return result;
}

/** What Powertools adds to every entry and a terminal need not show. */
const bookkeeping = /^(timestamp|service|cold_start|function_.*|sampling_rate|correlation_id|xray_trace_id)$/;

/** A function's line for a terminal: problems in full; undefined for metrics and everyday entries. */
export function describeLine(line: string, functionId: string): string | undefined {
  const entry = parseEntry(line);
  if (!entry) return `${functionId}: ${line}`;
  const { level, message, ...rest } = entry;
  // Its report, which is shown as well, tells all that it logs.
  if (functionId.startsWith('ImportContent')) return undefined;
  if (level === undefined || level === 'INFO' || level === 'DEBUG') return undefined;
  const details = Object.entries(rest).filter(([name]) => !bookkeeping.test(name));
  const more = details.length > 0 ? ` ${JSON.stringify(Object.fromEntries(details))}` : '';
  return `${functionId} ${level}: ${message}${more}`;
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
