import type { Redirect } from '../../../functions/article/old-path.ts';
import type { RetryingClient } from '../api/retrying-client.ts';
import { problemFaults } from '../api/write-api.ts';
import { workThrough } from '../publish/print-outcomes.ts';

const mostAtOnce = 100;

/** Stores them all but those that the site refuses, which it returns with the reason. */
export async function sendRedirects(
  api: RetryingClient,
  redirects: Redirect[],
): Promise<{ from: string; reason: string }[]> {
  const refused: { from: string; reason: string }[] = [];
  const starts = Array.from(
    { length: Math.ceil(redirects.length / mostAtOnce) },
    (_, index) => index * mostAtOnce,
  );
  await workThrough(starts, async (start) => {
    let batch = redirects.slice(start, start + mostAtOnce);
    while (batch.length > 0) {
      const answer = await api.send('PUT', '/redirects', { redirects: batch });
      if (answer.status === 200) break;
      const faults = problemFaults(answer);
      const reasons = new Map(
        faults.map(({ pointer, message }) => [/^\/redirects\/(\d+)/.exec(pointer)?.[1], message]),
      );
      // What is meant cannot be told: none of them would do better.
      const isTold = !reasons.has(undefined);
      refused.push(
        ...batch.flatMap(({ from }, index) => {
          const reason = isTold ? reasons.get(String(index)) : faults[0]?.message;
          return reason === undefined ? [] : [{ from, reason }];
        }),
      );
      batch = isTold ? batch.filter((_, index) => !reasons.has(String(index))) : [];
    }
  });
  return refused;
}
